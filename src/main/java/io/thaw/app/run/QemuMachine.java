package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * QEMU's machine for a platform: which program, where its RAM is, and how a verdict comes out of
 * it. Facts of QEMU 7.2, hw/i386/microvm.c, hw/misc/debugexit.c, hw/arm/virt.c, hw/riscv/virt.c,
 * hw/riscv/boot.c, semihosting/.
 */
enum QemuMachine implements Machine {
  /** RAM from 0 up to 3 GiB, the rest from 4 GiB. Exit status {@code (verdict << 1) | 1}. */
  MICROVM("qemu-x86_64", "qemu-system-x86_64", "max", "qemu-system-x86") {
    @Override
    long ramSizeBytes(QemuVariant variant, long ramEndPaddr) {
      return variant.pcRamSizeBytes(ramEndPaddr);
    }

    @Override
    List<RamFileRange> ramFileRanges(Manifest manifest) {
      long sizeBytes = ramMib(manifest) * MIB;
      List<RamFileRange> ranges = new ArrayList<>();
      ranges.add(new RamFileRange(0, Math.min(sizeBytes, 3 * GIB), 0));
      if (sizeBytes > 3 * GIB) {
        ranges.add(new RamFileRange(4 * GIB, 4 * GIB + sizeBytes - 3 * GIB, 3 * GIB));
      }
      return List.copyOf(ranges);
    }

    @Override
    List<String> options() {
      return List.of(
          "-device",
          "isa-debugcon,iobase=0xe9,chardev=" + REPORT,
          "-serial",
          "chardev:" + CONSOLE,
          "-device",
          "isa-debug-exit,iobase=0xf4,iosize=4");
    }

    @Override
    OptionalLong verdictNumber(int exitStatus) {
      return exitStatus > 1 && exitStatus % 2 == 1
          ? OptionalLong.of(exitStatus >> 1)
          : OptionalLong.empty();
    }
  },

  /** RAM from 1 GiB up, in one piece. The exit status is the verdict. */
  VIRT("qemu-aarch64", "qemu-system-aarch64", "max", "qemu-system-arm") {
    @Override
    long ramSizeBytes(QemuVariant variant, long ramEndPaddr) {
      return ramEndPaddr - GIB;
    }

    @Override
    List<RamFileRange> ramFileRanges(Manifest manifest) {
      return List.of(new RamFileRange(GIB, GIB + ramMib(manifest) * MIB, 0));
    }

    @Override
    List<String> options() {
      return List.of("-semihosting-config", "enable=on,target=native,chardev=" + CONSOLE);
    }

    @Override
    OptionalLong verdictNumber(int exitStatus) {
      return sameNumber(exitStatus);
    }
  },

  /**
   * RAM from 2 GiB up, in one piece. QEMU puts a device tree into the last whole 2 MiB of it, or of
   * what is below 3 GiB. The exit status is the verdict. There is no CPU {@code max}: {@code rv64}
   * has what a dump may need, and more.
   */
  VIRT_RISCV("qemu-riscv64", "qemu-system-riscv64", "rv64", "qemu-system-misc") {
    @Override
    long ramSizeBytes(QemuVariant variant, long ramEndPaddr) {
      return (ramEndPaddr - 2 * GIB + DEVICE_TREE_BYTES - 1) / DEVICE_TREE_BYTES * DEVICE_TREE_BYTES
          + DEVICE_TREE_BYTES;
    }

    @Override
    List<RamFileRange> ramFileRanges(Manifest manifest) {
      return List.of(new RamFileRange(2 * GIB, 2 * GIB + ramMib(manifest) * MIB, 0));
    }

    @Override
    List<String> options() {
      return List.of(
          "-bios", "none", "-semihosting-config", "enable=on,target=native,chardev=" + CONSOLE);
    }

    @Override
    OptionalLong verdictNumber(int exitStatus) {
      return sameNumber(exitStatus);
    }
  };

  /** Names of QEMU's character devices. */
  static final String CONSOLE = "console";

  static final String REPORT = "report";

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final long DEVICE_TREE_BYTES = 2 * MIB;

  /** Firmware wants some RAM of its own. */
  private static final long LEAST_RAM_MIB = 128;

  private final String platformName;
  private final String program;
  private final String processor;
  private final String aptPackage;

  QemuMachine(String platformName, String program, String processor, String aptPackage) {
    this.platformName = platformName;
    this.program = program;
    this.processor = processor;
    this.aptPackage = aptPackage;
  }

  static QemuMachine of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> MICROVM;
      case AARCH64 -> VIRT;
      case RISCV64 -> VIRT_RISCV;
    };
  }

  Platform platform() {
    return Platforms.byName(platformName).orElseThrow();
  }

  @Override
  public Architecture architecture() {
    return platform().architecture();
  }

  @Override
  public boolean reportsOnConsole() {
    return platform().report().equals(platform().console());
  }

  @Override
  public boolean confirms(Verdict verdict, int exitStatus, String messages) {
    OptionalLong number = verdictNumber(exitStatus);
    return number.isPresent() && number.getAsLong() == verdict.stubNumber();
  }

  @Override
  public String program() {
    return program;
  }

  /** The argument of {@code -cpu}. */
  String processor() {
    return processor;
  }

  String aptPackage() {
    return aptPackage;
  }

  /** RAM in MiB with which the image of this manifest fits; QEMU drops silently what does not. */
  long ramMib(QemuVariant variant, Manifest manifest) {
    return Math.max(LEAST_RAM_MIB, (ramSizeBytes(variant, manifest.ramEndPaddr()) + MIB - 1) / MIB);
  }

  /** The same for the machine that is taken if none is asked for. */
  long ramMib(Manifest manifest) {
    return ramMib(Variant.of(architecture(), QemuVariant.values()).get(0), manifest);
  }

  abstract long ramSizeBytes(QemuVariant variant, long ramEndPaddr);

  /** How the RAM for the image of this manifest lies in one file. */
  abstract List<RamFileRange> ramFileRanges(Manifest manifest);

  /** Firmware, devices of output and of the end. */
  abstract List<String> options();

  /** The verdict that the exit device was given, if QEMU can have been ended by it. */
  abstract OptionalLong verdictNumber(int exitStatus);

  private static OptionalLong sameNumber(int exitStatus) {
    return exitStatus > 0 ? OptionalLong.of(exitStatus) : OptionalLong.empty();
  }
}
