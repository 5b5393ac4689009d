package io.thaw.linker.criu.write;

import io.thaw.linker.criu.proto.ShadowStack;
import io.thaw.linker.criu.proto.X86Extended;
import io.thaw.linker.criu.proto.X86Floating;
import io.thaw.linker.criu.proto.X86General;
import io.thaw.linker.criu.proto.X86Segment;
import io.thaw.linker.criu.proto.X86Thread;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.model.linux.ThreadDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Registers as {@code thread_info_x86} ({@code images/core-x86.proto}). */
final class X86Encoder {

  /** Selectors that Linux gives to 64-bit programs. */
  private static final long USER_CODE = 0x33;

  private static final long USER_DATA = 0x2b;

  /** Not in a system call. */
  private static final long NO_CALL = -1;

  private static final int NATIVE_MODE = 1;
  private static final int FIRST_SEGMENT = 12;
  private static final int SEGMENT_COUNT = 3;
  private static final int ST_WORDS = 32;
  private static final int XMM_WORDS = 64;
  private static final int YMM_WORDS = 64;
  private static final long X87_AND_SSE = 3;

  private X86Encoder() {}

  static X86Thread encode(String source, X86Registers registers, ThreadDetails details)
      throws InvalidInputException {
    X86Thread.Builder thread =
        X86Thread.newBuilder()
            .setClearTid(details.clearTidVaddr())
            .setGeneral(general(registers))
            .setFloating(floating(source, registers, details));
    for (int i = 0; i < SEGMENT_COUNT; i++) {
      thread.addSegments(emptySegment(FIRST_SEGMENT + i));
    }
    return thread.build();
  }

  /** 64-bit programs find their data by FS; set_thread_area is for 32-bit ones. */
  private static X86Segment emptySegment(int number) {
    return X86Segment.newBuilder()
        .setNumber(number)
        .setBase(0)
        .setLimit(0)
        .setIs32Bit(false)
        .setContentsHigh(false)
        .setContentsLow(false)
        .setNoWrite(true)
        .setLimitInPages(false)
        .setAbsent(true)
        .setUsable(false)
        .build();
  }

  private static X86General general(X86Registers registers) {
    return X86General.newBuilder()
        .setR15(registers.general(0))
        .setR14(registers.general(1))
        .setR13(registers.general(2))
        .setR12(registers.general(3))
        .setRbp(registers.general(4))
        .setRbx(registers.general(5))
        .setR11(registers.general(6))
        .setR10(registers.general(7))
        .setR9(registers.general(8))
        .setR8(registers.general(9))
        .setRax(registers.general(10))
        .setRcx(registers.general(11))
        .setRdx(registers.general(12))
        .setRsi(registers.general(13))
        .setRdi(registers.general(14))
        .setOriginalRax(NO_CALL)
        .setRip(registers.rip())
        .setCs(USER_CODE)
        .setRflags(registers.rflags())
        .setRsp(registers.sp())
        .setSs(USER_DATA)
        .setFsBase(registers.fsBase())
        .setGsBase(registers.gsBase())
        .setDs(0)
        .setEs(0)
        .setFs(0)
        .setGs(0)
        .setMode(NATIVE_MODE)
        .build();
  }

  private static X86Floating floating(String source, X86Registers registers, ThreadDetails details)
      throws InvalidInputException {
    ByteBuffer area = ByteBuffer.wrap(registers.fxsave().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    X86Floating.Builder floating =
        X86Floating.newBuilder()
            .setControl(Short.toUnsignedInt(area.getShort()))
            .setStatus(Short.toUnsignedInt(area.getShort()))
            .setTags(Short.toUnsignedInt(area.getShort()))
            .setOpcode(Short.toUnsignedInt(area.getShort()))
            .setInstructionPointer(area.getLong())
            .setDataPointer(area.getLong())
            .setMxcsr(area.getInt())
            .setMxcsrMask(area.getInt());
    for (int i = 0; i < ST_WORDS; i++) {
      floating.addSt(area.getInt());
    }
    for (int i = 0; i < XMM_WORDS; i++) {
      floating.addXmm(area.getInt());
    }
    if (registers.extended().hasXsave()) {
      floating.setExtended(extended(source, registers.extended(), details));
    }
    return floating.build();
  }

  private static X86Extended extended(String source, X86ExtendedState state, ThreadDetails details)
      throws InvalidInputException {
    X86Extended.Builder extended = X86Extended.newBuilder();
    long components = X87_AND_SSE;
    for (Component component : Component.values()) {
      if (!state.listed().contains(component)) {
        continue;
      }
      components |= 1L << component.bit();
      switch (component) {
        case AVX -> {
          ByteBuffer ymm =
              ByteBuffer.wrap(state.ymmUpper().toArray()).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < YMM_WORDS; i++) {
            extended.addYmmUpper(ymm.getInt());
          }
        }
        case PKRU -> extended.addPkru(state.pkru()).addPkru(0); // as the area has it, 8 bytes
        case MPX_BOUNDS -> extended.addAllMpxBounds(words(source, component, details));
        case MPX_CONFIG -> extended.addAllMpxConfig(words(source, component, details));
        case AVX512_OPMASK -> extended.addAllOpmask(words(source, component, details));
        case AVX512_ZMM_UPPER -> extended.addAllZmmUpper(words(source, component, details));
        case AVX512_HIGH_ZMM -> extended.addAllHighZmm(words(source, component, details));
        case SHADOW_STACK -> {
          refuseShadowStack(source, state);
          extended.setShadowStack(ShadowStack.newBuilder().setControl(0).setPointer(0));
        }
      }
    }
    return extended.setComponents(components).build();
  }

  private static void refuseShadowStack(String source, X86ExtendedState state)
      throws InvalidInputException {
    if (state.inUse().contains(Component.SHADOW_STACK)) {
      throw new InvalidInputException(
          source,
          "registers",
          Component.SHADOW_STACK.label() + " in use",
          "a program without one: CRIU 3.17 has no field for it");
    }
  }

  private static List<Long> words(String source, Component component, ThreadDetails details)
      throws InvalidInputException {
    ByteBlock state = details.vectorState().get(component);
    if (state == null) {
      throw new InvalidInputException(
          source, "registers", component.label() + " without contents", "its contents");
    }
    ByteBuffer bytes = ByteBuffer.wrap(state.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> words = new ArrayList<>();
    while (bytes.remaining() >= Long.BYTES) {
      words.add(bytes.getLong());
    }
    return words;
  }
}
