package io.thaw.tests;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Registers;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import io.thaw.rtl.RocketModel;
import java.nio.file.Path;

/** The model of a Rocket core, which all tests share with the user. */
final class Rocket {

  static final String PLATFORM = "rocket";

  private Rocket() {}

  /** Has it built: that may take longer than a test may. */
  static void build() throws Exception {
    RocketModel.program(System.err::println);
  }

  /** Links a program of {@code tests/programs}. */
  static Path image(Path folder, String program, Registers registers, String platform)
      throws Exception {
    Path image = folder.resolve(program + "-" + platform + ".elf");
    ImageWriter.write(
        Planner.plan(
            new SyntheticCheckpoint(Architecture.RISCV64, program, registers).build(),
            Platforms.byName(platform).orElseThrow(),
            LinkOptions.defaults()),
        image,
        Progress.NONE);
    return image;
  }
}
