package io.thaw.linker.plan;

import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Processor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The restore path of x86-64. XRSTOR is taken if the processor of the checkpoint had XSAVE and the
 * platform has it, since the program may then use AVX at any time; else FXRSTOR.
 *
 * @param extended whether it is XRSTOR
 * @param protectionKeys whether PKRU is restored
 * @param fsgsbase whether the program was told that it may write FS and GS bases itself
 */
record X86RestorePath(boolean extended, boolean protectionKeys, boolean fsgsbase)
    implements RestorePath<X86Registers> {

  /**
   * Intel SDM vol. 3, 2.5. TSD: counter reads of the program fault, and are answered by the stub.
   */
  private static final int CR4_TSD = 1 << 2;

  private static final int CR4_PAE = 1 << 5;
  private static final int CR4_PGE = 1 << 7;
  private static final int CR4_OSFXSR = 1 << 9;
  private static final int CR4_OSXMMEXCPT = 1 << 10;
  private static final int CR4_FSGSBASE = 1 << 16;
  private static final int CR4_OSXSAVE = 1 << 18;
  private static final int CR4_PKE = 1 << 22;

  private static final int XCR0_X87_SSE = 3;

  /** HWCAP2_FSGSBASE of {@code <asm/hwcap2.h>}. */
  private static final long HWCAP2_FSGSBASE = 1 << 1;

  /** Layout of the standard XSAVE area (Intel SDM vol. 1, 13.4). */
  private static final int XSAVE_HEADER_OFFSET = 512;

  private static final int XSAVE_YMM_OFFSET = 576;
  private static final int XSAVE_PKRU_OFFSET = 2688;

  /** CF PF AF ZF SF DF OF AC ID: what a program can set itself, but for TF. */
  private static final long RFLAGS_OF_PROGRAM = 0x240cd5;

  /** A bit that is always set. */
  private static final long RFLAGS_FIXED = 2;

  private static final long USER_CODE_SELECTOR = 0x33;
  private static final long USER_DATA_SELECTOR = 0x2b;

  static X86RestorePath choose(X86Registers registers, Auxv auxv, Platform platform) {
    boolean extended = registers.extended().hasXsave() && platform.processor().xsave();
    return new X86RestorePath(
        extended,
        extended && registers.extended().inUse().contains(Component.PKRU),
        extended && auxv.has(Auxv.AT_HWCAP2, HWCAP2_FSGSBASE));
  }

  @Override
  public Class<X86Registers> registerType() {
    return X86Registers.class;
  }

  @Override
  public String name() {
    return extended ? "xrstor" : "fxrstor";
  }

  @Override
  public List<String> needs() {
    List<String> needs = new ArrayList<>();
    if (extended) {
      needs.add(Processor.AVX);
    }
    if (protectionKeys) {
      needs.add(Processor.PKU);
    }
    if (fsgsbase) {
      needs.add(Processor.FSGSBASE);
    }
    return needs;
  }

  @Override
  public List<String> entrySymbols() {
    return List.of("restore_32_" + name(), "restore_64_" + name());
  }

  @Override
  public String lastSymbol() {
    return "restore_last_" + name();
  }

  @Override
  public void fill(StubCode code, X86Registers registers, PageTables tables) {
    code.putInt("restore_cr3", Math.toIntExact(tables.userRootPaddr()));
    code.putInt("restore_cr4", cr4());
    code.putInt("restore_xcr0", xcr0());
    code.putLong("restore_fs_base", 0, registers.fsBase());
    code.putLong("restore_gs_base", 0, registers.gsBase());
    for (int i = 0; i < X86Registers.GENERAL_NAMES.size() - 1; i++) {
      code.putLong("restore_general", i, registers.general(i));
    }
    code.putLong("restore_iret_frame", 0, registers.rip());
    code.putLong("restore_iret_frame", 1, USER_CODE_SELECTOR);
    code.putLong("restore_iret_frame", 2, (registers.rflags() & RFLAGS_OF_PROGRAM) | RFLAGS_FIXED);
    code.putLong("restore_iret_frame", 3, registers.sp());
    code.putLong("restore_iret_frame", 4, USER_DATA_SELECTOR);
    code.putBytes("restore_xsave", 0, registers.fxsave());
    if (extended) {
      code.putBytes("restore_xsave", XSAVE_HEADER_OFFSET, word(xcr0()));
      code.putBytes("restore_xsave", XSAVE_YMM_OFFSET, registers.extended().ymmUpper());
      if (protectionKeys) {
        code.putBytes("restore_xsave", XSAVE_PKRU_OFFSET, word(registers.extended().pkru()));
      }
    }
  }

  private int cr4() {
    return CR4_TSD
        | CR4_PAE
        | CR4_PGE
        | CR4_OSFXSR
        | CR4_OSXMMEXCPT
        | (extended ? CR4_OSXSAVE : 0)
        | (fsgsbase ? CR4_FSGSBASE : 0)
        | (protectionKeys ? CR4_PKE : 0);
  }

  /** Components of XSAVE that an image with this path can hold, as bits of XCR0. */
  long heldComponents() {
    return extended ? xcr0() : XCR0_X87_SSE;
  }

  private int xcr0() {
    return XCR0_X87_SSE
        | 1 << Component.AVX.bit()
        | (protectionKeys ? 1 << Component.PKRU.bit() : 0);
  }

  private static ByteBlock word(int value) {
    return ByteBlock.copyOf(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Integer.toUnsignedLong(value))
            .array());
  }
}
