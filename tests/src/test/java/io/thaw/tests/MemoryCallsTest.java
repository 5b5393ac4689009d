package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that a restored program maps, moves and gives back holds what it should. */
class MemoryCallsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void memoryHoldsWhatTheProgramPutThere(Architecture architecture) throws Exception {
    run(new SyntheticCheckpoint(architecture, "memory", Patterns.of(architecture)));
  }

  /** An address beyond Sv39 makes it Sv48. */
  @Test
  void fourLevelsOfTablesOfRiscv64DoAsWell() throws Exception {
    run(
        new SyntheticCheckpoint(Architecture.RISCV64, "memory", Patterns.riscv64())
            .vma(0x7f0000000000L, 4096, 3));
  }

  private void run(SyntheticCheckpoint synthetic) throws Exception {
    Checkpoint checkpoint = synthetic.build();
    Path image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(
            checkpoint, Platforms.defaultFor(checkpoint.architecture()), LinkOptions.defaults()),
        image,
        Progress.NONE);
    Thaw.Result result = Thaw.run("run", image);
    assertThat(new String(result.stdout(), StandardCharsets.US_ASCII))
        .as(result.toString())
        .isEqualTo("memory ok\n");
    assertThat(result.status()).isEqualTo(0);
  }
}
