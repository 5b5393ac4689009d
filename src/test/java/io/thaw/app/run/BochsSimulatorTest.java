package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.plan.Chunk;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shell scripts in Bochs's place and in that of what makes ISOs. */
@Timeout(60)
class BochsSimulatorTest {

  private static final String BANNER = "echo '=== Bochs ==='\n";
  private static final String SHUTDOWN = "echo '[UNMAP ] Shutdown port: shutdown requested' >&2\n";
  private static final String CONSOLE = "console=$(sed -n 's/^com1: .*dev=//p' \"$3\")\n";

  private static final String MAKES_A_FILE =
      "while [ \"$1\" != -o ]; do shift; done; echo made > \"$2\"";

  @TempDir private Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Path image;

  @BeforeEach
  void makeProgramsAndAnImage() throws IOException {
    install("grub-mkimage", MAKES_A_FILE);
    install("xorriso", MAKES_A_FILE);
    image = folder.resolve("image.elf");
    Chunk stub = new Chunk.Made(0x200000, ByteBlock.zeros(4096));
    ImageWriter.write(
        new ImagePlan(
            Architecture.X86_64,
            0x200000,
            OptionalLong.of(0x200000),
            List.of(stub),
            Map.of(),
            Manifests.x86(0x1000000)),
        image,
        Progress.NONE);
  }

  private void install(String name, String script) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private RunResult run(String script) throws Exception {
    install("bochs", script);
    return BochsSimulator.in(folder)
        .run(
            image,
            Manifests.x86(0x1000000),
            RunOptions.DEFAULT.withTimeout(Duration.ofSeconds(3)),
            output);
  }

  private static String say(String text) {
    return "cat <<'THE-END'\n" + text + "THE-END\n";
  }

  @Test
  void outputAndTheReportAmongOtherTextArePassedOn() throws Exception {
    RunResult result =
        run(
            CONSOLE
                + "printf 'a\\000b' > \"$console\"\n"
                + BANNER
                + say(Reports.exited(7))
                + "echo '(0).[123] out dx, al'\n"
                + SHUTDOWN
                + "exit 1");

    assertThat(result.verdict()).as(result.failure()).isEqualTo(Verdict.EXITED);
    assertThat(result.exitStatus()).isEqualTo(5);
    assertThat(output.toString(StandardCharsets.ISO_8859_1)).isEqualTo("a\0b");
  }

  @Test
  void aReportWithoutTheShutdownIsAFailure() throws Exception {
    RunResult result = run(BANNER + say(Reports.exited(0)) + "kill -SEGV $$");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("signal 11");
  }

  @Test
  void theShutdownWithoutAReportIsAFailure() throws Exception {
    assertThat(run(BANNER + SHUTDOWN + "exit 1").verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void halfAReportIsAFailure() throws Exception {
    String half = Reports.exited(0).replace("end\n", "");

    assertThat(run(say(half) + SHUTDOWN + "exit 1").verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void aPanicIsAFailureWithItsMessage() throws Exception {
    RunResult result = run("echo '[CPU0  ] exception(): 3rd (14) exception' >&2; exit 1");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("3rd (14) exception");
  }

  @Test
  void garbageIsAFailure() throws Exception {
    assertThat(run("head -c 30000 /dev/urandom\n" + SHUTDOWN + "exit 1").verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void endlessOutputOfBochsEndsTheRun() throws Exception {
    RunResult result = run("while :; do echo help; done");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("endless messages");
  }

  @Test
  void aHangIsATimeOut() throws Exception {
    assertThat(run("sleep 1000").verdict()).isEqualTo(Verdict.TIME_OUT);
  }

  @Test
  void aMissingBochsIsSaidWithTheLineThatInstallsIt() {
    assertThatThrownBy(
            () ->
                BochsSimulator.in(folder)
                    .run(image, Manifests.x86(0x1000000), RunOptions.DEFAULT, output))
        .isInstanceOf(ToolMissingException.class)
        .hasMessageContaining("bochs is not on the PATH");
  }

  @Test
  void aMissingProgramForIsosIsSaidByItsPackage() throws Exception {
    Files.delete(folder.resolve("xorriso"));

    assertThatThrownBy(() -> run(""))
        .isInstanceOfSatisfying(
            ToolMissingException.class,
            e -> assertThat(e.remedy()).isEqualTo("apt-get install -y xorriso"));
  }

  @Test
  void anIsoThatCannotBeMadeIsAnError() throws Exception {
    install("xorriso", "echo no space left; exit 1");

    assertThatThrownBy(() -> run(""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no space left");
  }
}
