package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.X86ExtendedState.Component;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The platforms that Thaw knows by name. */
public final class Platforms {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /**
   * QEMU 7.2's pc, q35 and microvm with {@code -cpu max}. Below 4 GiB no more is used than all
   * three have in one piece: q35 moves what is above 2 GiB to 4 GiB, and SeaBIOS writes to the last
   * 17 MiB of low RAM. Output: COM1; report: {@code isa-debugcon}; end: {@code isa-debug-exit}.
   */
  private static final Platform QEMU_X86_64 =
      new Platform(
          "qemu-x86_64",
          Architecture.X86_64,
          List.of(new RamRange(2 * MIB, 2 * GIB - 17 * MIB), new RamRange(4 * GIB, 256 * GIB)),
          Device.port(0x3f8),
          Device.port(0xe9),
          Device.port(0xf4),
          /* tableLevels= */ 4,
          /* xsave= */ true,
          Set.of(Component.AVX, Component.PKRU));

  /**
   * QEMU's virt, entered at EL1, EL2 or EL3. RAM begins at 1 GiB there; the image begins at 2 GiB
   * and 2 MiB, where other Arm simulators have RAM too. Output: PL011; report and end: semihosting.
   */
  private static final Platform QEMU_AARCH64 =
      new Platform(
          "qemu-aarch64",
          Architecture.AARCH64,
          List.of(new RamRange(2 * GIB + 2 * MIB, 256 * GIB)),
          Device.store(0x09000000),
          Device.semihosting(),
          Device.semihosting(),
          /* tableLevels= */ 4,
          /* xsave= */ false,
          Set.of());

  /**
   * QEMU's virt with {@code -bios none}, which enters at the bottom of RAM in M-mode. It writes a
   * device tree to the last 2 MiB of RAM, or to those below 3 GiB if there is more. Output: the
   * UART; report and end: semihosting.
   */
  private static final Platform QEMU_RISCV64 =
      new Platform(
          "qemu-riscv64",
          Architecture.RISCV64,
          List.of(new RamRange(2 * GIB, 3 * GIB - 2 * MIB), new RamRange(3 * GIB, 250 * GIB)),
          Device.store(0x10000000),
          Device.semihosting(),
          Device.semihosting(),
          /* tableLevels= */ 4,
          /* xsave= */ false,
          Set.of());

  private static final List<Platform> ALL = List.of(QEMU_X86_64, QEMU_AARCH64, QEMU_RISCV64);

  private Platforms() {}

  public static List<String> names() {
    return ALL.stream().map(Platform::name).toList();
  }

  public static Optional<Platform> byName(String name) {
    return ALL.stream().filter(platform -> platform.name().equals(name)).findFirst();
  }

  /** The platform that is linked for when none is asked for. */
  public static Platform defaultFor(Architecture architecture) {
    return ALL.stream()
        .filter(platform -> platform.architecture() == architecture)
        .findFirst()
        .orElseThrow();
  }
}
