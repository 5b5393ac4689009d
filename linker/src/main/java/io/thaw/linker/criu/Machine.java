package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;

/** The instruction set of a task: {@code enum march} of {@code images/core.proto}. */
final class Machine {

  private static final int X86_64 = 1;
  private static final int AARCH64 = 3;
  private static final int RISCV64 = 8;

  private Machine() {}

  /**
   * The architecture of {@code core}.
   *
   * @param file name of its image, for messages
   * @throws InvalidInputException if it is one that Thaw links no images for
   */
  static Architecture of(String file, Core core) throws InvalidInputException {
    return switch (core.getMachine()) {
      case X86_64 -> Architecture.X86_64;
      case AARCH64 -> Architecture.AARCH64;
      case RISCV64 -> Architecture.RISCV64;
      default ->
          throw new InvalidInputException(
              file,
              "mtype",
              "architecture " + name(core.getMachine()),
              "x86-64, aarch64 or riscv64");
    };
  }

  private static String name(int machine) {
    return switch (machine) {
      case 2 -> "arm";
      case 4 -> "ppc64";
      case 5 -> "s390";
      case 6 -> "mips";
      case 7 -> "loongarch64";
      default -> "number " + Integer.toUnsignedString(machine);
    };
  }
}
