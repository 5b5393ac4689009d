package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Digests;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.recording.RecordedRegisters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the real processor did at the event at which a replay left its path. */
public final class DifferenceText {

  private DifferenceText() {}

  /** Lines, each with its line feed; none if the replay matched or there is no recording. */
  public static String render(RunResult result, Optional<Recording> recording) throws IOException {
    if (result.verdict() != Verdict.DIVERGED || recording.isEmpty()) {
      return "";
    }
    Report report = result.report().orElseThrow();
    long index = report.required(ReportKey.EVENT);
    if (index < 0 || index >= recording.get().events().size()) {
      return "";
    }
    Event event = recording.get().events().get((int) index);
    RegisterRow expected = RecordedRegisters.at(recording.get(), index);
    Architecture architecture = expected.architecture();
    StringBuilder text =
        new StringBuilder("recorded: ").append(describe(architecture, event)).append('\n');
    List<String> names = RegisterRow.names(architecture);
    long[] found = new long[names.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = report.registers().getOrDefault(names.get(i), 0L);
    }
    RegisterRow row = RegisterRow.of(architecture, found);
    for (int i = 0; i < found.length; i++) {
      if (Digests.counts(event.trigger(), architecture, i) && row.word(i) != expected.word(i)) {
        text.append(
            String.format(
                "  %s: expected 0x%x, found 0x%x%n", names.get(i), expected.word(i), row.word(i)));
      }
    }
    return text.toString();
  }

  private static String describe(Architecture architecture, Event event) {
    return switch (event.trigger()) {
      case CALL ->
          "call "
              + SystemCallNames.name(architecture, event.number())
                  .orElse(Long.toUnsignedString(event.number()));
      case COUNTER -> "a read of the counter";
      case FAULT -> String.format("a fault at address 0x%x", event.number());
    };
  }
}
