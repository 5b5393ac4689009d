package io.thaw.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a build, with stand-ins for the tools. */
class RocketBuildTest {

  private static final String MEMORIES =
      "name mem_ext depth 134217728 width 64 ports mwrite,read mask_gran 8";

  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();
  private Path building;

  /** Each tool makes what the recipe expects of it. */
  @BeforeEach
  void makeTools() throws Exception {
    building = Files.createDirectory(folder.resolve("building"));
    Files.createDirectory(folder.resolve("tools"));
    tool("mvn", "mkdir jars");
    tool("javac", "mkdir -p classes/io/thaw/rocket && touch classes/io/thaw/rocket/Soc.class");
    tool(
        "java",
        "case \"$*\" in",
        "*Generator*) test \"$(echo x | dtc | wc -c)\" = 8 || exit 9",
        "    test -s bootrom/bootrom.img || exit 9",
        "    touch generated/io.thaw.rocket.Soc.fir ;;",
        "*) echo '" + MEMORIES + "' >generated/memories.conf; touch generated/system.v ;;",
        "esac");
    tool(
        "verilator",
        "for last; do case $last in *.v | *.cc) test -e $last || exit 9 ;; esac; done",
        "mkdir verilated && touch verilated/VTestHarness.mk");
    tool("g++", ":");
    tool("make", "touch verilated/VTestHarness");
  }

  private void tool(String name, String... lines) throws IOException {
    Path file = folder.resolve("tools").resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path run() throws Exception {
    return RocketBuild.run(building, new Programs(List.of(folder.resolve("tools"))), progress::add);
  }

  @Test
  void everyStepIsTold() throws Exception {
    assertThat(run()).isEqualTo(building.resolve("verilated/VTestHarness")).exists();

    assertThat(progress).hasSize(6);
    assertThat(progress.get(0)).isEqualTo("1/6 fetching the Rocket core's generator");
    assertThat(progress.get(5)).isEqualTo("6/6 compiling it");
    assertThat(building.resolve("generated/memory_wrappers.v"))
        .content()
        .contains("module mem_ext(");
  }

  @Test
  void allToolsThatAreMissingAreNamedBeforeAnythingIsDone() throws Exception {
    Files.delete(folder.resolve("tools/verilator"));
    Files.delete(folder.resolve("tools/mvn"));

    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            ToolsMissingException.class,
            e ->
                assertThat(e.tools())
                    .extracting(Tool::aptPackage)
                    .containsExactly("maven", "verilator"))
        .hasMessage("not on the PATH: mvn, verilator");
    assertThat(building).isEmptyDirectory();
  }

  @Test
  void aStepThatFailsIsNamedWithItsLastWords() throws Exception {
    tool("verilator", "echo %Error: no such thing", "exit 3");

    assertThatThrownBy(this::run)
        .isInstanceOf(ModelBuildException.class)
        .hasMessageContaining("translating it to C++: verilator ended with status 3")
        .hasMessageContaining("%Error: no such thing")
        .hasMessageContaining(building.resolve("build.log").toString());
  }

  @Test
  void aStepThatMakesNothingHasFailed() throws Exception {
    tool("make", ":");

    assertThatThrownBy(this::run)
        .isInstanceOf(ModelBuildException.class)
        .hasMessageContaining("make did not make verilated/VTestHarness");
  }

  @Test
  void aMemoryThatIsNotKnownEndsTheBuild() throws Exception {
    tool(
        "java",
        "touch generated/io.thaw.rocket.Soc.fir generated/system.v",
        "echo unknown >generated/memories.conf");

    assertThatThrownBy(this::run)
        .isInstanceOf(ModelBuildException.class)
        .hasMessageContaining("unknown");
  }
}
