package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Registers;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that a restored program maps, moves and gives back holds what it should. */
class MemoryCallsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void memoryHoldsWhatTheProgramPutThere(Architecture architecture) throws Exception {
    Registers registers = Patterns.of(architecture);
    Path image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(
            new SyntheticCheckpoint(architecture, "memory", registers).build(),
            Platforms.defaultFor(architecture),
            LinkOptions.defaults()),
        image,
        Progress.NONE);
    Thaw.Result result = Thaw.run("run", image);
    assertThat(new String(result.stdout(), StandardCharsets.US_ASCII))
        .as(result.toString())
        .isEqualTo("memory ok\n");
    assertThat(result.status()).isEqualTo(0);
  }
}
