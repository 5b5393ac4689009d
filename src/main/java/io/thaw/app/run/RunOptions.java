package io.thaw.app.run;

import io.thaw.linker.trim.ImageFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How to run an image.
 *
 * @param timeout wall-clock time after which the simulator is ended
 * @param instructionLimit user instructions after which the run stops
 * @param count whether instructions are counted
 * @param traceFile gets the address of every user instruction, u64 little-endian
 * @param machine what is chosen of the machine
 * @param memoryFile is the machine's RAM, and is left as that was at the end
 * @param analysis what is to be learned of an interval; needs a memory file
 */
public record RunOptions(
    Optional<Duration> timeout,
    OptionalLong instructionLimit,
    boolean count,
    Optional<Path> traceFile,
    MachineOptions machine,
    Optional<Path> memoryFile,
    Optional<Analysis> analysis) {

  /**
   * What the plugin is to learn.
   *
   * @param file gets it, in the form that {@code AnalysisReader} reads
   * @param begin user instructions before the interval, which lasts to the instruction limit
   * @param facts of the image
   * @param sliceInstructions user instructions of each basic-block vector, 0 for none
   */
  public record Analysis(Path file, long begin, ImageFacts facts, long sliceInstructions) {

    public Analysis {
      Objects.requireNonNull(file);
      Objects.requireNonNull(facts);
    }
  }

  /** To the program's end, without counting. */
  public static final RunOptions DEFAULT =
      new RunOptions(
          Optional.empty(),
          OptionalLong.empty(),
          /* count= */ false,
          Optional.empty(),
          MachineOptions.DEFAULT);

  /** Without a look at memory. */
  public RunOptions(
      Optional<Duration> timeout,
      OptionalLong instructionLimit,
      boolean count,
      Optional<Path> traceFile,
      MachineOptions machine) {
    this(timeout, instructionLimit, count, traceFile, machine, Optional.empty(), Optional.empty());
  }

  public RunOptions {
    Objects.requireNonNull(machine);
    if (machine.name().isPresent() && memoryFile.isPresent()) {
      throw new IllegalArgumentException("a memory file of another machine");
    }
    if (analysis.isPresent() && memoryFile.isEmpty()) {
      throw new IllegalArgumentException("an analysis without a memory file");
    }
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException("timeout " + timeout.get());
    }
    if (instructionLimit.isPresent() && instructionLimit.getAsLong() <= 0) {
      throw new IllegalArgumentException("instruction limit " + instructionLimit.getAsLong());
    }
  }

  public RunOptions withTimeout(Duration newTimeout) {
    return new RunOptions(
        Optional.of(newTimeout), instructionLimit, count, traceFile, machine, memoryFile, analysis);
  }

  public RunOptions withInstructionLimit(long newLimit) {
    return new RunOptions(
        timeout, OptionalLong.of(newLimit), count, traceFile, machine, memoryFile, analysis);
  }

  public RunOptions withCount() {
    return new RunOptions(
        timeout, instructionLimit, /* count= */ true, traceFile, machine, memoryFile, analysis);
  }

  public RunOptions withTraceFile(Path newTraceFile) {
    return new RunOptions(
        timeout, instructionLimit, count, Optional.of(newTraceFile), machine, memoryFile, analysis);
  }

  public RunOptions withMachine(MachineOptions newMachine) {
    return new RunOptions(
        timeout, instructionLimit, count, traceFile, newMachine, memoryFile, analysis);
  }

  public RunOptions withMemoryFile(Path newMemoryFile) {
    return new RunOptions(
        timeout, instructionLimit, count, traceFile, machine, Optional.of(newMemoryFile), analysis);
  }

  public RunOptions withAnalysis(Analysis newAnalysis) {
    return new RunOptions(
        timeout, instructionLimit, count, traceFile, machine, memoryFile, Optional.of(newAnalysis));
  }

  /** What a simulator must be able to do for it. */
  public Set<Simulator.Ability> abilities() {
    Set<Simulator.Ability> abilities = EnumSet.noneOf(Simulator.Ability.class);
    abilities.addAll(machine.abilities());
    if (count) {
      abilities.add(Simulator.Ability.COUNT);
    }
    if (instructionLimit.isPresent()) {
      abilities.add(Simulator.Ability.LIMIT);
    }
    if (traceFile.isPresent()) {
      abilities.add(Simulator.Ability.TRACE);
    }
    return abilities;
  }

  /** Whether the simulator has to look at each instruction. */
  boolean needsPlugin() {
    return count || instructionLimit.isPresent() || traceFile.isPresent() || analysis.isPresent();
  }
}
