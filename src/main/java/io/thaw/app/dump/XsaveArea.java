package io.thaw.app.dump;

import io.thaw.app.ptrace.RegisterSets;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An XSAVE area in standard form, as ptrace gives it (Intel SDM vol. 1, 13.4; {@code struct
 * user_xstateregs} of Linux). Where components are depends on the processor, which says so by CPUID
 * alone: Intel keeps a place for each that it ever made, AMD puts those that it has next to each
 * other. The size of the area tells which it is.
 *
 * @param fxsave the FXSAVE area in it, as far as a dump keeps it
 * @param state what the model has of the rest
 * @param vectorState the other components
 */
record XsaveArea(ByteBlock fxsave, X86ExtendedState state, Map<Component, ByteBlock> vectorState) {

  private static final int KEPT_BYTES = 416;

  /** XCR0, which Linux puts in bytes that FXSAVE leaves to software. */
  private static final int XCR0_OFFSET = 464;

  private static final int HEADER_OFFSET = 512;
  private static final int FIRST_OFFSET = 576;
  private static final long X87_AND_SSE = 3;

  /** Size of an area with AMX, which Linux gives even if the process does not use that. */
  private static final int SIZE_WITH_AMX = 11008;

  /**
   * A component of the area.
   *
   * @param component which
   * @param sizeBytes its size
   * @param intelOffset where Intel's processors have it
   */
  private record Part(Component component, int sizeBytes, int intelOffset) {}

  private static final Part[] PARTS = {
    new Part(Component.AVX, 256, 576),
    new Part(Component.MPX_BOUNDS, 64, 960),
    new Part(Component.MPX_CONFIG, 64, 1024),
    new Part(Component.AVX512_OPMASK, 64, 1088),
    new Part(Component.AVX512_ZMM_UPPER, 512, 1152),
    new Part(Component.AVX512_HIGH_ZMM, 1024, 1664),
    new Part(Component.PKRU, 8, 2688),
  };

  /**
   * The area of a process.
   *
   * @throws InvalidInputException if something is in use that a dump has no place for
   */
  static XsaveArea read(StoppedProcess process, ProcFiles files)
      throws InvalidInputException, IOException {
    Optional<byte[]> area = process.registerSet(RegisterSets.XSTATE);
    return area.isPresent() && area.get().length >= FIRST_OFFSET
        ? parse(area.get(), files)
        : new XsaveArea(
            kept(RegisterCapture.fxsave(process, files)), X86ExtendedState.none(), Map.of());
  }

  static XsaveArea parse(byte[] area, ProcFiles files) throws InvalidInputException {
    ByteBuffer words = ByteBuffer.wrap(area).order(ByteOrder.LITTLE_ENDIAN);
    long enabled = words.getLong(XCR0_OFFSET);
    long inUse = words.getLong(HEADER_OFFSET);
    refuseUnknown(inUse, files);
    Map<Component, byte[]> contents = new EnumMap<>(Component.class);
    Map<Component, Integer> offsets = offsets(enabled, area.length, files);
    for (Part part : PARTS) {
      Integer offset = offsets.get(part.component());
      if (offset != null) {
        contents.put(
            part.component(),
            (inUse >> part.component().bit() & 1) != 0
                ? Arrays.copyOfRange(area, offset, offset + part.sizeBytes())
                : new byte[part.sizeBytes()]);
      }
    }
    Map<Component, ByteBlock> others = new EnumMap<>(Component.class);
    contents.forEach((component, bytes) -> others.put(component, ByteBlock.copyOf(bytes)));
    others.remove(Component.AVX);
    others.remove(Component.PKRU);
    return new XsaveArea(kept(area), state(contents, inUse), others);
  }

  /** Behind XMM15 an FXSAVE area has bytes that CRIU does not keep. */
  private static ByteBlock kept(byte[] area) {
    return ByteBlock.copyOf(
        Arrays.copyOf(Arrays.copyOf(area, KEPT_BYTES), X86Registers.FXSAVE_SIZE_BYTES));
  }

  private static void refuseUnknown(long inUse, ProcFiles files) throws InvalidInputException {
    long known = X87_AND_SSE;
    for (Part part : PARTS) {
      known |= 1L << part.component().bit();
    }
    if ((inUse & ~known) != 0) {
      throw files.refused(
          "registers",
          String.format("components 0x%x of the XSAVE area in use", inUse & ~known),
          String.format("only those of 0x%x, which CRIU 3.17 has fields for", known));
    }
  }

  private static Map<Component, Integer> offsets(long enabled, int sizeBytes, ProcFiles files)
      throws InvalidInputException {
    Map<Component, Integer> intel = new EnumMap<>(Component.class);
    Map<Component, Integer> packed = new EnumMap<>(Component.class);
    int intelEnd = FIRST_OFFSET;
    int packedEnd = FIRST_OFFSET;
    for (Part part : PARTS) {
      if ((enabled >> part.component().bit() & 1) != 0) {
        intel.put(part.component(), part.intelOffset());
        packed.put(part.component(), packedEnd);
        intelEnd = part.intelOffset() + part.sizeBytes();
        packedEnd += part.sizeBytes();
      }
    }
    if (sizeBytes == intelEnd || sizeBytes == SIZE_WITH_AMX) {
      return intel;
    }
    if (sizeBytes == packedEnd) {
      return packed;
    }
    throw files.refused(
        "registers",
        String.format("an XSAVE area of %d bytes for components 0x%x", sizeBytes, enabled),
        intelEnd + " bytes as of Intel, " + packedEnd + " as of AMD");
  }

  /** In use is what differs from a new process's, as the CRIU reader has it. */
  private static X86ExtendedState state(Map<Component, byte[]> contents, long bits) {
    Set<Component> inUse = EnumSet.noneOf(Component.class);
    contents.forEach(
        (component, bytes) -> {
          if (!ByteBlock.copyOf(bytes).isZero()) {
            inUse.add(component);
          }
        });
    byte[] pkruBytes = contents.get(Component.PKRU);
    int pkru = X86ExtendedState.LINUX_INITIAL_PKRU;
    if (pkruBytes != null && (bits >> Component.PKRU.bit() & 1) != 0) {
      pkru = ByteBuffer.wrap(pkruBytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }
    if (pkru == X86ExtendedState.LINUX_INITIAL_PKRU) {
      inUse.remove(Component.PKRU);
    }
    byte[] ymm = contents.get(Component.AVX);
    return new X86ExtendedState(
        /* hasXsave= */ true,
        ymm == null
            ? ByteBlock.zeros(X86ExtendedState.YMM_UPPER_SIZE_BYTES)
            : ByteBlock.copyOf(ymm),
        pkru,
        contents.keySet(),
        inUse);
  }
}
