package io.thaw.app.dump;

import io.thaw.app.ptrace.RegisterSets;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registers of an AArch64 process. */
final class Aarch64Capture {

  private static final int SP = Aarch64Registers.GENERAL_COUNT;
  private static final int PC = SP + 1;
  private static final int PSTATE = PC + 1;

  /** {@code struct user_fpsimd_state}: V0 to V31, FPSR, FPCR. */
  private static final int FLOATING_BYTES = Aarch64Registers.V_SIZE_BYTES + 2 * Integer.BYTES;

  /** {@code struct user_sve_header}: its flags, of which one says that SVE state is in use. */
  private static final int SVE_FLAGS_OFFSET = 12;

  private static final int SVE_IN_USE = 1;

  /** {@code struct user_pac_address_keys}: four keys, instructions' first. */
  private static final int ADDRESS_KEYS_BYTES = 4 * 16;

  private static final int KEY_BYTES = 16;

  private Aarch64Capture() {}

  static Aarch64Registers capture(StoppedProcess process, ProcFiles files)
      throws InvalidInputException, IOException {
    refuseScalableVectors(process, files);
    long[] words = process.generalRegisters();
    List<Long> x = new ArrayList<>();
    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      x.add(words[i]);
    }
    ByteBuffer floating = set(process, files, RegisterSets.FLOATING_POINT, FLOATING_BYTES);
    ByteBuffer tls = set(process, files, RegisterSets.ARM_TLS, Long.BYTES);
    return new Aarch64Registers(
        x,
        words[SP],
        words[PC],
        words[PSTATE],
        tls.getLong(0),
        vectors(floating),
        floating.getInt(Aarch64Registers.V_SIZE_BYTES),
        floating.getInt(Aarch64Registers.V_SIZE_BYTES + Integer.BYTES),
        keys(process));
  }

  private static ByteBlock vectors(ByteBuffer floating) {
    byte[] vectors = new byte[Aarch64Registers.V_SIZE_BYTES];
    floating.get(0, vectors);
    return ByteBlock.copyOf(vectors);
  }

  private static void refuseScalableVectors(StoppedProcess process, ProcFiles files)
      throws InvalidInputException, IOException {
    Optional<byte[]> set = process.registerSet(RegisterSets.ARM_SVE);
    if (set.isPresent()
        && set.get().length > SVE_FLAGS_OFFSET
        && (set.get()[SVE_FLAGS_OFFSET] & SVE_IN_USE) != 0) {
      throw files.refused(
          "registers", "scalable vectors (SVE) in use", "V registers, which CRIU has fields for");
    }
  }

  private static ByteBuffer set(StoppedProcess process, ProcFiles files, int type, int sizeBytes)
      throws InvalidInputException, IOException {
    byte[] set = process.registerSet(type).orElse(new byte[0]);
    if (set.length < sizeBytes) {
      throw files.refused(
          "registers",
          String.format("%d bytes of register set 0x%x", set.length, type),
          sizeBytes + " bytes");
    }
    return ByteBuffer.wrap(set).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All three sets are there, or none. */
  private static Optional<Aarch64Registers.PacKeys> keys(StoppedProcess process)
      throws IOException {
    Optional<byte[]> address = process.registerSet(RegisterSets.ARM_PAC_ADDRESS_KEYS);
    Optional<byte[]> generic = process.registerSet(RegisterSets.ARM_PAC_GENERIC_KEY);
    Optional<byte[]> enabled = process.registerSet(RegisterSets.ARM_PAC_ENABLED_KEYS);
    if (address.isEmpty()
        || address.get().length < ADDRESS_KEYS_BYTES
        || generic.isEmpty()
        || generic.get().length < KEY_BYTES
        || enabled.isEmpty()
        || enabled.get().length < Long.BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new Aarch64Registers.PacKeys(
            key(address.get(), 0),
            key(address.get(), 1),
            key(address.get(), 2),
            key(address.get(), 3),
            key(generic.get(), 0),
            ByteBuffer.wrap(enabled.get()).order(ByteOrder.LITTLE_ENDIAN).getLong(0)));
  }

  private static Aarch64Registers.Key key(byte[] keys, int index) {
    ByteBuffer words = ByteBuffer.wrap(keys).order(ByteOrder.LITTLE_ENDIAN);
    return new Aarch64Registers.Key(
        words.getLong(index * KEY_BYTES), words.getLong(index * KEY_BYTES + Long.BYTES));
  }
}
