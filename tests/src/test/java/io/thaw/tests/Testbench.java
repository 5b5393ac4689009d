package io.thaw.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The testbench for cores of one's own, with the stand-in, as a simulator has compiled it. */
final class Testbench {

  static final Path FOLDER = Path.of("..", "rtl", "testbench").toAbsolutePath().normalize();

  /** Where its memory begins. */
  static final long RAM_PADDR = 0x8000_0000L;

  /** Simulators of Verilog. */
  enum Simulator {
    ICARUS,
    VERILATOR
  }

  /**
   * What came of a run.
   *
   * @param status exit status
   * @param lines what it wrote to stdout
   */
  record Result(int status, List<String> lines) {

    /** The line that says what came of it; there has to be one. */
    String verdict() {
      List<String> verdicts = lines.stream().filter(line -> line.startsWith("verdict: ")).toList();
      if (verdicts.size() != 1) {
        throw new AssertionError("not one verdict: " + lines);
      }
      return verdicts.get(0);
    }

    /** What the stand-in prints of memory. */
    Optional<String> checksum() {
      return lines.stream()
          .filter(line -> line.startsWith("cksum "))
          .map(line -> line.substring("cksum ".length()))
          .findFirst();
    }
  }

  private final List<String> command;

  private Testbench(List<String> command) {
    this.command = command;
  }

  /**
   * Compiles it.
   *
   * @param folder an empty one
   * @param defines what is not as in platform.vh: {@code NAME=VALUE}
   */
  static Testbench compile(Simulator simulator, Path folder, List<String> defines)
      throws Exception {
    Path program = folder.resolve("sim");
    List<String> compiler = new ArrayList<>();
    if (simulator == Simulator.ICARUS) {
      compiler.addAll(List.of("iverilog", "-g2005", "-Wall", "-o", program.toString()));
    } else {
      compiler.addAll(
          List.of("verilator", "--binary", "--timing", "-Wno-WIDTH", "--top-module", "testbench"));
      compiler.addAll(List.of("--Mdir", folder.toString(), "-o", "sim"));
    }
    compiler.add("-I" + FOLDER);
    defines.forEach(define -> compiler.add("-D" + define));
    for (String name : List.of("testbench", "memory", "devices", "report", "standin")) {
      compiler.add(FOLDER.resolve(name + ".v").toString());
    }
    CommandLineRun compiled = run(compiler, folder);
    if (compiled.status() != 0 || compiled.err().contains("warning")) {
      throw new AssertionError(compiler + ": " + compiled);
    }
    return new Testbench(
        simulator == Simulator.ICARUS
            ? List.of("vvp", "-N", program.toString())
            : List.of(program.toString()));
  }

  Result run(List<String> plusArguments) throws Exception {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(plusArguments);
    CommandLineRun run = run(whole, Path.of("."));
    return new Result(run.status(), run.out().lines().toList());
  }

  private static CommandLineRun run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    return CommandLineRun.of(
        Path.of(command.get(0)),
        folder,
        Map.of(),
        command.subList(1, command.size()).toArray(String[]::new));
  }
}
