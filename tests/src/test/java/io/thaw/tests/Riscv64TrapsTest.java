package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions of riscv64 that are answered, and those that end the run. */
class Riscv64TrapsTest {

  private static final int A0 = Riscv64Registers.GENERAL_NAMES.indexOf("a0");

  /** {@code csrw medeleg, x5}, and {@code csrw medeleg, zero} in its place. */
  private static final int DELEGATE_ALL = 0x30229073;

  private static final int DELEGATE_NOTHING = 0x30201073;

  @TempDir Path folder;

  /** An image of the program of that name, with a number in A0. */
  private Path image(String program, long a0) throws Exception {
    Riscv64Registers pattern = Patterns.riscv64();
    List<Long> x = new ArrayList<>(pattern.x());
    x.set(A0, a0);
    Riscv64Registers registers = new Riscv64Registers(x, pattern.pc(), pattern.f(), pattern.fcsr());
    Path image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(
            new SyntheticCheckpoint(Architecture.RISCV64, program, registers).build(),
            Platforms.defaultFor(Architecture.RISCV64),
            LinkOptions.defaults()),
        image,
        Progress.NONE);
    return image;
  }

  private Thaw.Result run(String program, long a0) throws Exception {
    return Thaw.run("run", "--json", image(program, a0));
  }

  /** On a core that leaves all traps to M-mode, as far as the restore path can tell. */
  private Thaw.Result runWithoutDelegation(String program, long a0) throws Exception {
    Path image = image(program, a0);
    byte[] bytes = Files.readAllBytes(image);
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (words.getInt(at) != DELEGATE_ALL) {
      at += Integer.BYTES;
    }
    words.putInt(at, DELEGATE_NOTHING);
    Files.write(image, bytes);
    return Thaw.run("run", "--json", image);
  }

  @Test
  void whatACoreDoesNotDelegateIsHandedOn() throws Exception {
    assertThat(runWithoutDelegation("memory", 0).stdoutText()).isEqualTo("memory ok\n");
    assertThat(runWithoutDelegation("counters", 0).stdout()).isEqualTo(run("counters", 0).stdout());
    for (int what : new int[] {0, 3, 4, 5, 6}) {
      Thaw.Result result = runWithoutDelegation("faults", what);
      assertThat(result.status()).as(result.toString()).isEqualTo(5);
      assertThat(result.json()).isEqualTo(run("faults", what).json());
    }
  }

  @Test
  void counterReadsShowVirtualTime() throws Exception {
    Thaw.Result result = run("counters", 0);

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    ByteBuffer output = ByteBuffer.wrap(result.stdout()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(output.remaining()).isEqualTo(6 * Long.BYTES);
    long[] values = new long[6];
    output.asLongBuffer().get(values);
    assertThat(values).containsExactly(1000L, 2000L, 3000L, 4000L, 5000L, 7000L);
  }

  @Test
  void loadsAndStoresThatAreNotAlignedAreMadeForTheProgram() throws Exception {
    Thaw.Result result = run("alignment", 0);

    assertThat(result.stdoutText()).as(result.toString()).isEqualTo("alignment ok\n");
    assertThat(result.status()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, illegal instruction, 0x2",
    "1, illegal instruction, 0x2", // a counter, but written
    "2, illegal instruction, 0x2", // not the program's
    "3, breakpoint, 0x3",
    "7, illegal instruction, 0x2", // vectors
  })
  void otherExceptionsEndTheRun(int what, String fault, String cause) throws Exception {
    Thaw.Result result = run("faults", what);

    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).isEqualTo("program fault");
    assertThat(json.get("fault").asText()).isEqualTo(fault);
    assertThat(json.get("cause").asText()).isEqualTo(cause);
    assertThat(json.get("pc").asText()).isEqualTo(pcOf(what));
  }

  /** QEMU would open files for it. */
  @Test
  void theProgramHasNoSemihosting() throws Exception {
    Thaw.Result result = run("faults", 8);

    assertThat(result.json().get("verdict").asText()).isEqualTo("program fault");
    assertThat(result.json().get("fault").asText()).isEqualTo("breakpoint");
  }

  @Test
  void anActionOfASignalHasNoRestorer() throws Exception {
    Thaw.Result result = run("sigaction", 0);

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    ByteBuffer output = ByteBuffer.wrap(result.stdout()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(output.getLong(0)).as("handler").isEqualTo(0x12340);
    assertThat(output.getLong(8)).as("flags, SA_RESTORER is none").isEqualTo(0x10000004);
    assertThat(output.getLong(16)).as("mask, without SIGKILL").isEqualTo(0x203);
    assertThat(output.getLong(24)).as("behind it").isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"4, read", "5, write", "6, execution"})
  void accessesToNothingEndTheRun(int what, String access) throws Exception {
    Thaw.Result result = run("faults", what);

    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).isEqualTo("page fault");
    assertThat(json.get("access").asText()).isEqualTo(access);
    assertThat(json.get("address").asText()).isEqualTo("0x10");
    assertThat(json.get("pc").asText()).isEqualTo(what == 6 ? "0x10" : pcOf(what));
  }

  /** Behind the code of faults.S come the things, each of eight bytes. */
  private static String pcOf(int what) {
    return String.format("0x%x", SyntheticCheckpoint.PROGRAM_VADDR + 24 + 8L * what);
  }
}
