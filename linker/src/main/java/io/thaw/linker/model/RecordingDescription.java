package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;

/**
 * What a recording says of itself, for people.
 *
 * @param command the program and its arguments; empty if it ran already
 * @param start where the recording begins, for example {@code entry} or {@code main}
 * @param end why it ends, for example {@code exit} or {@code call clone3 has no rule}
 * @param dumper what wrote the checkpoint
 * @param isaLevel level of the processor that the program was kept to, for example {@code
 *     x86-64-v3}, or {@code host}
 * @param processor the processor's name
 * @param kernel the kernel's release
 * @param notTrapped what the program could have learned without a trap, for example {@code CPUID}
 * @param warnings what may keep a replay from matching
 */
public record RecordingDescription(
    List<String> command,
    String start,
    String end,
    String dumper,
    String isaLevel,
    String processor,
    String kernel,
    List<String> notTrapped,
    List<String> warnings) {

  public RecordingDescription {
    command = List.copyOf(command);
    Objects.requireNonNull(start);
    Objects.requireNonNull(end);
    Objects.requireNonNull(dumper);
    Objects.requireNonNull(isaLevel);
    Objects.requireNonNull(processor);
    Objects.requireNonNull(kernel);
    notTrapped = List.copyOf(notTrapped);
    warnings = List.copyOf(warnings);
  }
}
