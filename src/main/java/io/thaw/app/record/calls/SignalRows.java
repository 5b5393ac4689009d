package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;

/** Calls about signals; what a delivery does is the recorder's. */
final class SignalRows {

  /** The kernel's {@code struct sigaction}. */
  private static final long ACTION_BYTES = 32;

  private static final long SET_BYTES = 8;
  private static final long SIGINFO_BYTES = 128;
  private static final long STACK_BYTES = 24;

  private SignalRows() {}

  static void add(Rows rows) {
    rows.row("rt_sigaction", writes(2, ACTION_BYTES));
    rows.row("rt_sigprocmask", writes(2, SET_BYTES));
    rows.row("rt_sigpending", writes(0, SET_BYTES));
    rows.row("rt_sigtimedwait", writes(1, SIGINFO_BYTES));
    rows.row("sigaltstack", writes(1, STACK_BYTES));
    rows.nothing(
        """
        kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo rt_sigsuspend pause
        rt_sigreturn restart_syscall
        """);
  }
}
