package io.thaw.linker.model;

/** What a program may do with a page; all false is PROT_NONE. */
public record Protection(boolean read, boolean write, boolean execute) {

  /** PROT_READ, PROT_WRITE, PROT_EXEC of {@code <asm-generic/mman-common.h>}. */
  private static final int PROT_READ = 1;

  private static final int PROT_WRITE = 2;
  private static final int PROT_EXEC = 4;

  /** From the bits of mmap; bits other than the three are ignored. */
  public static Protection of(long bits) {
    return new Protection(
        (bits & PROT_READ) != 0, (bits & PROT_WRITE) != 0, (bits & PROT_EXEC) != 0);
  }

  /** The bits of mmap. */
  public int bits() {
    return (read ? PROT_READ : 0) | (write ? PROT_WRITE : 0) | (execute ? PROT_EXEC : 0);
  }

  /** As {@code /proc/PID/maps} has it, for example {@code r-x}. */
  @Override
  public String toString() {
    return (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-");
  }
}
