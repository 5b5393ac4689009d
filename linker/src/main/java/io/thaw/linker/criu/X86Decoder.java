package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.X86Extended;
import io.thaw.linker.criu.proto.X86Floating;
import io.thaw.linker.criu.proto.X86General;
import io.thaw.linker.criu.proto.X86Thread;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Registers of {@code thread_info_x86} ({@code images/core-x86.proto}). */
final class X86Decoder {

  private static final int NATIVE_MODE = 1;
  private static final int ST_WORDS = 32;
  private static final int XMM_WORDS = 64;
  private static final int YMM_WORDS = 64;

  private X86Decoder() {}

  static X86Registers decode(String file, X86Thread thread) throws InvalidInputException {
    X86General general = thread.getGeneral();
    if (general.getMode() != NATIVE_MODE) {
      throw new InvalidInputException(file, "gpregs", "a 32-bit program", "a 64-bit program");
    }
    X86Floating floating = thread.getFloating();
    return new X86Registers(
        List.of(
            general.getR15(),
            general.getR14(),
            general.getR13(),
            general.getR12(),
            general.getRbp(),
            general.getRbx(),
            general.getR11(),
            general.getR10(),
            general.getR9(),
            general.getR8(),
            general.getRax(),
            general.getRcx(),
            general.getRdx(),
            general.getRsi(),
            general.getRdi(),
            general.getRsp()),
        general.getRip(),
        general.getRflags(),
        general.getFsBase(),
        general.getGsBase(),
        fxsave(file, floating),
        floating.hasExtended() ? extended(file, floating.getExtended()) : X86ExtendedState.none());
  }

  /** The 64-bit format of FXSAVE: Intel SDM vol. 1, table 10-2 and vol. 2, FXSAVE64. */
  private static ByteBlock fxsave(String file, X86Floating floating) throws InvalidInputException {
    checkCount(file, "st_space", floating.getStCount(), ST_WORDS);
    checkCount(file, "xmm_space", floating.getXmmCount(), XMM_WORDS);
    ByteBuffer area =
        ByteBuffer.allocate(X86Registers.FXSAVE_SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    area.putShort((short) floating.getControl());
    area.putShort((short) floating.getStatus());
    area.putShort((short) (floating.getTags() & 0xff));
    area.putShort((short) floating.getOpcode());
    area.putLong(floating.getInstructionPointer());
    area.putLong(floating.getDataPointer());
    area.putInt(floating.getMxcsr());
    area.putInt(floating.getMxcsrMask());
    floating.getStList().forEach(area::putInt);
    floating.getXmmList().forEach(area::putInt);
    return ByteBlock.copyOf(area.array());
  }

  private static X86ExtendedState extended(String file, X86Extended extended)
      throws InvalidInputException {
    if (extended.getYmmUpperCount() != 0) {
      checkCount(file, "ymmh_space", extended.getYmmUpperCount(), YMM_WORDS);
    }
    ByteBuffer ymm =
        ByteBuffer.allocate(X86ExtendedState.YMM_UPPER_SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    boolean avx = has(extended, Component.AVX);
    if (avx) {
      extended.getYmmUpperList().forEach(ymm::putInt);
    }
    int pkru =
        has(extended, Component.PKRU) && extended.getPkruCount() > 0
            ? extended.getPkru(0)
            : X86ExtendedState.LINUX_INITIAL_PKRU;
    ByteBlock ymmUpper = ByteBlock.copyOf(ymm.array());
    Set<Component> listed = EnumSet.noneOf(Component.class);
    Set<Component> inUse = EnumSet.noneOf(Component.class);
    note(Component.AVX, extended.getYmmUpperCount() > 0, !ymmUpper.isZero(), listed, inUse);
    noteList(extended, Component.MPX_BOUNDS, extended.getMpxBoundsList(), listed, inUse);
    noteList(extended, Component.MPX_CONFIG, extended.getMpxConfigList(), listed, inUse);
    noteList(extended, Component.AVX512_OPMASK, extended.getOpmaskList(), listed, inUse);
    noteList(extended, Component.AVX512_ZMM_UPPER, extended.getZmmUpperList(), listed, inUse);
    noteList(extended, Component.AVX512_HIGH_ZMM, extended.getHighZmmList(), listed, inUse);
    note(
        Component.PKRU,
        extended.getPkruCount() > 0,
        pkru != 0 && pkru != X86ExtendedState.LINUX_INITIAL_PKRU,
        listed,
        inUse);
    note(
        Component.SHADOW_STACK,
        extended.hasShadowStack(),
        extended.getShadowStack().getPointer() != 0,
        listed,
        inUse);
    return new X86ExtendedState(/* hasXsave= */ true, ymmUpper, pkru, listed, inUse);
  }

  /** A component that XSTATE_BV lacks is at its initial value, whatever its fields say. */
  private static void noteList(
      X86Extended extended,
      Component component,
      List<Long> words,
      Set<Component> listed,
      Set<Component> inUse) {
    note(
        component,
        !words.isEmpty(),
        has(extended, component) && words.stream().anyMatch(word -> word != 0),
        listed,
        inUse);
  }

  private static void note(
      Component component,
      boolean isListed,
      boolean isInUse,
      Set<Component> listed,
      Set<Component> inUse) {
    if (isListed) {
      listed.add(component);
    }
    if (isInUse) {
      inUse.add(component);
    }
  }

  private static boolean has(X86Extended extended, Component component) {
    return (extended.getComponents() >> component.bit() & 1) != 0;
  }

  private static void checkCount(String file, String field, int found, int wanted)
      throws InvalidInputException {
    if (found != wanted) {
      throw new InvalidInputException(file, field, found + " words", wanted + " words");
    }
  }
}
