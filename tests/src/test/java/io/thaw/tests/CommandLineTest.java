package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, as users start it. */
class CommandLineTest {

  /** What the launcher itself needs of the system, without Java. */
  private static final List<String> SYSTEM_TOOLS =
      List.of("sh", "readlink", "cat", "id", "find", "sed", "tail", "grep", "mkdir", "rm", "mv");

  private static final Path DUMP =
      Path.of("fixtures", "dumps", "x86-64-static.tar.xz").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void itStartsFromAnyFolderThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), CommandLineRun.LAUNCHER);
    CommandLineRun run = CommandLineRun.of(link, folder, Map.of(), "--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("thaw ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    CommandLineRun run = CommandLineRun.thaw("inspect", "no such * file");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).startsWith("error: no such * file: found no such file");
  }

  @Test
  void badUsageEndsWithStatus2() throws Exception {
    CommandLineRun run = CommandLineRun.thaw("lnik");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: unknown command 'lnik'");
  }

  @Test
  void optionsForJavaReachIt() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            CommandLineRun.LAUNCHER,
            folder,
            Map.of("THAW_JAVA_OPTIONS", "-Xmx64m -XshowSettings:vm"),
            "--version");

    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("64.00M");
  }

  @Test
  void anArchiveThatIsNoArchiveIsIgnored() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense.jsa"), "no archive");
    CommandLineRun run =
        CommandLineRun.of(
            CommandLineRun.LAUNCHER,
            folder,
            Map.of("THAW_JAVA_OPTIONS", "-XX:SharedArchiveFile=" + nonsense),
            "--version");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void withoutJavaItSaysTheLineThatInstallsIt() throws Exception {
    Map<String, String> bare = Map.of("PATH", bareTools().toString(), "JAVA_HOME", "");
    CommandLineRun run = CommandLineRun.of(CommandLineRun.LAUNCHER, folder, bare, "--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("error: not installed: default-jdk-headless")
        .contains("apt-get install -y --no-install-recommends default-jdk-headless");
  }

  @Test
  void withoutAnythingTheDemoSaysTheOneLineForAll() throws Exception {
    Map<String, String> bare = Map.of("PATH", bareTools().toString(), "JAVA_HOME", "");
    CommandLineRun run = CommandLineRun.of(CommandLineRun.LAUNCHER, folder, bare, "demo");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .contains(
            "apt-get install -y --no-install-recommends"
                + " default-jdk-headless maven qemu-system-x86 qemu-system-arm qemu-system-misc");
  }

  @Test
  void linkingNamesTheImageAfterTheDump() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.LAUNCHER, folder, Map.of(), "link", DUMP.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("x86-64-static.thaw.elf: ").contains("0 missing");
    assertThat(filesIn(folder)).containsExactly("x86-64-static.thaw.elf");
  }

  @Test
  void linkingTwiceGivesTheSameBytes() throws Exception {
    Path copy = Files.copy(DUMP, Files.createDirectory(folder.resolve("dir")).resolve("x.tar.xz"));
    Path named = Files.copy(copy, folder.resolve("x.tar.xz"));
    Path first = folder.resolve("first.elf");
    Path second = folder.resolve("second.elf");

    assertThat(CommandLineRun.thaw("link", copy.toString(), "-o", first.toString()).status())
        .isZero();
    assertThat(CommandLineRun.thaw("link", named.toString(), "-o", second.toString()).status())
        .isZero();
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void lackOfMemoryIsNoBug() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            CommandLineRun.LAUNCHER,
            folder,
            // Unpacking xz takes 64 MiB.
            Map.of("THAW_JAVA_OPTIONS", "-Xmx32m"),
            "link",
            DUMP.toString());

    assertThat(run.status()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).startsWith("error: ").contains("THAW_JAVA_OPTIONS=-Xmx");
    assertThat(filesIn(folder)).isEmpty();
  }

  @Test
  void inspectShowsDumpAndImage() throws Exception {
    CommandLineRun dump = CommandLineRun.thaw("inspect", DUMP.toString());
    Path image = folder.resolve("image.elf");
    CommandLineRun.thaw("link", DUMP.toString(), "-o", image.toString());
    CommandLineRun linked = CommandLineRun.thaw("inspect", image.toString());

    assertThat(dump.out())
        .contains("process 157 (static)", "rip", "ymm15", "/opt/w/static", "anonymous", "linkable");
    assertThat(linked.out())
        .contains("image of process 157 (static)", "for qemu-x86_64", "page tables", "pool");
  }

  @Test
  void withoutQemuRunAndDoctorSayWhatToInstall() throws Exception {
    Path image = folder.resolve("image.elf");
    CommandLineRun.thaw("link", DUMP.toString(), "-o", image.toString());
    Map<String, String> bare = bareEnvironment();
    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.LAUNCHER, folder, bare, "run", image.toString());
    CommandLineRun doctor = CommandLineRun.of(CommandLineRun.LAUNCHER, folder, bare, "doctor");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("qemu-system-x86_64").contains("apt-get install");
    assertThat(doctor.status()).isEqualTo(4);
    assertThat(doctor.out())
        .contains(
            "MISSING  qemu-system-x86_64",
            "MISSING  qemu-system-aarch64",
            "MISSING  qemu-system-riscv64",
            "absent   rocket")
        .contains("apt-get install -y qemu-system-x86 qemu-system-arm qemu-system-misc");
  }

  @Test
  void withoutVerilatorOnlyTheModelSaysWhatToInstall() throws Exception {
    Map<String, String> bare = bareEnvironment();
    String dump = Path.of("fixtures/dumps/riscv64-static.tar.xz").toAbsolutePath().toString();

    CommandLineRun run =
        CommandLineRun.of(CommandLineRun.LAUNCHER, folder, bare, "run", "--on", "rocket", dump);

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .contains("the model of the Rocket core has to be built first", "verilator")
        .contains("apt-get install -y maven")
        .doesNotContain("qemu");
  }

  @Test
  void theDemoShowsSixProcessesGoingOn() throws Exception {
    CommandLineRun run = CommandLineRun.thaw("demo");

    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("[6/6] riscv64-dynamic", "static 23 ", "static 24 ", "static done")
        .contains("written when it was frozen", "as expected (41 lines)")
        .doesNotContain("NOT AS EXPECTED");
  }

  /** Java, but neither simulators nor models. */
  private Map<String, String> bareEnvironment() throws IOException {
    return Map.of(
        "PATH",
        bareTools().toString(),
        "JAVA_HOME",
        System.getProperty("java.home"),
        "XDG_CACHE_HOME",
        folder.resolve("cache").toString());
  }

  private Path bareTools() throws IOException {
    return CommandLineRun.linkTools(folder.resolve("tools"), SYSTEM_TOOLS);
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
