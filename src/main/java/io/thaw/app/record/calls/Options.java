package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesResult;

/** Options of {@code prctl}; numbers from linux/prctl.h. */
final class Options {

  private static final String VECTOR_LENGTH = "the length of vectors is changed";
  private static final String POINTER_KEYS = "keys of signed pointers are changed";

  static final CallRule RULE =
      ByCode.table("option", 0)
          .nothing(1) // SET_PDEATHSIG
          .row(2, writes(1, 4)) // GET_PDEATHSIG
          .nothing(3, 4) // GET_DUMPABLE, SET_DUMPABLE
          .row(5, writes(1, 4)) // GET_UNALIGN
          .nothing(6, 7, 8) // SET_UNALIGN, GET_KEEPCAPS, SET_KEEPCAPS
          .row(9, writes(1, 4)) // GET_FPEMU
          .row(11, writes(1, 4)) // GET_FPEXC
          .nothing(10, 12, 13, 14, 15) // SET_FPEMU, SET_FPEXC, GET_TIMING, SET_TIMING, SET_NAME
          .row(16, writes(1, 16)) // GET_NAME
          .row(19, writes(1, 4)) // GET_ENDIAN
          .nothing(20, 21) // SET_ENDIAN, GET_SECCOMP
          .refused("calls are filtered from then on", 22) // SET_SECCOMP
          .nothing(23, 24) // CAPBSET_READ, CAPBSET_DROP
          .row(25, writes(1, 4)) // GET_TSC
          .refused("the recorder itself controls the time-stamp counter", 26) // SET_TSC
          .nothing(27, 28, 29, 30) // GET/SET_SECUREBITS, SET/GET_TIMERSLACK
          .nothing(31, 32, 33, 34) // TASK_PERF_EVENTS_DISABLE/ENABLE, MCE_KILL, MCE_KILL_GET
          .refused("the heap, the stack or the program's file is moved", 35) // SET_MM
          .nothing(36) // SET_CHILD_SUBREAPER
          .row(37, writes(1, 4)) // GET_CHILD_SUBREAPER
          .nothing(38, 39) // SET_NO_NEW_PRIVS, GET_NO_NEW_PRIVS
          .row(40, writes(1, 8)) // GET_TID_ADDRESS
          .nothing(41, 42, 43, 44) // SET/GET_THP_DISABLE, MPX_ENABLE/DISABLE_MANAGEMENT
          .nothing(45, 46, 47) // SET_FP_MODE, GET_FP_MODE, CAP_AMBIENT
          .refused(VECTOR_LENGTH, 50, 63) // SVE_SET_VL, SME_SET_VL
          .nothing(51, 64) // SVE_GET_VL, SME_GET_VL
          .nothing(52, 53) // GET_SPECULATION_CTRL, SET_SPECULATION_CTRL
          .refused(POINTER_KEYS, 54, 60) // PAC_RESET_KEYS, PAC_SET_ENABLED_KEYS
          .nothing(61) // PAC_GET_ENABLED_KEYS
          .refused("addresses get tags", 55) // SET_TAGGED_ADDR_CTRL
          .nothing(56, 57, 58) // GET_TAGGED_ADDR_CTRL, SET_IO_FLUSHER, GET_IO_FLUSHER
          .rule(59, dispatch()) // SET_SYSCALL_USER_DISPATCH
          .row(62, writes(4, 8)) // SCHED_CORE
          .nothing(65, 66, 67, 68) // SET_MDWE, GET_MDWE, SET/GET_MEMORY_MERGE
          .row(74, writes(1, 8)) // GET_SHADOW_STACK_STATUS
          .refused("a shadow stack is not replayed", 75) // SET_SHADOW_STACK_STATUS
          .nothing(76, 77, 78) // LOCK_SHADOW_STACK_STATUS, TIMER_CREATE_RESTORE_IDS, FUTEX_HASH
          .row(0x41555856, writesResult(1, 2, 1)) // GET_AUXV
          .nothing(0x53564d41, 0x59616d61) // SET_VMA, SET_PTRACER
          .build();

  private Options() {}

  private static Rule dispatch() {
    return Rule.doing().unless(call -> call.argument(1) != 0, "calls become signals from then on");
  }
}
