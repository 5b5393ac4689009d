package io.thaw.linker.criu;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.TerminalDetails;
import io.thaw.linker.model.linux.ThreadDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checkpoints like another one but for one thing. */
final class Changed {

  private Changed() {}

  static Checkpoint details(Checkpoint c, Optional<ProcessDetails> details) {
    return new Checkpoint(
        c.source(),
        c.architecture(),
        c.pageSizeBytes(),
        c.identity(),
        c.threads(),
        c.addressSpace(),
        c.descriptors(),
        c.signals(),
        c.clocks(),
        c.auxv(),
        details);
  }

  static Checkpoint registers(Checkpoint c, Registers registers, ThreadDetails thread) {
    ProcessDetails d = c.details().orElseThrow();
    Checkpoint changed = details(c, Optional.of(parts(d, d.task(), List.of(thread))));
    return new Checkpoint(
        c.source(),
        c.architecture(),
        c.pageSizeBytes(),
        c.identity(),
        List.of(new ThreadState(c.leader().tid(), registers)),
        c.addressSpace(),
        c.descriptors(),
        c.signals(),
        c.clocks(),
        c.auxv(),
        changed.details());
  }

  static Checkpoint task(Checkpoint c, TaskDetails task) {
    ProcessDetails d = c.details().orElseThrow();
    return details(c, Optional.of(parts(d, task, d.threads())));
  }

  private static ProcessDetails parts(
      ProcessDetails d, TaskDetails task, List<ThreadDetails> threads) {
    return new ProcessDetails(
        d.program(),
        d.workingFolder(),
        d.rootFolder(),
        d.creationMask(),
        d.layout(),
        task,
        threads,
        d.files(),
        d.mappings(),
        d.sharedMemory(),
        d.descriptors(),
        d.terminals());
  }

  static Checkpoint descriptors(
      Checkpoint c,
      List<Descriptor> descriptors,
      List<DescriptorDetails> details,
      List<TerminalDetails> terminals) {
    ProcessDetails d = c.details().orElseThrow();
    return new Checkpoint(
        c.source(),
        c.architecture(),
        c.pageSizeBytes(),
        c.identity(),
        c.threads(),
        c.addressSpace(),
        descriptors,
        c.signals(),
        c.clocks(),
        c.auxv(),
        Optional.of(
            new ProcessDetails(
                d.program(),
                d.workingFolder(),
                d.rootFolder(),
                d.creationMask(),
                d.layout(),
                d.task(),
                d.threads(),
                d.files(),
                d.mappings(),
                d.sharedMemory(),
                details,
                terminals)));
  }

  /** With more mappings and pages. */
  static Checkpoint memory(
      Checkpoint c, List<Vma> vmas, List<PageRun> runs, List<SharedMemoryDetails> shared) {
    AddressSpace memory = c.addressSpace();
    List<Vma> allVmas = new ArrayList<>(memory.vmas());
    allVmas.addAll(vmas);
    allVmas.sort(Comparator.comparingLong(Vma::startVaddr));
    List<PageRun> allRuns = new ArrayList<>(memory.pages());
    allRuns.addAll(runs);
    allRuns.sort(Comparator.comparingLong(PageRun::vaddr));
    ProcessDetails d = c.details().orElseThrow();
    return new Checkpoint(
        c.source(),
        c.architecture(),
        c.pageSizeBytes(),
        c.identity(),
        c.threads(),
        new AddressSpace(
            allVmas,
            allRuns,
            memory.brkStartVaddr(),
            memory.brkVaddr(),
            memory.stackStartVaddr(),
            memory.stackLimitBytes()),
        c.descriptors(),
        c.signals(),
        c.clocks(),
        c.auxv(),
        Optional.of(
            new ProcessDetails(
                d.program(),
                d.workingFolder(),
                d.rootFolder(),
                d.creationMask(),
                d.layout(),
                d.task(),
                d.threads(),
                d.files(),
                d.mappings(),
                shared,
                d.descriptors(),
                d.terminals())));
  }
}
