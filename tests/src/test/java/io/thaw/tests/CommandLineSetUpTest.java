package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, in a repository and with a Java and a Maven that only say so. */
class CommandLineSetUpTest {

  private static final List<String> SYSTEM_TOOLS =
      List.of(
          "sh",
          "readlink",
          "cat",
          "id",
          "find",
          "sed",
          "tail",
          "grep",
          "mkdir",
          "rm",
          "mv",
          "sleep");

  private static final String JAVA = "echo java \"$@\"";
  private static final String JAVAC = "echo javac 17.0.1";
  private static final String MAVEN =
      "echo built >>$REPOSITORY/log; mkdir -p $REPOSITORY/src/target/lib;"
          + " echo jar >$REPOSITORY/src/target/thaw.jar";

  @TempDir private Path folder;
  private Path repository;
  private Path tools;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = folder.toRealPath().resolve("repository");
    for (String module :
        List.of("tools", ".mvn", "gem5", "restorer-stubs", "linker", "rtl", "src/test")) {
      Files.createDirectories(repository.resolve(module));
    }
    for (String script : List.of("thaw", "tools/setup.sh")) {
      Files.copy(CommandLineRun.LAUNCHER.resolveSibling(script), repository.resolve(script));
    }
    Files.writeString(repository.resolve("pom.xml"), "<project/>");
    tools = CommandLineRun.linkTools(folder.resolve("bin"), SYSTEM_TOOLS);
    program("java", JAVA);
    program("javac", JAVAC);
    program("mvn", MAVEN);
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandLineRun thaw(String... args) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", "");
    environment.put("THAW_NO_BUILD", "");
    environment.put("REPOSITORY", repository.toString());
    return CommandLineRun.of(repository.resolve("thaw"), folder, environment, args);
  }

  private long builds() throws IOException {
    Path log = repository.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private void edit(String file) throws IOException {
    Path path = Files.writeString(repository.resolve(file), "edited");
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(2)));
  }

  @Test
  void theFirstCallBuildsAndTheSecondDoesNot() throws Exception {
    assertThat(thaw("--version").status()).isZero();
    assertThat(builds()).isEqualTo(1);
    CommandLineRun second = thaw("--version");

    assertThat(builds()).isEqualTo(1);
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("io.thaw.app.cli.Main --version");
  }

  @Test
  void aChangedSourceIsBuiltAndAChangedTestIsNot() throws Exception {
    thaw("--version");
    edit("src/test/SomeTest.java");
    thaw("--version");
    assertThat(builds()).isEqualTo(1);
    edit("linker/Some.java");
    thaw("--version");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aFailedBuildIsShownAndTriedAgain() throws Exception {
    program("mvn", "echo what went wrong; exit 1");
    CommandLineRun failed = thaw("--version");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("what went wrong", "error: the build failed");

    program("mvn", MAVEN);
    assertThat(thaw("--version").status()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void leftoversThatAreInTheWayAreRemoved() throws Exception {
    Path leftover = repository.resolve("linker/target/classes/Old.class");
    Files.createDirectories(leftover.getParent());
    Files.createFile(leftover);
    program("mvn", "[ ! -e " + leftover + " ] || exit 1; " + MAVEN);
    CommandLineRun run = thaw("--version");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("building anew from nothing");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatCannotReachMavenCentralSaysSo() throws Exception {
    program("mvn", "echo Could not transfer artifact a:b:1; exit 1");
    CommandLineRun failed = thaw("--version");

    assertThat(failed.status()).isEqualTo(4);
    assertThat(failed.err()).contains("error: the build needs Maven Central");
  }

  @Test
  void anOldCompilerIsRefusedBeforeTheBuild() throws Exception {
    program("javac", "echo javac 11.0.9");
    CommandLineRun refused = thaw("--version");

    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("found javac 11.0.9, acceptable: javac 17 or later");
    assertThat(builds()).isZero();
  }

  @Test
  void withoutMavenTheLineThatInstallsItIsSaid() throws Exception {
    Files.delete(tools.resolve("mvn"));
    CommandLineRun refused = thaw("--version");

    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err())
        .contains("error: not installed: maven")
        .contains("apt-get update && apt-get install -y --no-install-recommends maven");
  }

  @Test
  void onlyTheDemoIsLongEnoughForTheBetterCompiler() throws Exception {
    assertThat(thaw("--version").out()).contains("-XX:TieredStopAtLevel=1");
    assertThat(thaw("link", "x").out()).contains("-XX:TieredStopAtLevel=1");
    assertThat(thaw("run", "x").out()).contains("-XX:TieredStopAtLevel=1");
  }
}
