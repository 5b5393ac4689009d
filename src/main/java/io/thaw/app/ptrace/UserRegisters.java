package io.thaw.app.ptrace;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.RegisterRow;
import java.util.Arrays;

/** The general registers of a stopped process, as ptrace has them. A value that may be changed. */
public final class UserRegisters {

  /** How many arguments a call can have. */
  public static final int ARGUMENT_COUNT = 6;

  private static final int X86_FS_BASE = 21;
  private static final int X86_GS_BASE = 22;
  private static final int X86_RAX = 10;
  private static final int X86_EFLAGS = 18;

  private final RegisterLayout layout;
  final long[] words;

  UserRegisters(RegisterLayout layout, long[] words) {
    this.layout = layout;
    this.words = words;
  }

  public UserRegisters copy() {
    return new UserRegisters(layout, words.clone());
  }

  public long pc() {
    return words[layout.pc];
  }

  public void setPc(long pc) {
    words[layout.pc] = pc;
  }

  public long sp() {
    return words[layout.sp];
  }

  /** What a call returned; the word of its first argument on AArch64. */
  public long result() {
    return words[layout.result];
  }

  /** Number of the call that the process is in or has just made; on AArch64 X8. */
  public long callNumber() {
    return words[layout.number];
  }

  /** Argument {@code index} of a call, 0 to 5. */
  public long argument(int index) {
    return words[layout.arguments[index]];
  }

  void setArgument(int index, long value) {
    words[layout.arguments[index]] = value;
  }

  /** Sets orig_rax of x86-64. */
  void setCallNumber(long number) {
    words[layout.number] = number;
  }

  /** Prepares a call of its own: no restart of another one may get in between. */
  void setOwnCall(long number) {
    words[layout.number] = number;
    if (layout == RegisterLayout.X86_64) {
      words[X86_RAX] = number;
      words[layout.number] = -1;
    }
  }

  /** Registers as at a system call's trap in the program: the number is in RAX on x86-64. */
  public RegisterRow rowAtCall() {
    long[] row = layout.row(words);
    if (layout == RegisterLayout.X86_64) {
      row[X86_RAX] = words[layout.number];
    }
    return RegisterRow.of(layout.architecture, row);
  }

  /** Registers as they are. */
  public RegisterRow row() {
    return RegisterRow.of(layout.architecture, layout.row(words));
  }

  /** FS base on x86-64. */
  public long fsBase() {
    return layout == RegisterLayout.X86_64 ? words[X86_FS_BASE] : 0;
  }

  /** GS base on x86-64. */
  public long gsBase() {
    return layout == RegisterLayout.X86_64 ? words[X86_GS_BASE] : 0;
  }

  /** RFLAGS or PSTATE, whole. */
  public long flags() {
    return words[layout == RegisterLayout.X86_64 ? X86_EFLAGS : layout.wordCount - 1];
  }

  public Architecture architecture() {
    return layout.architecture;
  }

  /** The general registers of {@link RegisterRow}, flags whole. */
  public long[] rowWords() {
    return layout.row(words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserRegisters that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
