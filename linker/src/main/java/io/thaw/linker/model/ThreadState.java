package io.thaw.linker.model;

import java.util.Objects;

/**
 * One thread.
 *
 * @param tid its number
 * @param registers its registers
 */
public record ThreadState(long tid, Registers registers) {

  public ThreadState {
    Objects.requireNonNull(registers);
  }
}
