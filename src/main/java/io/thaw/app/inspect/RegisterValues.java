package io.thaw.app.inspect;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All registers of a thread by name, in hexadecimal, the most significant digit first; the ones
 * that are looked for most come first.
 */
final class RegisterValues {

  private final Map<String, String> values = new LinkedHashMap<>();

  private RegisterValues() {}

  /** Names and values, in the order in which they are to be shown. */
  static Map<String, String> of(Registers registers) {
    RegisterValues values = new RegisterValues();
    if (registers instanceof X86Registers x86) {
      values.addX86(x86);
    } else if (registers instanceof Aarch64Registers aarch64) {
      values.addAarch64(aarch64);
    } else if (registers instanceof Riscv64Registers riscv64) {
      values.addRiscv64(riscv64);
    }
    return values.values;
  }

  private void addX86(X86Registers registers) {
    add("rip", registers.rip());
    for (int i = X86Registers.GENERAL_NAMES.size() - 1; i >= 0; i--) {
      add(X86Registers.GENERAL_NAMES.get(i), registers.general(i));
    }
    add("rflags", registers.rflags());
    add("fs_base", registers.fsBase());
    add("gs_base", registers.gsBase());
    // Offsets in an FXSAVE area: Intel SDM vol. 1, table 10-2.
    byte[] fxsave = registers.fxsave().toArray();
    ByteBuffer area = ByteBuffer.wrap(fxsave).order(ByteOrder.LITTLE_ENDIAN);
    add("fcw", area.getShort(0) & 0xffff);
    add("fsw", area.getShort(2) & 0xffff);
    add("ftw", area.get(4) & 0xff);
    add("mxcsr", Integer.toUnsignedLong(area.getInt(24)));
    for (int i = 0; i < 8; i++) {
      values.put("st" + i, hexadecimal(fxsave, 32 + 16 * i, 10));
    }
    X86ExtendedState extended = registers.extended();
    byte[] upper = extended.ymmUpper().toArray();
    for (int i = 0; i < 16; i++) {
      String low = hexadecimal(fxsave, 160 + 16 * i, 16);
      if (extended.hasXsave()) {
        values.put("ymm" + i, hexadecimal(upper, 16 * i, 16) + low.substring(2));
      } else {
        values.put("xmm" + i, low);
      }
    }
    if (extended.listed().contains(X86ExtendedState.Component.PKRU)) {
      add("pkru", Integer.toUnsignedLong(extended.pkru()));
    }
  }

  private void addAarch64(Aarch64Registers registers) {
    add("pc", registers.pc());
    add("sp", registers.sp());
    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      add("x" + i, registers.x().get(i));
    }
    add("pstate", registers.pstate());
    add("tpidr_el0", registers.tpidr());
    add("fpcr", Integer.toUnsignedLong(registers.fpcr()));
    add("fpsr", Integer.toUnsignedLong(registers.fpsr()));
    ByteBlock v = registers.v();
    for (int i = 0; i < v.sizeBytes() / 16; i++) {
      values.put("v" + i, hexadecimal(v.toArray(), 16 * i, 16));
    }
    registers.pacKeys().ifPresent(this::addPacKeys);
  }

  private void addRiscv64(Riscv64Registers registers) {
    add("pc", registers.pc());
    for (int i = 0; i < registers.x().size(); i++) {
      add(Riscv64Registers.GENERAL_NAMES.get(i), registers.x().get(i));
    }
    add("fcsr", Integer.toUnsignedLong(registers.fcsr()));
    for (int i = 0; i < registers.f().size(); i++) {
      add("f" + i, registers.f().get(i));
    }
  }

  private void addPacKeys(Aarch64Registers.PacKeys keys) {
    addKey("apiakey", keys.ia());
    addKey("apibkey", keys.ib());
    addKey("apdakey", keys.da());
    addKey("apdbkey", keys.db());
    addKey("apgakey", keys.ga());
    add("pac_enabled_keys", keys.enabledMask());
  }

  private void addKey(String name, Aarch64Registers.Key key) {
    values.put(name, String.format("0x%016x%016x", key.high(), key.low()));
  }

  private void add(String name, long value) {
    values.put(name, Hex.of(value));
  }

  private static String hexadecimal(byte[] bytes, int offset, int sizeBytes) {
    StringBuilder digits = new StringBuilder("0x");
    for (int i = sizeBytes - 1; i >= 0; i--) {
      digits.append(String.format("%02x", bytes[offset + i]));
    }
    return digits.toString();
  }
}
