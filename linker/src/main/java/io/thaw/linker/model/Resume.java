package io.thaw.linker.model;

import java.util.Objects;
import java.util.OptionalInt;

/** How the program goes on after an event. */
public sealed interface Resume {

  /** Behind the call, with this result. */
  record Result(long value) implements Resume {}

  /** With these registers: a counter was read, a signal handler begins or has returned. */
  record At(RegisterRow registers) implements Resume {

    public At {
      Objects.requireNonNull(registers);
    }
  }

  /**
   * Not at all: here the recording ends, before the kernel has done anything.
   *
   * @param exitStatus the status, if the call is exit or exit_group
   */
  record End(OptionalInt exitStatus) implements Resume {

    public End {
      Objects.requireNonNull(exitStatus);
    }
  }
}
