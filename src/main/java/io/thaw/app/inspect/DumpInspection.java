package io.thaw.app.inspect;

import io.thaw.app.link.DumpOptions;
import io.thaw.app.link.LinkJob;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.MappingSummary;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is to say of a process in a dump.
 *
 * @param checkpoint the process
 * @param mappings where the pages of each of its mappings come from, in the checkpoint's order
 * @param warnings what the linker would warn of
 * @param problems why the linker would refuse it; empty if it would not
 */
public record DumpInspection(
    Checkpoint checkpoint,
    List<Manifest.Mapping> mappings,
    List<String> warnings,
    List<Problem> problems) {

  public DumpInspection {
    Objects.requireNonNull(checkpoint);
    mappings = List.copyOf(mappings);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a dump and plans an image of it, for the platform and options of {@code thaw link}'s
   * defaults.
   *
   * @throws InvalidInputException if the dump cannot be read; that it cannot be linked is no reason
   */
  public static DumpInspection of(DumpOptions options) throws InvalidInputException, IOException {
    try (FileTree tree = LinkJob.openDump(options.dump())) {
      return of(
          LinkJob.read(tree, options),
          new LinkJob(options, Optional.empty(), LinkOptions.defaults()));
    }
  }

  private static DumpInspection of(Checkpoint checkpoint, LinkJob job) {
    List<Manifest.Mapping> mappings = MappingSummary.of(checkpoint);
    try {
      Manifest manifest = job.plan(checkpoint).manifest();
      return new DumpInspection(checkpoint, mappings, manifest.warnings(), List.of());
    } catch (InvalidInputException e) {
      return new DumpInspection(checkpoint, mappings, List.of(), e.problems());
    }
  }
}
