package io.thaw.app.dump;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.linux.ThreadDetails.RestartableSequences;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A thread that stands still, and not at the beginning of a system call; its process with it. */
public interface StoppedProcess {

  /** The process, or the thread of a process. */
  int pid();

  Architecture architecture();

  /** The words of a {@link io.thaw.linker.model.RegisterRow}, flags whole. */
  long[] generalRegisters() throws IOException;

  /** Registers of x86-64 that are no general ones; zeros elsewhere. */
  SpecialRegisters specialRegisters() throws IOException;

  /**
   * A register set of ptrace, a number of {@code <linux/elf.h>}.
   *
   * @return empty if the processor or the kernel does not have it
   */
  Optional<byte[]> registerSet(int type) throws IOException;

  /** Mask of the blocked signals, bit N-1 for signal N. */
  long blockedSignals() throws IOException;

  /**
   * A {@code siginfo_t} for each signal that is pending.
   *
   * @param shared those of the process, else those of its thread
   */
  List<ByteBlock> pendingSignals(boolean shared) throws IOException;

  /** What rseq(2) registered. */
  Optional<RestartableSequences> restartableSequences() throws IOException;

  /**
   * Executes a system call in the process, which changes none of its registers.
   *
   * @return its result; negative error numbers as the kernel has them
   */
  long call(long number, long... arguments) throws IOException;

  /**
   * Reads its memory as far as it is readable.
   *
   * @return how many bytes were read
   */
  int read(long vaddr, ByteBuffer to) throws IOException;

  /**
   * Registers of x86-64 that are no general ones.
   *
   * @param fsBase base of FS
   * @param gsBase base of GS
   * @param callNumber the call that it is in or has just left, -1 if none (orig_rax)
   */
  record SpecialRegisters(long fsBase, long gsBase, long callNumber) {}
}
