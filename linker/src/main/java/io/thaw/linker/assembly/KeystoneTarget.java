package io.thaw.linker.assembly;

import io.thaw.linker.model.Architecture;

/** What {@code ks_open} wants to be told ({@code ks_arch} and {@code ks_mode}). */
enum KeystoneTarget {
  X86_64(4, 1 << 3),
  AARCH64(2, 0),
  RISCV64(10, 1 << 3);

  private final int number;
  private final int mode;

  KeystoneTarget(int number, int mode) {
    this.number = number;
    this.mode = mode;
  }

  static KeystoneTarget of(Architecture architecture) {
    return valueOf(architecture.name());
  }

  int number() {
    return number;
  }

  int mode() {
    return mode;
  }
}
