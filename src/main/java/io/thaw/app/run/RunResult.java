package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param verdict in one word
 * @param architecture of the image
 * @param report what the stub said; there for the stub's verdicts and only for them
 * @param counts there if instructions were counted and the plugin could tell
 * @param cycles there if the simulator has a clock
 * @param region there if the simulator measured it
 * @param failure what was seen of a simulator that failed, else empty; lines of printable text
 */
public record RunResult(
    Verdict verdict,
    Architecture architecture,
    Optional<Report> report,
    Optional<InstructionCounts> counts,
    Optional<CycleCounts> cycles,
    Optional<RegionStatistics> region,
    String failure) {

  /** Without cycles and region. */
  public RunResult(
      Verdict verdict,
      Architecture architecture,
      Optional<Report> report,
      Optional<InstructionCounts> counts,
      String failure) {
    this(verdict, architecture, report, counts, Optional.empty(), Optional.empty(), failure);
  }

  public RunResult {
    Objects.requireNonNull(architecture);
    Objects.requireNonNull(counts);
    Objects.requireNonNull(cycles);
    Objects.requireNonNull(region);
    Objects.requireNonNull(failure);
    if (report.isPresent() != (verdict.stubNumber() != 0)) {
      throw new IllegalArgumentException(
          verdict + (report.isPresent() ? " with" : " without") + " report");
    }
    if (report.isPresent() && report.get().verdict() != verdict) {
      throw new IllegalArgumentException(verdict + " with a report of " + report.get().verdict());
    }
  }

  static RunResult reported(
      Architecture architecture, Report report, Optional<InstructionCounts> counts) {
    return new RunResult(report.verdict(), architecture, Optional.of(report), counts, "");
  }

  static RunResult unreported(
      Verdict verdict, Architecture architecture, Optional<InstructionCounts> counts) {
    return new RunResult(verdict, architecture, Optional.empty(), counts, "");
  }

  static RunResult failed(
      Architecture architecture, Optional<InstructionCounts> counts, String failure) {
    return new RunResult(Verdict.SIMULATOR_FAILED, architecture, Optional.empty(), counts, failure);
  }

  RunResult withCycles(Optional<CycleCounts> newCycles) {
    return new RunResult(verdict, architecture, report, counts, newCycles, region, failure);
  }

  RunResult withRegion(Optional<RegionStatistics> newRegion) {
    return new RunResult(verdict, architecture, report, counts, cycles, newRegion, failure);
  }

  /** Exit status of {@code thaw run}: a program that fails is no success. */
  public int exitStatus() {
    return switch (verdict) {
      case EXITED -> report.orElseThrow().programStatus() == 0 ? 0 : 5;
      case STOPPED, COMPLETE -> 0;
      case DIVERGED,
          MARKER,
          UNKNOWN_CALL,
          PAGE_FAULT,
          MISSING_PAGE,
          PROGRAM_FAULT,
          POOL_EXHAUSTED ->
          5;
      case STUB_FAULT -> 1;
      case SIMULATOR_FAILED -> 6;
      case TIME_OUT -> 124;
    };
  }
}
