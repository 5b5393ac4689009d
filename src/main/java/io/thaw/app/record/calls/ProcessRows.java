package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesBuffer;
import static io.thaw.app.record.calls.Words.writesResult;

/** Calls about processes, their limits and their scheduling, and about the system. */
final class ProcessRows {

  private static final long RUSAGE_BYTES = 144;
  private static final long SIGINFO_BYTES = 128;
  private static final long LIMIT_BYTES = 16;
  private static final long TIMESPEC_BYTES = 16;
  private static final long SYSINFO_BYTES = 112;
  private static final long UTSNAME_BYTES = 390;
  private static final long READ_IMPLIES_EXEC = 0x40_0000;
  private static final long PERSONALITY_QUERY = 0xffff_ffffL;

  private ProcessRows() {}

  static void add(Rows rows) {
    rows.row("wait4", writes(1, Integer.BYTES), writes(3, RUSAGE_BYTES));
    rows.row("waitid", writes(2, SIGINFO_BYTES), writes(4, RUSAGE_BYTES));
    rows.row("getrusage", writes(1, RUSAGE_BYTES));
    rows.row("getrlimit", writes(1, LIMIT_BYTES));
    rows.row("prlimit64", writes(3, LIMIT_BYTES));
    rows.nothing("setrlimit getpriority setpriority ioprio_get ioprio_set");

    rows.row("sched_getparam", writes(1, Integer.BYTES));
    rows.row("sched_getattr", writesBuffer(1, 2));
    rows.row("sched_setattr", writes(1, Integer.BYTES)); // the size that it should have
    rows.row("sched_getaffinity", writesResult(2, 1, 1));
    rows.row("sched_rr_get_interval", writes(1, TIMESPEC_BYTES));
    rows.row("getcpu", writes(0, Integer.BYTES), writes(1, Integer.BYTES));
    rows.nothing(
        """
        sched_yield sched_setparam sched_setscheduler sched_getscheduler sched_setaffinity
        sched_get_priority_max sched_get_priority_min
        set_tid_address set_robust_list unshare setns kcmp process_mrelease
        pidfd_open pidfd_getfd pidfd_send_signal
        add_key request_key landlock_create_ruleset landlock_add_rule landlock_restrict_self
        sethostname setdomainname
        """);
    rows.row("get_robust_list", writes(1, Long.BYTES), writes(2, Long.BYTES));

    rows.row("uname", writes(0, UTSNAME_BYTES));
    rows.row("sysinfo", writes(0, SYSINFO_BYTES));
    rows.rule(
        "personality",
        Rule.doing()
            .unless(
                ProcessRows::makesDataExecutable,
                "mappings become executable unasked (READ_IMPLIES_EXEC)"));
    rows.rule("prctl", Options.RULE);
    rows.rule("arch_prctl", ArchOptions.RULE);
    rows.rule("keyctl", keys());
  }

  private static boolean makesDataExecutable(CallView call) {
    long persona = call.argument(0) & PERSONALITY_QUERY;
    return persona != PERSONALITY_QUERY && (persona & READ_IMPLIES_EXEC) != 0;
  }

  /** Operations of linux/keyctl.h without structures behind pointers. */
  private static CallRule keys() {
    return ByCode.table("operation", 0)
        .nothing(0, 1, 2, 3, 4, 5) // GET_KEYRING_ID, JOIN, UPDATE, REVOKE, CHOWN, SETPERM
        .row(6, writesResult(2, 3, 1)) // DESCRIBE
        .nothing(7, 8, 9, 10) // CLEAR, LINK, UNLINK, SEARCH
        .row(11, writesResult(2, 3, 1)) // READ
        .nothing(12, 13, 14, 15, 16) // INSTANTIATE, NEGATE, SET_REQKEY, SET_TIMEOUT, ASSUME
        .row(17, writesResult(2, 3, 1)) // GET_SECURITY
        .nothing(18, 19, 21, 22) // SESSION_TO_PARENT, REJECT, INVALIDATE, GET_PERSISTENT
        .build();
  }
}
