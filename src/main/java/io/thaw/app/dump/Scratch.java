package io.thaw.app.dump;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory of the process's own for answers of system calls: none of the program's bytes is written.
 */
final class Scratch implements AutoCloseable {

  /** Calls answer with little; one byte a page is what mincore gives. */
  static final int SIZE_BYTES = 64 << 10;

  private static final long READ_WRITE = 3;
  private static final long PRIVATE_ANONYMOUS = 0x22;
  private static final long MAX_ERROR = 4095;

  private final StoppedProcess process;
  private final CallNumbers numbers;
  private final long vaddr;

  private Scratch(StoppedProcess process, CallNumbers numbers, long vaddr) {
    this.process = process;
    this.numbers = numbers;
    this.vaddr = vaddr;
  }

  /** Maps it. */
  static Scratch map(StoppedProcess process) throws IOException {
    CallNumbers numbers = CallNumbers.of(process.architecture());
    long vaddr = process.call(numbers.mmap(), 0, SIZE_BYTES, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    return new Scratch(process, numbers, checked(process, "mmap", vaddr));
  }

  /** The same memory for answers to calls of another thread; it is not to be closed. */
  Scratch in(StoppedProcess thread) {
    return new Scratch(thread, numbers, vaddr);
  }

  CallNumbers numbers() {
    return numbers;
  }

  long vaddr() {
    return vaddr;
  }

  /** Executes a call that has to succeed. */
  long call(String name, long number, long... arguments) throws IOException {
    return checked(process, name, tryCall(number, arguments));
  }

  /** Executes a call. */
  long tryCall(long number, long... arguments) throws IOException {
    return process.call(number, arguments);
  }

  static boolean isError(long result) {
    return result < 0 && result >= -MAX_ERROR;
  }

  private static long checked(StoppedProcess process, String name, long result) throws IOException {
    if (isError(result)) {
      throw new IOException(
          name + " inside process " + process.pid() + " failed with error " + -result);
    }
    return result;
  }

  /** The first bytes of it. */
  ByteBuffer answer(int sizeBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    if (process.read(vaddr, bytes) != sizeBytes) {
      throw new EOFException("the answer of process " + process.pid() + " cannot be read");
    }
    return bytes.flip();
  }

  /** Unmaps it. */
  @Override
  public void close() throws IOException {
    call("munmap", numbers.munmap(), vaddr, SIZE_BYTES);
  }
}
