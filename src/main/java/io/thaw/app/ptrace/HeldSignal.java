package io.thaw.app.ptrace;

import io.thaw.linker.model.ByteBlock;

/** A signal that was not delivered yet, with its {@code siginfo_t}. */
public record HeldSignal(int signal, ByteBlock information) {

  /** A copy of {@code information} belongs to the signal. */
  public HeldSignal(int signal, byte[] information) {
    this(signal, ByteBlock.copyOf(information));
  }
}
