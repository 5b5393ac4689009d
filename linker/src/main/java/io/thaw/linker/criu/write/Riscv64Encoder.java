package io.thaw.linker.criu.write;

import io.thaw.linker.criu.proto.Riscv64Floating;
import io.thaw.linker.criu.proto.Riscv64General;
import io.thaw.linker.criu.proto.Riscv64Thread;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.linux.ThreadDetails;
import java.util.Iterator;

/** Registers as {@code thread_info_riscv64} ({@code images/core-riscv64.proto}). */
final class Riscv64Encoder {

  private Riscv64Encoder() {}

  static Riscv64Thread encode(Riscv64Registers registers, ThreadDetails details) {
    Riscv64General general = general(registers);
    return Riscv64Thread.newBuilder()
        .setClearTid(details.clearTidVaddr())
        .setTls(general.getTp())
        .setGeneral(general)
        .setFloating(Riscv64Floating.newBuilder().addAllF(registers.f()).setFcsr(registers.fcsr()))
        .build();
  }

  private static Riscv64General general(Riscv64Registers registers) {
    Iterator<Long> x = registers.x().iterator();
    return Riscv64General.newBuilder()
        .setPc(registers.pc())
        .setRa(x.next())
        .setSp(x.next())
        .setGp(x.next())
        .setTp(x.next())
        .setT0(x.next())
        .setT1(x.next())
        .setT2(x.next())
        .setS0(x.next())
        .setS1(x.next())
        .setA0(x.next())
        .setA1(x.next())
        .setA2(x.next())
        .setA3(x.next())
        .setA4(x.next())
        .setA5(x.next())
        .setA6(x.next())
        .setA7(x.next())
        .setS2(x.next())
        .setS3(x.next())
        .setS4(x.next())
        .setS5(x.next())
        .setS6(x.next())
        .setS7(x.next())
        .setS8(x.next())
        .setS9(x.next())
        .setS10(x.next())
        .setS11(x.next())
        .setT3(x.next())
        .setT4(x.next())
        .setT5(x.next())
        .setT6(x.next())
        .build();
  }
}
