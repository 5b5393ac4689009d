package io.thaw.app.record;

import io.thaw.app.dump.ProcessCapture;
import io.thaw.app.dump.TracedProcess;
import io.thaw.app.dump.VdsoData;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.record.RecordOptions.DumperKind;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the checkpoint that a recording begins with. */
final class Dumpers {

  private final Optional<DumperKind> kind;

  Dumpers(Optional<DumperKind> kind) {
    this.kind = kind;
  }

  /**
   * Dumps a process that stands still into {@code folder}, its other threads with it.
   *
   * @return what dumped it, in words
   */
  String dump(
      Tracee tracee, RemoteCalls calls, List<Tracee> threads, VdsoDetour detour, Path folder)
      throws InvalidInputException, IOException {
    if (kind.equals(Optional.of(DumperKind.CRIU))) {
      throw new IOException("criu cannot dump a process that is traced; use --dumper builtin");
    }
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
