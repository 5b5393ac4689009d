package io.thaw.app.record;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.SharedProcessor;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.record.RecordOptions.Target;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a recording: finds or starts the process, brings it to the start, dumps it, records, and
 * leaves it as it was asked for. Everything happens on one thread, the only one that the kernel
 * takes requests from.
 */
public final class RecordJob {

  private final RecordOptions options;
  private final Architecture architecture = HostProcessor.architecture();
  private final List<String> warnings = new ArrayList<>();

  public RecordJob(RecordOptions options) {
    this.options = options;
  }

  /**
   * Records.
   *
   * @return what was recorded
   * @throws InvalidInputException if the process cannot be recorded by what it is
   * @throws ToolMissingException if the dumper that was asked for is not there
   * @throws IOException if it cannot be traced, or the recording cannot be written
   */
  public RecordSummary run() throws InvalidInputException, ToolMissingException, IOException {
    Dumpers dumpers = Dumpers.of(options.dumper());
    try (OutputFolder folder = OutputFolder.make(options.folder())) {
      RecordSummary summary = trace(dumpers);
      folder.keep();
      return summary;
    }
  }

  private RecordSummary trace(Dumpers dumpers) throws InvalidInputException, IOException {
    try (Tracee tracee = open()) {
      Departure departure =
          new Departure(
              tracee, options.target() instanceof Target.Launched, options.leaveRunning());
      try {
        return record(tracee, dumpers, departure);
      } catch (IOException | InvalidInputException | RuntimeException e) {
        departure.afterFailure(e);
        throw e;
      }
    }
  }

  private Tracee open() throws InvalidInputException, IOException {
    if (options.target() instanceof Target.Launched launched) {
      return Tracee.launch(
          launched.command(), options.isaLevel().limit(System.getenv()), architecture);
    }
    int pid = ((Target.Running) options.target()).pid();
    ProcessCheck.attachable(pid);
    Tracee tracee = Tracee.attach(pid, architecture);
    Stop stop = tracee.await();
    if (stop.isOver()) {
      throw new IOException("process " + pid + " ended before it could be recorded");
    }
    return tracee;
  }

  private RecordSummary record(Tracee tracee, Dumpers dumpers, Departure departure)
      throws InvalidInputException, IOException {
    ProcessCheck.recordable(tracee.pid());
    new StartPoints(tracee).reach(options.start());
    ProcessCheck.recordable(tracee.pid());
    HeldThreads threads = HeldThreads.of(tracee);
    departure.holds(threads);
    RemoteCalls calls = vdsoCalls(tracee);
    VdsoDetour detour = new VdsoDetour(tracee, calls);
    CounterTrap counter = new CounterTrap(tracee, calls);
    SignalWatch signals = new SignalWatch(tracee, calls);
    try (SharedProcessor processor = SharedProcessor.of(tracee.pid());
        RecordingWriter writer = RecordingWriter.create(options.folder(), architecture)) {
      departure.takesBack(calls, detour, counter, signals, processor);
      String dumper = dumpers.dump(tracee, calls, threads.all(), signals, detour, options.folder());
      boolean counterTraps = counter.set();
      Recorder recorder;
      RecordingEnd end;
      try (Deadline deadline = Deadline.start(tracee, options.limit().time())) {
        recorder =
            new Recorder(
                parts(
                    tracee,
                    writer,
                    calls,
                    counter,
                    signals,
                    new Children(tracee, calls, processor, threads),
                    threads),
                deadline,
                options.limit().calls().orElse(Long.MAX_VALUE));
        end = recorder.run();
      }
      writer.finish(describe(dumper, counterTraps, end));
      departure.at(end);
      return new RecordSummary(options.folder(), recorder.callCount(), end.reason(), warnings);
    }
  }

  private static RemoteCalls vdsoCalls(Tracee tracee) throws IOException {
    for (MappedRange range : MappedRange.ofProcess(tracee.pid())) {
      if (range.name().equals("[vdso]")) {
        return RemoteCalls.in(tracee, range.startVaddr(), range.endVaddr());
      }
    }
    throw new IOException("process " + tracee.pid() + " has no vDSO");
  }

  private Recorder.Parts parts(
      Tracee tracee,
      RecordingWriter writer,
      RemoteCalls calls,
      CounterTrap counter,
      SignalWatch signals,
      Children children,
      HeldThreads threads)
      throws IOException {
    MemoryReader memory = new MemoryReader(tracee);
    OpenFiles files = new OpenFiles(tracee.pid());
    List<MappedRange> ranges = MappedRange.ofProcess(tracee.pid());
    warnOfSharedMemory(ranges);
    Path sysroot = options.folder().resolve("sysroot").toAbsolutePath().normalize();
    HeapBreak heapBreak =
        new HeapBreak(
            calls.call(CallNumbers.of(architecture).brk(), 0),
            AuxiliaryVector.pageSizeBytes(tracee.pid()));
    EffectCollector effects =
        new EffectCollector(
            memory, writer, files, new MappedFiles(files, sysroot, ranges), heapBreak);
    return new Recorder.Parts(
        tracee, writer, effects, memory, files, counter, signals, children, threads);
  }

  private void warnOfSharedMemory(List<MappedRange> ranges) {
    for (MappedRange range : ranges) {
      if (range.shared() && range.protection().write()) {
        warnings.add(
            String.format(
                "memory at 0x%x (%s) is shared: what other processes write there is not seen",
                range.startVaddr(), range.name()));
      }
    }
  }

  private RecordingDescription describe(String dumper, boolean counterTraps, RecordingEnd end)
      throws IOException {
    List<String> command =
        options.target() instanceof Target.Launched launched ? launched.command() : List.of();
    return new RecordingDescription(
        command,
        StartText.of(options.start()),
        end.reason(),
        dumper,
        command.isEmpty() ? IsaLevel.HOST.label() : options.isaLevel().label(),
        HostProcessor.name(),
        HostProcessor.kernel(),
        HostProcessor.notTrapped(counterTraps),
        warnings);
  }
}
