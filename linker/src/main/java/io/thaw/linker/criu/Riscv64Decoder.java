package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Riscv64General;
import io.thaw.linker.criu.proto.Riscv64Thread;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;

/** Registers of {@code thread_info_riscv64} ({@code images/core-riscv64.proto}). */
final class Riscv64Decoder {

  private Riscv64Decoder() {}

  static Riscv64Registers decode(String file, Riscv64Thread thread) throws InvalidInputException {
    int count = thread.getFloating().getFCount();
    if (count != Riscv64Registers.FLOATING_COUNT) {
      throw new InvalidInputException(
          file, "fpsimd", count + " registers", Riscv64Registers.FLOATING_COUNT + " registers");
    }
    return new Riscv64Registers(
        general(thread.getGeneral()),
        thread.getGeneral().getPc(),
        thread.getFloating().getFList(),
        thread.getFloating().getFcsr());
  }

  /** X1 to X31. */
  private static List<Long> general(Riscv64General general) {
    return List.of(
        general.getRa(),
        general.getSp(),
        general.getGp(),
        general.getTp(),
        general.getT0(),
        general.getT1(),
        general.getT2(),
        general.getS0(),
        general.getS1(),
        general.getA0(),
        general.getA1(),
        general.getA2(),
        general.getA3(),
        general.getA4(),
        general.getA5(),
        general.getA6(),
        general.getA7(),
        general.getS2(),
        general.getS3(),
        general.getS4(),
        general.getS5(),
        general.getS6(),
        general.getS7(),
        general.getS8(),
        general.getS9(),
        general.getS10(),
        general.getS11(),
        general.getT3(),
        general.getT4(),
        general.getT5(),
        general.getT6());
  }
}
