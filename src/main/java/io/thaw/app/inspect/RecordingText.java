package io.thaw.app.inspect;

import io.thaw.app.text.Printable;
import io.thaw.linker.model.RecordingDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a recording has beyond its checkpoint, for people. */
final class RecordingText {

  private static final int CALLS_SHOWN = 12;

  private RecordingText() {}

  static List<String> lines(RecordingInspection recording) {
    RecordingDescription how = recording.description();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "recording of %s",
            how.command().isEmpty()
                ? "a process that ran"
                : Printable.line(String.join(" ", how.command()))));
    lines.add("  from " + Printable.line(how.start()) + ", ended by " + Printable.line(how.end()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  on %s, Linux %s; level %s; dumped by %s",
            Printable.line(how.processor()),
            Printable.line(how.kernel()),
            Printable.line(how.isaLevel()),
            Printable.line(how.dumper())));
    if (!how.notTrapped().isEmpty()) {
      lines.add("  not trapped: " + Printable.line(String.join(", ", how.notTrapped())));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "  %,d events, %,d bytes written to memory, %,d bytes of output",
            recording.eventCount(),
            recording.writtenBytes(),
            recording.outputBytes()));
    lines.add(
        "  "
            + recording.counts().entrySet().stream()
                .limit(CALLS_SHOWN)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "))
            + (recording.counts().size() > CALLS_SHOWN ? ", ..." : ""));
    how.warnings().forEach(warning -> lines.add("  warning: " + Printable.line(warning)));
    return lines;
  }
}
