package io.thaw.app.ptrace;

/** Requests, options and events of {@code <linux/ptrace.h>}. */
final class PtraceRequest {

  static final int POKEUSER = 6;
  static final int CONT = 7;
  static final int SINGLESTEP = 9;
  static final int DETACH = 17;
  static final int SYSCALL = 24;
  static final int SETOPTIONS = 0x4200;
  static final int GETEVENTMSG = 0x4201;
  static final int GETSIGINFO = 0x4202;
  static final int SETSIGINFO = 0x4203;
  static final int GETREGSET = 0x4204;
  static final int SETREGSET = 0x4205;
  static final int SEIZE = 0x4206;
  static final int INTERRUPT = 0x4207;
  static final int LISTEN = 0x4208;
  static final int PEEKSIGINFO = 0x4209;
  static final int GETSIGMASK = 0x420a;
  static final int GET_SYSCALL_INFO = 0x420e;
  static final int GET_RSEQ_CONFIGURATION = 0x420f;

  static final long OPTION_SYSGOOD = 1;
  static final long OPTION_FORK = 1 << 1;
  static final long OPTION_VFORK = 1 << 2;
  static final long OPTION_CLONE = 1 << 3;
  static final long OPTION_EXEC = 1 << 4;
  static final long OPTION_EXIT = 1 << 6;
  static final long OPTION_EXITKILL = 1 << 20;

  static final int EVENT_FORK = 1;
  static final int EVENT_VFORK = 2;
  static final int EVENT_CLONE = 3;
  static final int EVENT_EXEC = 4;
  static final int EVENT_EXIT = 6;
  static final int EVENT_STOP = 128;

  private PtraceRequest() {}
}
