package io.thaw.linker.trim;

import java.util.Objects;

/**
 * A step towards a marker: when it begins, and how often instruction {@code pc} is then to be
 * reached.
 *
 * @param arm when it begins
 * @param pc the instruction
 * @param hits reached so often, not yet executed the last time
 * @param nextPc where the program goes from there, 0 if that depends; a stub that cannot find it
 *     out needs it for a step of several hits
 * @param action what the last hit means
 */
public record MarkerStep(Arm arm, long pc, long hits, long nextPc, Action action) {

  /** When a step begins. */
  public sealed interface Arm {

    /** At once. */
    record Now() implements Arm {}

    /** At the first touch of the page at {@code vaddr}. */
    record Touch(long vaddr) implements Arm {}

    /** When {@code count} events have been replayed since the recording began. */
    record Event(long count) implements Arm {}
  }

  /** What a marker is for. */
  public enum Action {
    NONE,
    BEGIN,
    END
  }

  public MarkerStep {
    Objects.requireNonNull(arm);
    Objects.requireNonNull(action);
    if (hits <= 0) {
      throw new IllegalArgumentException("hits: " + hits);
    }
  }
}
