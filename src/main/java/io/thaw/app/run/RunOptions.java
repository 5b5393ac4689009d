package io.thaw.app.run;

import io.thaw.linker.trim.ImageFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How to run an image.
 *
 * @param timeout wall-clock time after which the simulator is ended
 * @param instructionLimit user instructions after which the run stops
 * @param count whether instructions are counted
 * @param traceFile gets the address of every user instruction, u64 little-endian
 * @param machine which of the simulator's machines is taken, by its label
 * @param memoryFile is the machine's RAM, and is left as that was at the end
 * @param analysis what is to be learned of an interval; needs a memory file
 * @param seed of the random state in which the machine's power comes on
 */
public record RunOptions(
    Optional<Duration> timeout,
    OptionalLong instructionLimit,
    boolean count,
    Optional<Path> traceFile,
    Optional<String> machine,
    Optional<Path> memoryFile,
    Optional<Analysis> analysis,
    OptionalInt seed) {

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
      new RunOptions(Optional.empty(), OptionalLong.empty(), /* count= */ false, Optional.empty());

  /** Without a look at memory. */
  public RunOptions(
      Optional<Duration> timeout,
      OptionalLong instructionLimit,
      boolean count,
      Optional<Path> traceFile) {
    this(
        timeout,
        instructionLimit,
        count,
        traceFile,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  public RunOptions {
    if (machine.isPresent() && memoryFile.isPresent()) {
      throw new IllegalArgumentException("a memory file of another machine");
    }
    if (analysis.isPresent() && memoryFile.isEmpty()) {
      throw new IllegalArgumentException("an analysis without a memory file");
    }
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException("timeout " + timeout.get());
    }
    if (seed.isPresent() && seed.getAsInt() <= 0) {
      throw new IllegalArgumentException("seed " + seed.getAsInt());
    }
    if (instructionLimit.isPresent() && instructionLimit.getAsLong() <= 0) {
      throw new IllegalArgumentException("instruction limit " + instructionLimit.getAsLong());
    }
  }

  public RunOptions withTimeout(Duration newTimeout) {
    return new RunOptions(
        Optional.of(newTimeout),
        instructionLimit,
        count,
        traceFile,
        machine,
        memoryFile,
        analysis,
        seed);
  }

  public RunOptions withInstructionLimit(long newLimit) {
    return new RunOptions(
        timeout, OptionalLong.of(newLimit), count, traceFile, machine, memoryFile, analysis, seed);
  }

  public RunOptions withCount() {
    return new RunOptions(
        timeout,
        instructionLimit,
        /* count= */ true,
        traceFile,
        machine,
        memoryFile,
        analysis,
        seed);
  }

  public RunOptions withTraceFile(Path newTraceFile) {
    return new RunOptions(
        timeout,
        instructionLimit,
        count,
        Optional.of(newTraceFile),
        machine,
        memoryFile,
        analysis,
        seed);
  }

  public RunOptions withMachine(String newMachine) {
    return new RunOptions(
        timeout,
        instructionLimit,
        count,
        traceFile,
        Optional.of(newMachine),
        memoryFile,
        analysis,
        seed);
  }

  public RunOptions withMemoryFile(Path newMemoryFile) {
    return new RunOptions(
        timeout,
        instructionLimit,
        count,
        traceFile,
        machine,
        Optional.of(newMemoryFile),
        analysis,
        seed);
  }

  public RunOptions withAnalysis(Analysis newAnalysis) {
    return new RunOptions(
        timeout,
        instructionLimit,
        count,
        traceFile,
        machine,
        memoryFile,
        Optional.of(newAnalysis),
        seed);
  }

  /**
   * With power-on state that differs from seed to seed.
   *
   * @param newSeed above 0
   */
  public RunOptions withSeed(int newSeed) {
    return new RunOptions(
        timeout,
        instructionLimit,
        count,
        traceFile,
        machine,
        memoryFile,
        analysis,
        OptionalInt.of(newSeed));
  }

  /** What a simulator must be able to do for it. */
  public Set<Simulator.Ability> abilities() {
    Set<Simulator.Ability> abilities = EnumSet.noneOf(Simulator.Ability.class);
    if (count) {
      abilities.add(Simulator.Ability.COUNT);
    }
    if (instructionLimit.isPresent()) {
      abilities.add(Simulator.Ability.LIMIT);
    }
    if (traceFile.isPresent()) {
      abilities.add(Simulator.Ability.TRACE);
    }
    if (machine.isPresent()) {
      abilities.add(Simulator.Ability.MACHINE);
    }
    if (seed.isPresent()) {
      abilities.add(Simulator.Ability.SEED);
    }
    return abilities;
  }

  /** Whether the simulator has to look at each instruction. */
  boolean needsPlugin() {
    return count || instructionLimit.isPresent() || traceFile.isPresent() || analysis.isPresent();
  }
}
