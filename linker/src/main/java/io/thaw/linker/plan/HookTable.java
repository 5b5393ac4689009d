package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.platform.Hook;
import io.thaw.linker.platform.Hooks;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.stubs.BootBlockLayout;
import io.thaw.stubs.CompiledStub;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The platform's hooks as the stub reads them, right behind the compiled stub, where it can execute
 * code: {@code struct thaw_hook} of {@code boot_block.h}, then the functions.
 */
final class HookTable {

  private static final String STRUCTURE = "thaw_hook";

  /** Of tables and functions. */
  private static final int ALIGNMENT_BYTES = 16;

  private final Hooks hooks;
  private final BootBlockLayout layout;
  private final int rowBytes;
  private final long vaddr;

  private HookTable(Hooks hooks, CompiledStub stub) {
    this.hooks = hooks;
    this.layout = stub.layout();
    this.rowBytes = layout.sizeBytes(STRUCTURE);
    this.vaddr = stub.vaddr() + offsetBytes(stub);
  }

  static HookTable of(Hooks hooks, CompiledStub stub) {
    return new HookTable(hooks, stub);
  }

  /**
   * Size of a stub with its hooks, and with room for those of the platform on which images are
   * analysed.
   */
  static int stubSizeBytes(Platform platform, CompiledStub stub) {
    Hooks others = Platforms.defaultFor(platform.architecture()).hooks();
    return offsetBytes(stub)
        + Math.max(of(platform.hooks(), stub).sizeBytes(), of(others, stub).sizeBytes());
  }

  /** Where the table begins, from the beginning of the stub. */
  static int offsetBytes(CompiledStub stub) {
    return aligned(stub.sizeBytes());
  }

  private int sizeBytes() {
    return tableBytes()
        + hooks
            .all()
            .filter(Hook.Code.class::isInstance)
            .mapToInt(hook -> aligned(((Hook.Code) hook).code().sizeBytes()))
            .sum();
  }

  private int tableBytes() {
    return aligned((int) hooks.all().count() * rowBytes);
  }

  /** Fills in the boot block's fields. */
  void putFields(StubCode code) {
    long at = vaddr;
    at = putFields(code, "begin", hooks.regionBegin(), at);
    at = putFields(code, "end", hooks.regionEnd(), at);
    putFields(code, "exit", hooks.exit(), at);
  }

  private long putFields(StubCode code, String use, List<Hook> list, long at) {
    code.putField(use + "_hooks_vaddr", at);
    code.putField(use + "_hook_count", list.size());
    return at + (long) list.size() * rowBytes;
  }

  ByteBlock toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    int functionAt = tableBytes();
    int row = 0;
    for (Hook hook : hooks.all().toList()) {
      put(new StructRow(bytes, row, layout, STRUCTURE), hook, vaddr + functionAt);
      if (hook instanceof Hook.Code code) {
        bytes.put(functionAt, code.code().toArray());
        functionAt += aligned(code.code().sizeBytes());
      }
      row += rowBytes;
    }
    return ByteBlock.copyOf(bytes.array());
  }

  private void put(StructRow row, Hook hook, long functionVaddr) {
    if (hook instanceof Hook.Port port) {
      put(row, "PORT", port.port(), 1, port.value());
    } else if (hook instanceof Hook.Store store) {
      put(row, "STORE", store.paddr(), store.widthBytes(), store.value());
    } else if (hook instanceof Hook.Semihosting) {
      put(row, "SEMIHOSTING", 0, 0, Hook.Value.VERDICT);
    } else if (hook instanceof Hook.Retell) {
      put(row, "RETELL", 0, 0, Hook.Value.VERDICT);
    } else if (hook instanceof Hook.Code code) {
      put(row, "CODE", functionVaddr + code.entryOffsetBytes(), 0, Hook.Value.VERDICT);
    }
  }

  private void put(StructRow row, String kind, long address, int widthBytes, Hook.Value value) {
    row.put("kind", layout.number("HOOK_" + kind));
    row.put("address", address);
    row.put("width_bytes", widthBytes);
    row.put("times", value.times());
    row.put("plus", value.plus());
  }

  private static int aligned(int sizeBytes) {
    return (sizeBytes + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
  }
}
