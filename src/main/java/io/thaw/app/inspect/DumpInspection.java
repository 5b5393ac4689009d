package io.thaw.app.inspect;

import io.thaw.app.link.DumpOptions;
import io.thaw.app.link.LinkJob;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.CriuReader;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.Recording;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.MappingSummary;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import io.thaw.linker.recording.RecordingReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What there is to say of a process in a dump, or at the beginning of a recording.
 *
 * @param checkpoint the process
 * @param mappings where the pages of each of its mappings come from, in the checkpoint's order
 * @param warnings what the linker would warn of
 * @param problems why the linker would refuse it; empty if it would not
 * @param recording what came next, if that was recorded
 */
public record DumpInspection(
    Checkpoint checkpoint,
    List<Manifest.Mapping> mappings,
    List<String> warnings,
    List<Problem> problems,
    Optional<RecordingInspection> recording) {

  public DumpInspection {
    Objects.requireNonNull(checkpoint);
    mappings = List.copyOf(mappings);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
    Objects.requireNonNull(recording);
  }

  /**
   * Reads a dump or recording and plans an image of it, for the platform and options of {@code thaw
   * link}'s defaults.
   *
   * @throws InvalidInputException if the dump cannot be read; that it cannot be linked is no reason
   */
  public static DumpInspection of(DumpOptions options) throws InvalidInputException, IOException {
    try (FileTree tree = LinkJob.openDump(options.dump())) {
      LinkJob job = new LinkJob(options, Platforms::defaultFor, LinkOptions.defaults());
      if (RecordingReader.isRecording(tree)) {
        Recording recording = RecordingReader.read(tree);
        return of(
            recording.checkpoint(),
            Optional.of(RecordingInspection.of(recording)),
            () -> job.plan(recording),
            List.of());
      }
      CriuReader.Reading reading = LinkJob.readWithoutFiles(tree, options);
      Checkpoint checkpoint = reading.checkpoint();
      return of(checkpoint, Optional.empty(), () -> job.plan(checkpoint), reading.fileProblems());
    }
  }

  /** Makes a plan, or says why there is none. */
  private interface Planning {
    ImagePlan plan() throws InvalidInputException;
  }

  private static DumpInspection of(
      Checkpoint checkpoint,
      Optional<RecordingInspection> recording,
      Planning planning,
      List<Problem> fileProblems) {
    List<Manifest.Mapping> mappings = MappingSummary.of(checkpoint);
    try {
      List<String> warnings = planning.plan().manifest().warnings();
      return new DumpInspection(checkpoint, mappings, warnings, fileProblems, recording);
    } catch (InvalidInputException e) {
      List<Problem> problems = new ArrayList<>(fileProblems);
      problems.addAll(e.problems());
      return new DumpInspection(checkpoint, mappings, List.of(), problems, recording);
    }
  }
}
