package io.thaw.app.record.calls;

/** What the result of a call says about the memory that it may have written. */
final class Outcome {

  /** The kernel moves no more than this in one call (MAX_RW_COUNT with pages of 4096 bytes). */
  static final long MOST_BYTES = 0x7fff_f000L;

  /** Addresses are this long or longer only by mistake (sockaddr_storage of POSIX in Linux). */
  static final long MOST_ADDRESS_BYTES = 128;

  private static final long LOWEST_ERROR = -4095;
  private static final long EINTR = -4;
  private static final long EAGAIN = -11;
  private static final long EFAULT = -14;

  private Outcome() {}

  static boolean isSuccess(CallView call) {
    return call.result() >= 0 || call.result() < LOWEST_ERROR;
  }

  /**
   * The result as a number of things that were written. EFAULT comes when memory ends in the
   * middle, behind what has been written: as many as can be.
   */
  static long count(CallView call) {
    if (call.result() == EFAULT) {
      return MOST_BYTES;
    }
    return Math.max(0, Math.min(call.result(), MOST_BYTES));
  }

  /**
   * The result as a number of bytes that were read. A device, a disk, a decryption may fail behind
   * what it has written, so errors count as all that was asked for; but for those that mean that
   * nothing has come yet, which are frequent.
   */
  static long bytesRead(CallView call) {
    boolean failed = !isSuccess(call);
    return failed && !isTooEarly(call) ? MOST_BYTES : count(call);
  }

  /** Nothing had come, so nothing was written. */
  static boolean isTooEarly(CallView call) {
    return call.result() == EAGAIN || call.result() == EINTR;
  }

  /** An unsigned number that a program passed, bounded by what the kernel does in one call. */
  static long bounded(long number) {
    return number < 0 ? MOST_BYTES : Math.min(number, MOST_BYTES);
  }
}
