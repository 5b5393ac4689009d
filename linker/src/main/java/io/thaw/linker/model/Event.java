package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;

/**
 * One time that the program trapped and the kernel acted. The registers at the trap are in the
 * recording's register file, in the row of the event's index.
 *
 * @param trigger what trapped
 * @param number the call's number, or the address that faulted; else 0
 * @param effects what the kernel did, in this order
 * @param resume how the program goes on
 */
public record Event(Trigger trigger, long number, List<Effect> effects, Resume resume) {

  public Event {
    Objects.requireNonNull(trigger);
    effects = List.copyOf(effects);
    Objects.requireNonNull(resume);
  }
}
