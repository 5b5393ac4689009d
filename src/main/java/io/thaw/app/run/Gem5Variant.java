package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.util.List;

/**
 * Machines that Thaw's scripts for gem5 build; the first one of each architecture is taken if none
 * is asked for. Facts of gem5 v24.0, src/dev/x86/Pc.py, src/dev/arm/RealView.py, src/arch/arm/
 * ArmSystem.py, src/arch/riscv/RiscvFsWorkload.py.
 */
enum Gem5Variant implements Variant {
  PC("pc", Architecture.X86_64, 0),
  VEXPRESS("vexpress", Architecture.AARCH64, 3),
  VEXPRESS_EL2("vexpress-el2", Architecture.AARCH64, 2),
  VEXPRESS_EL1("vexpress-el1", Architecture.AARCH64, 1),
  BARE_METAL("baremetal", Architecture.RISCV64, 0);

  private final String label;
  private final Architecture architecture;
  private final int exceptionLevel;

  /**
   * @param exceptionLevel AArch64: where the image is entered
   */
  Gem5Variant(String label, Architecture architecture, int exceptionLevel) {
    this.label = label;
    this.architecture = architecture;
    this.exceptionLevel = exceptionLevel;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  /** What the architecture's script is told. */
  List<String> arguments() {
    return exceptionLevel == 0 ? List.of() : List.of("--el", String.valueOf(exceptionLevel));
  }
}
