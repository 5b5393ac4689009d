package io.thaw.app.inspect;

import io.thaw.app.text.Printable;
import io.thaw.app.text.TextTable;
import io.thaw.app.text.TextTable.Align;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A dump for people. */
public final class DumpText {

  /** Registers wider than this stand on lines of their own. */
  private static final int NARROW_DIGITS = 18;

  private static final int COLUMNS = 4;

  private final List<String> lines = new ArrayList<>();

  private DumpText() {}

  /** Lines without the last line feed. */
  public static String of(DumpInspection dump) {
    DumpText text = new DumpText();
    dump.recording()
        .ifPresent(
            recording -> {
              text.lines.addAll(RecordingText.lines(recording));
              text.lines.add("");
            });
    text.addProcess(dump.checkpoint());
    dump.checkpoint().threads().forEach(text::addThread);
    text.lines.add("");
    text.lines.addAll(MappingTable.lines(dump.mappings(), dump.checkpoint().pageSizeBytes()));
    text.addDescriptors(dump.checkpoint().descriptors());
    text.addSignals(dump.checkpoint().signals());
    text.addVerdict(dump);
    return String.join("\n", text.lines);
  }

  private void addProcess(Checkpoint checkpoint) {
    ProcessIdentity who = checkpoint.identity();
    lines.add(
        String.format(
            "process %d (%s) of %s: %s, %d %s, pages of %d bytes",
            who.pid(),
            Printable.line(who.command()),
            Printable.line(checkpoint.source()),
            checkpoint.architecture().label(),
            checkpoint.threads().size(),
            checkpoint.threads().size() == 1 ? "thread" : "threads",
            checkpoint.pageSizeBytes()));
    lines.add(
        String.format(
            "  parent %d, group %d, session %d; user %d (effective %d), group %d (effective %d)",
            who.parentPid(),
            who.groupPid(),
            who.sessionPid(),
            who.uid(),
            who.effectiveUid(),
            who.gid(),
            who.effectiveGid()));
    lines.add(
        String.format(
            "  clocks: monotonic %s s, boot time %s s",
            seconds(checkpoint.clocks().monotonicNanos()),
            seconds(checkpoint.clocks().boottimeNanos())));
    lines.add(
        String.format(
            "  brk heap 0x%x to 0x%x, stack at 0x%x",
            checkpoint.addressSpace().brkStartVaddr(),
            checkpoint.addressSpace().brkVaddr(),
            checkpoint.addressSpace().stackStartVaddr()));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%d.%09d", nanos / 1_000_000_000L, nanos % 1_000_000_000L);
  }

  private void addThread(ThreadState thread) {
    lines.add("");
    lines.add("registers of thread " + thread.tid());
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.LEFT);
    List<String> row = new ArrayList<>();
    List<String> wide = new ArrayList<>();
    for (Map.Entry<String, String> register : RegisterValues.of(thread.registers()).entrySet()) {
      if (register.getValue().length() > NARROW_DIGITS) {
        wide.add(String.format("  %-7s  %s", register.getKey(), register.getValue()));
        continue;
      }
      row.add(register.getKey());
      row.add(register.getValue());
      if (row.size() == 2 * COLUMNS) {
        table.row(row.toArray(String[]::new));
        row.clear();
      }
    }
    if (!row.isEmpty()) {
      while (row.size() < 2 * COLUMNS) {
        row.add("");
      }
      table.row(row.toArray(String[]::new));
    }
    lines.addAll(table.lines("  "));
    lines.addAll(wide);
  }

  private void addDescriptors(List<Descriptor> descriptors) {
    lines.add("");
    lines.add("descriptors");
    TextTable table =
        new TextTable(Align.RIGHT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.row("fd", "kind", "access", "position", "size", "name");
    for (Descriptor descriptor : descriptors) {
      boolean regular = descriptor.kind() == Descriptor.Kind.REGULAR;
      table.row(
          Integer.toString(descriptor.fd()),
          descriptor.kind().name().toLowerCase(Locale.ROOT),
          descriptor.writable() ? "write" : "read",
          regular ? Long.toString(descriptor.positionBytes()) : "",
          regular ? Long.toString(descriptor.sizeBytes()) : "",
          Printable.line(descriptor.name()));
    }
    lines.addAll(table.lines("  "));
  }

  private void addSignals(SignalState signals) {
    lines.add("");
    lines.add("signals");
    lines.add("  blocked " + Hex.of(signals.blockedMask()));
    for (SignalState.Action action : signals.actions()) {
      if (action.handlerVaddr() != 0) {
        lines.add(
            String.format(
                "  %d: %s, flags 0x%x, mask 0x%x",
                action.signal(),
                action.handlerVaddr() == 1
                    ? "ignored"
                    : "handler at " + Hex.of(action.handlerVaddr()),
                action.flags(),
                action.mask()));
      }
    }
    signals.pendingSignals().forEach(signal -> lines.add("  " + signal + ": pending"));
    signals.armedTimers().forEach(timer -> lines.add("  armed: " + Printable.line(timer)));
  }

  private void addVerdict(DumpInspection dump) {
    lines.add("");
    dump.warnings().forEach(warning -> lines.add("warning: " + Printable.line(warning)));
    dump.problems()
        .forEach(problem -> lines.add("not linkable: " + Printable.line(problem.toString())));
    if (dump.problems().isEmpty()) {
      lines.add("linkable with the defaults of 'thaw link'");
    }
  }
}
