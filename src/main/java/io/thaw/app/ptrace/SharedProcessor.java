package io.thaw.app.ptrace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/**
 * Keeps a traced process and its tracer's thread on one processor: only one of them runs at a time,
 * and waking the other is much cheaper there. A process that stays on its processor also sees no
 * other number of it (getcpu, rseq).
 */
public final class SharedProcessor implements AutoCloseable {

  private static final int MASK_BYTES = 1024;
  private static final int CALLING_THREAD = 0;

  private final int pid;
  private final Memory ofTracee;
  private final Memory ofTracer;

  private SharedProcessor(int pid, Memory ofTracee, Memory ofTracer) {
    this.pid = pid;
    this.ofTracee = ofTracee;
    this.ofTracer = ofTracer;
  }

  /** Moves the process to the processor that the calling thread is on, which stays there. */
  public static SharedProcessor of(int pid) throws TraceException {
    SharedProcessor shared = new SharedProcessor(pid, get(pid), get(CALLING_THREAD));
    int processor = LibC.sched_getcpu();
    try (Memory mask = new Memory(MASK_BYTES)) {
      mask.clear();
      mask.setByte(processor / Byte.SIZE, (byte) (1 << processor % Byte.SIZE));
      set(CALLING_THREAD, mask);
      set(pid, mask);
    }
    return shared;
  }

  /** The process may run anywhere again. */
  public void release() throws TraceException {
    release(pid);
  }

  /** A thread or child that the process made, and that inherited its processor, may so too. */
  public void release(int tid) throws TraceException {
    set(tid, ofTracee);
  }

  /** The calling thread may run anywhere again. */
  @Override
  public void close() throws TraceException {
    set(CALLING_THREAD, ofTracer);
    ofTracee.close();
    ofTracer.close();
  }

  private static Memory get(int pid) throws TraceException {
    Memory mask = new Memory(MASK_BYTES);
    mask.clear();
    try {
      LibC.sched_getaffinity(pid, MASK_BYTES, mask);
      return mask;
    } catch (LastErrorException e) {
      mask.close();
      throw new TraceException("sched_getaffinity", e.getErrorCode());
    }
  }

  private static void set(int pid, Memory mask) throws TraceException {
    try {
      LibC.sched_setaffinity(pid, MASK_BYTES, mask);
    } catch (LastErrorException e) {
      throw new TraceException("sched_setaffinity", e.getErrorCode());
    }
  }
}
