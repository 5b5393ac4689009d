package io.thaw.rtl;

import java.time.Duration;
import java.util.List;

/**
 * How a model of the Rocket core (RV64GC, Sv39) is made from the generator in Maven Central. What
 * the generator's programs take and do is as of rocketchip 1.2.6 and FIRRTL 1.2.6; the rest is of
 * Verilator 5.
 */
final class RocketRecipe {

  /** {@code Soc.java} and {@code harness/memory.h} say the same. */
  static final long RAM_BYTES = 1L << 30;

  /** What the last step makes: a program with the harness's arguments. */
  static final String PROGRAM = "verilated/VTestHarness";

  /** FIRRTL's list of the memories that it left out. */
  static final String MEMORIES = "generated/memories.conf";

  /** Where the step in between puts Verilog for them. */
  static final String MEMORY_WRAPPERS = "generated/memory_wrappers.v";

  private static final String CONFIG = "generated/io.thaw.rocket.Soc";
  private static final String VERILOG = "generated/system.v";

  static final List<Tool> TOOLS =
      List.of(
          new Tool("mvn", "fetches the Rocket core", "maven"),
          new Tool("javac", "compiles the Rocket core's configuration", "default-jdk-headless"),
          new Tool("verilator", "translates the Rocket core", "verilator"),
          new Tool("g++", "compiles the Rocket core", "g++"),
          new Tool("make", "compiles the Rocket core", "make"));

  /** Up to Verilog without its memories. */
  static final List<BuildStep> GENERATE =
      List.of(
          new BuildStep(
              "fetching the Rocket core's generator",
              Duration.ofMinutes(20),
              "jars",
              List.of(
                  "mvn",
                  "--batch-mode",
                  "--no-transfer-progress",
                  "--strict-checksums",
                  "dependency:copy-dependencies")),
          new BuildStep(
              "compiling the configuration",
              Duration.ofMinutes(5),
              "classes/io/thaw/rocket/Soc.class",
              List.of("javac", "-proc:none", "-cp", "jars/*", "-d", "classes", "Soc.java")),
          new BuildStep(
              "elaborating the core",
              Duration.ofMinutes(15),
              CONFIG + ".fir",
              List.of(
                  "java",
                  "-XX:+UseSerialGC",
                  "-Xmx1g",
                  "-cp",
                  "classes:jars/*",
                  "freechips.rocketchip.system.Generator",
                  "generated",
                  "freechips.rocketchip.system",
                  "TestHarness",
                  "io.thaw.rocket",
                  "Soc")),
          new BuildStep(
              "lowering it to Verilog",
              Duration.ofMinutes(30),
              VERILOG,
              List.of(
                  "java",
                  "-XX:+UseSerialGC",
                  "-Xmx2g",
                  "-cp",
                  "jars/*",
                  "firrtl.stage.FirrtlMain",
                  "-i",
                  CONFIG + ".fir",
                  "-faf",
                  CONFIG + ".anno.json",
                  "-td",
                  "generated",
                  "-o",
                  "system.v",
                  "-X",
                  "verilog",
                  "--infer-rw",
                  "TestHarness",
                  "--repl-seq-mem",
                  "-c:TestHarness:-o:" + MEMORIES)));

  /**
   * From Verilog to the program. Power-on state comes from the harness's seed: {@code --x-initial
   * unique}. {@code SYNTHESIS} leaves out assertions and messages. Compiled with -O1: more is no
   * faster, and takes longer.
   */
  static final List<BuildStep> COMPILE =
      List.of(
          new BuildStep(
              "translating it to C++",
              Duration.ofMinutes(15),
              "verilated/VTestHarness.mk",
              List.of(
                  "verilator",
                  "--cc",
                  "--exe",
                  "-O3",
                  "--threads",
                  "1",
                  "--x-assign",
                  "fast",
                  "--x-initial",
                  "unique",
                  "--noassert",
                  "-DSYNTHESIS",
                  "-Wno-fatal",
                  "-Wno-lint",
                  "-Wno-style",
                  "--top-module",
                  "TestHarness",
                  "--output-split",
                  "20000",
                  "--output-split-cfuncs",
                  "20000",
                  "-CFLAGS",
                  "-std=c++17 -I../harness",
                  "--Mdir",
                  "verilated",
                  VERILOG,
                  MEMORY_WRAPPERS,
                  "memories.v",
                  "black_boxes.v",
                  "commit_watch.v",
                  "harness/devices.cc",
                  "harness/image.cc",
                  "harness/main.cc",
                  "harness/memory.cc",
                  "harness/options.cc",
                  "harness/output_file.cc",
                  "harness/watch.cc")),
          new BuildStep(
              "compiling it",
              Duration.ofMinutes(30),
              PROGRAM,
              List.of(
                  "make",
                  "-C",
                  "verilated",
                  "-f",
                  "VTestHarness.mk",
                  "OPT_FAST=-O1",
                  "OPT_SLOW=-O0",
                  "OPT_GLOBAL=-O1")));

  private RocketRecipe() {}
}
