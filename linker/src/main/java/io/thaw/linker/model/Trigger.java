package io.thaw.linker.model;

/** What the program did that made the kernel act. */
public enum Trigger {
  /** A system call. */
  CALL,
  /** A read of the cycle counter that trapped (RDTSC, RDTSCP, MRS CNTVCT_EL0). */
  COUNTER,
  /** An instruction that faulted and whose signal the program handles. */
  FAULT
}
