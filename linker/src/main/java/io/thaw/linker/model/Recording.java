package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;

/**
 * A checkpoint and what the kernel did next. The last event, and no other, resumes with {@link
 * Resume.End}.
 *
 * @param checkpoint the process when the recording began
 * @param description how it was made
 * @param events what happened, in order
 * @param registers a {@link RegisterRow} per event, as little-endian words
 * @param data the bytes that {@link DataRef}s mean
 */
public record Recording(
    Checkpoint checkpoint,
    RecordingDescription description,
    List<Event> events,
    DataFile registers,
    DataFile data) {

  public Recording {
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(description);
    events = List.copyOf(events);
    Objects.requireNonNull(registers);
    Objects.requireNonNull(data);
  }
}
