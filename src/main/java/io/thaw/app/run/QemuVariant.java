package io.thaw.app.run;

import io.thaw.linker.model.Architecture;

/**
 * QEMU's machines on which an architecture's images run alike; the first one of each is taken if
 * none is asked for. Facts of QEMU 7.2, hw/i386/microvm.c, pc_q35.c, pc_piix.c, hw/arm/virt.c.
 */
enum QemuVariant implements Variant {
  MICROVM("microvm", Architecture.X86_64, "microvm", 3072, 0, 0),

  /** RAM from 2.75 GiB on is split at 2 GiB. */
  Q35("q35", Architecture.X86_64, "q35", 2048, 2816, 18),

  /** RAM from 3.5 GiB on is split at 3 GiB. */
  PC("pc", Architecture.X86_64, "pc", 3072, 3584, 18),

  /** Entered at EL1. */
  VIRT("virt", Architecture.AARCH64, "virt", 0, 0, 0),

  /** Entered at EL2. */
  VIRT_EL2("virt-el2", Architecture.AARCH64, "virt,virtualization=on", 0, 0, 0),

  /** Entered at EL3. */
  VIRT_EL3("virt-el3", Architecture.AARCH64, "virt,secure=on", 0, 0, 0),

  VIRT_RISCV64("virt", Architecture.RISCV64, "virt", 0, 0, 0);

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private final String label;
  private final Architecture architecture;
  private final String argument;
  private final long lowMib;
  private final long leastSplitMib;
  private final long firmwareMib;

  /**
   * @param lowMib x86-64: RAM below 4 GiB, if there is RAM above
   * @param leastSplitMib x86-64: RAM with which there is any above
   * @param firmwareMib x86-64: what the firmware writes to at the end of low RAM
   */
  QemuVariant(
      String label,
      Architecture architecture,
      String argument,
      long lowMib,
      long leastSplitMib,
      long firmwareMib) {
    this.label = label;
    this.architecture = architecture;
    this.argument = argument;
    this.lowMib = lowMib;
    this.leastSplitMib = leastSplitMib;
    this.firmwareMib = firmwareMib;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  /** The argument of {@code -M}. */
  String argument() {
    return argument;
  }

  /** RAM of a PC that reaches an address. */
  long pcRamSizeBytes(long ramEndPaddr) {
    return ramEndPaddr <= 4 * GIB
        ? ramEndPaddr + firmwareMib * MIB
        : Math.max(ramEndPaddr - 4 * GIB + lowMib * MIB, leastSplitMib * MIB);
  }
}
