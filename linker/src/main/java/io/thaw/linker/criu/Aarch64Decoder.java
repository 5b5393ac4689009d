package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Aarch64Thread;
import io.thaw.linker.criu.proto.PacAddressKeys;
import io.thaw.linker.criu.proto.PacGenericKeys;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Registers of {@code thread_info_aarch64} ({@code images/core-aarch64.proto}). */
final class Aarch64Decoder {

  private static final int V_WORDS = 64;

  private Aarch64Decoder() {}

  static Aarch64Registers decode(String file, Aarch64Thread thread) throws InvalidInputException {
    checkCount(file, "gpregs", thread.getGeneral().getXCount(), Aarch64Registers.GENERAL_COUNT);
    checkCount(file, "fpsimd", thread.getFloating().getVCount(), V_WORDS);
    ByteBuffer v =
        ByteBuffer.allocate(Aarch64Registers.V_SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    thread.getFloating().getVList().forEach(v::putLong);
    return new Aarch64Registers(
        thread.getGeneral().getXList(),
        thread.getGeneral().getSp(),
        thread.getGeneral().getPc(),
        thread.getGeneral().getPstate(),
        thread.getTls(),
        ByteBlock.copyOf(v.array()),
        thread.getFloating().getFpsr(),
        thread.getFloating().getFpcr(),
        thread.hasPacKeys() ? Optional.of(keys(thread)) : Optional.empty());
  }

  private static Aarch64Registers.PacKeys keys(Aarch64Thread thread) {
    PacAddressKeys address = thread.getPacKeys().getAddressKeys();
    PacGenericKeys generic = thread.getPacKeys().getGenericKeys();
    return new Aarch64Registers.PacKeys(
        new Aarch64Registers.Key(address.getIaLow(), address.getIaHigh()),
        new Aarch64Registers.Key(address.getIbLow(), address.getIbHigh()),
        new Aarch64Registers.Key(address.getDaLow(), address.getDaHigh()),
        new Aarch64Registers.Key(address.getDbLow(), address.getDbHigh()),
        new Aarch64Registers.Key(generic.getGaLow(), generic.getGaHigh()),
        address.getEnabled());
  }

  private static void checkCount(String file, String field, int found, int wanted)
      throws InvalidInputException {
    if (found != wanted) {
      throw new InvalidInputException(file, field, found + " registers", wanted + " registers");
    }
  }
}
