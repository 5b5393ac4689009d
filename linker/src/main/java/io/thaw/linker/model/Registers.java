package io.thaw.linker.model;

/** The user-visible register state of one thread. */
public sealed interface Registers permits X86Registers, Aarch64Registers, Riscv64Registers {

  /** Address of the next instruction. */
  long pc();

  /** The stack pointer. */
  long sp();
}
