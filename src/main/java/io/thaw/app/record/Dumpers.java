package io.thaw.app.record;

import io.thaw.app.dump.ForeignDump;
import io.thaw.app.dump.ProcessCapture;
import io.thaw.app.dump.TracedProcess;
import io.thaw.app.dump.VdsoData;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.record.RecordOptions.DumperKind;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the checkpoint that a recording begins with. */
final class Dumpers {

  private final Optional<Path> criu;

  private Dumpers(Optional<Path> criu) {
    this.criu = criu;
  }

  /**
   * The dumper that was asked for; Thaw's own if none was.
   *
   * @throws ToolMissingException if it is not there
   */
  static Dumpers of(Optional<DumperKind> kind) throws ToolMissingException {
    return new Dumpers(
        kind.equals(Optional.of(DumperKind.CRIU))
            ? Optional.of(CriuDump.find())
            : Optional.empty());
  }

  /**
   * Dumps a process that stands still into {@code folder}, its other threads with it, and makes the
   * detour: CRIU knows the vDSO by the kernel's pages alone, so that it has to see them.
   *
   * @return what dumped it, in words
   */
  String dump(
      Tracee tracee,
      RemoteCalls calls,
      List<Tracee> threads,
      SignalWatch signals,
      VdsoDetour detour,
      Path folder)
      throws InvalidInputException, IOException {
    if (criu.isPresent()) {
      if (!threads.isEmpty()) {
        throw new InvalidInputException(
            "process " + tracee.pid(),
            "threads",
            Integer.toString(threads.size() + 1),
            "one for --dumper criu, which cannot dump threads that are held; --dumper builtin can");
      }
      new CriuDump(criu.get(), tracee, signals).dump(folder.resolve("img"));
      var unused = ForeignDump.complete(tracee.pid(), folder);
      detour.make();
      return "criu";
    }
    detour.make();
    VdsoData vdso = new VdsoData(ranges(detour.zeroPages()), ranges(detour.kernelPages()));
    List<TracedProcess> others =
        threads.stream().map(thread -> new TracedProcess(thread, calls.inOther(thread))).toList();
    var unused = ProcessCapture.capture(new TracedProcess(tracee, calls), others, vdso, folder);
    return "builtin";
  }

  private static List<VdsoData.Range> ranges(List<AddressRange> ranges) {
    return ranges.stream()
        .map(range -> new VdsoData.Range(range.startVaddr(), range.endVaddr()))
        .toList();
  }
}
