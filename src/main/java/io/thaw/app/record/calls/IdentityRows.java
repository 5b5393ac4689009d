package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesResult;

/** Calls about who a process is: numbers, groups, sessions, capabilities. */
final class IdentityRows {

  private static final long CAPABILITY_HEAD_BYTES = 8;

  /** Two words of 32 bits for each of three sets. */
  private static final long CAPABILITIES_BYTES = 24;

  private IdentityRows() {}

  static void add(Rows rows) {
    rows.nothing(
        """
        getpid getppid gettid getpgid getpgrp getsid setpgid setsid
        getuid geteuid getgid getegid setuid setgid setreuid setregid setresuid setresgid
        setfsuid setfsgid setgroups
        """);
    rows.row(
        "getresuid getresgid",
        writes(0, Integer.BYTES),
        writes(1, Integer.BYTES),
        writes(2, Integer.BYTES));
    rows.row("getgroups", writesResult(1, 0, Integer.BYTES));
    // The head is told the right version if it has a wrong one.
    rows.row("capget", writes(0, CAPABILITY_HEAD_BYTES), writes(1, CAPABILITIES_BYTES));
    rows.row("capset", writes(0, CAPABILITY_HEAD_BYTES));
  }
}
