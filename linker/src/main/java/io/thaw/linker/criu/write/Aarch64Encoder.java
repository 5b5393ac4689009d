package io.thaw.linker.criu.write;

import io.thaw.linker.criu.proto.Aarch64Floating;
import io.thaw.linker.criu.proto.Aarch64General;
import io.thaw.linker.criu.proto.Aarch64Thread;
import io.thaw.linker.criu.proto.PacAddressKeys;
import io.thaw.linker.criu.proto.PacGenericKeys;
import io.thaw.linker.criu.proto.PacKeys;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.linux.ThreadDetails;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Registers as {@code thread_info_aarch64} ({@code images/core-aarch64.proto}). Keys of pointer
 * authentication are written as CRIU 4.2 does; 3.17 has no field for them and passes over it.
 */
final class Aarch64Encoder {

  private Aarch64Encoder() {}

  static Aarch64Thread encode(Aarch64Registers registers, ThreadDetails details) {
    Aarch64Floating.Builder floating =
        Aarch64Floating.newBuilder().setFpsr(registers.fpsr()).setFpcr(registers.fpcr());
    ByteBuffer v = ByteBuffer.wrap(registers.v().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    while (v.hasRemaining()) {
      floating.addV(v.getLong());
    }
    Aarch64Thread.Builder thread =
        Aarch64Thread.newBuilder()
            .setClearTid(details.clearTidVaddr())
            .setTls(registers.tpidr())
            .setGeneral(
                Aarch64General.newBuilder()
                    .addAllX(registers.x())
                    .setSp(registers.sp())
                    .setPc(registers.pc())
                    .setPstate(registers.pstate()))
            .setFloating(floating);
    registers.pacKeys().ifPresent(keys -> thread.setPacKeys(keys(keys)));
    return thread.build();
  }

  private static PacKeys keys(Aarch64Registers.PacKeys keys) {
    return PacKeys.newBuilder()
        .setAddressKeys(
            PacAddressKeys.newBuilder()
                .setIaLow(keys.ia().low())
                .setIaHigh(keys.ia().high())
                .setIbLow(keys.ib().low())
                .setIbHigh(keys.ib().high())
                .setDaLow(keys.da().low())
                .setDaHigh(keys.da().high())
                .setDbLow(keys.db().low())
                .setDbHigh(keys.db().high())
                .setEnabled(keys.enabledMask()))
        .setGenericKeys(
            PacGenericKeys.newBuilder().setGaLow(keys.ga().low()).setGaHigh(keys.ga().high()))
        .build();
  }
}
