package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every register holds what the checkpoint says, read back by the restored program itself. */
class RegistersTest {

  private static final int PAGE_SIZE_BYTES = 4096;

  /** Where registers.S puts what follows the general registers. */
  private static final int X86_FXSAVE_OFFSET = 160;

  private static final int X86_YMM_OFFSET = 672;

  @TempDir Path folder;

  private ByteBuffer outputOf(Checkpoint checkpoint) throws Exception {
    Path image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(
            checkpoint, Platforms.defaultFor(checkpoint.architecture()), LinkOptions.defaults()),
        image,
        Progress.NONE);
    Thaw.Result result = Thaw.run("run", image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return ByteBuffer.wrap(result.stdout()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Path pageOf(long value) throws Exception {
    byte[] page = new byte[PAGE_SIZE_BYTES];
    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return Files.write(folder.resolve(Long.toHexString(value)), page);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRegisterOfX86RoundTrips(boolean avx) throws Exception {
    X86Registers registers = Patterns.x86(avx);
    ByteBuffer output =
        outputOf(
            new SyntheticCheckpoint(
                    Architecture.X86_64, avx ? "registers_avx" : "registers", registers)
                .pages(Patterns.TLS_VADDR, pageOf(0x1111222233334444L))
                .pages(Patterns.GS_VADDR, pageOf(0x5555666677778888L))
                .build());

    for (int i = 0; i < X86Registers.GENERAL_NAMES.size(); i++) {
      assertThat(output.getLong(i * Long.BYTES))
          .as(X86Registers.GENERAL_NAMES.get(i))
          .isEqualTo(registers.general(i));
    }
    assertThat(output.getLong(128)).as("rflags").isEqualTo(Patterns.RFLAGS | 2);
    assertThat(output.getLong(136)).as("word at FS:0").isEqualTo(0x1111222233334444L);
    assertThat(output.getLong(144)).as("word at GS:0").isEqualTo(0x5555666677778888L);
    byte[] wanted = registers.fxsave().toArray();
    assertThat(range(output, X86_FXSAVE_OFFSET, 28))
        .as("x87 control and status, MXCSR")
        .isEqualTo(Arrays.copyOf(wanted, 28));
    for (int i = 0; i < 8; i++) {
      assertThat(range(output, X86_FXSAVE_OFFSET + 32 + 16 * i, 10))
          .as("st%d", i)
          .isEqualTo(Arrays.copyOfRange(wanted, 32 + 16 * i, 42 + 16 * i));
    }
    for (int i = 0; i < 16; i++) {
      assertThat(range(output, X86_FXSAVE_OFFSET + 160 + 16 * i, 16))
          .as("xmm%d", i)
          .isEqualTo(Arrays.copyOfRange(wanted, 160 + 16 * i, 176 + 16 * i));
    }
    if (avx) {
      byte[] upper = registers.extended().ymmUpper().toArray();
      for (int i = 0; i < 16; i++) {
        assertThat(range(output, X86_YMM_OFFSET + 32 * i, 16))
            .as("ymm%d, lower half", i)
            .isEqualTo(Arrays.copyOfRange(wanted, 160 + 16 * i, 176 + 16 * i));
        assertThat(range(output, X86_YMM_OFFSET + 32 * i + 16, 16))
            .as("ymm%d, upper half", i)
            .isEqualTo(Arrays.copyOfRange(upper, 16 * i, 16 * i + 16));
      }
    }
  }

  @Test
  void everyRegisterOfAarch64RoundTrips() throws Exception {
    Aarch64Registers registers = Patterns.aarch64();
    ByteBuffer output =
        outputOf(new SyntheticCheckpoint(Architecture.AARCH64, "registers", registers).build());

    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      assertThat(output.getLong(i * Long.BYTES)).as("x%d", i).isEqualTo(registers.x().get(i));
    }
    assertThat(output.getLong(31 * 8)).as("sp").isEqualTo(registers.sp());
    assertThat(output.getLong(32 * 8)).as("nzcv").isEqualTo(registers.pstate());
    assertThat(output.getLong(33 * 8)).as("fpcr").isEqualTo(registers.fpcr());
    assertThat(output.getLong(34 * 8)).as("fpsr").isEqualTo(registers.fpsr());
    assertThat(output.getLong(35 * 8)).as("tpidr_el0").isEqualTo(registers.tpidr());
    byte[] vectors = registers.v().toArray();
    for (int i = 0; i < 32; i++) {
      assertThat(range(output, 36 * 8 + 16 * i, 16))
          .as("v%d", i)
          .isEqualTo(Arrays.copyOfRange(vectors, 16 * i, 16 * i + 16));
    }
  }

  @Test
  void everyRegisterOfRiscv64RoundTrips() throws Exception {
    Riscv64Registers registers = Patterns.riscv64();
    ByteBuffer output =
        outputOf(new SyntheticCheckpoint(Architecture.RISCV64, "registers", registers).build());

    for (int i = 0; i < registers.x().size(); i++) {
      assertThat(output.getLong(i * Long.BYTES))
          .as(Riscv64Registers.GENERAL_NAMES.get(i))
          .isEqualTo(registers.x().get(i));
    }
    assertThat(output.getLong(31 * 8)).as("fcsr").isEqualTo(registers.fcsr());
    for (int i = 0; i < registers.f().size(); i++) {
      assertThat(output.getLong(32 * 8 + 8 * i)).as("f%d", i).isEqualTo(registers.f().get(i));
    }
  }

  private static byte[] range(ByteBuffer buffer, int offset, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    buffer.get(offset, bytes);
    return bytes;
  }
}
