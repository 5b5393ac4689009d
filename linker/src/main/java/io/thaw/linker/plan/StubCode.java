package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.platform.Platform;
import io.thaw.stubs.CompiledStub;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A copy of the compiled stub that values are put into, with the platform's hooks behind it. */
final class StubCode {

  private static final String BOOT_BLOCK = "thaw_boot_block";

  private final CompiledStub stub;
  private final ByteBuffer bytes;

  /** The stub at a place in physical memory. */
  StubCode(CompiledStub stub, long paddr, Platform platform) {
    this.stub = stub;
    this.bytes =
        ByteBuffer.wrap(Arrays.copyOf(stub.code(), HookTable.stubSizeBytes(platform, stub)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int offset : stub.fixups()) {
      bytes.putInt(offset, Math.toIntExact(bytes.getInt(offset) + paddr));
    }
    putField("magic", stub.layout().number("BOOT_BLOCK_MAGIC"));
    HookTable table = HookTable.of(platform.hooks(), stub);
    table.putFields(this);
    bytes.put(HookTable.offsetBytes(stub), table.toBytes().toArray());
  }

  /** Puts a 64-bit value at word {@code index} behind a symbol. */
  void putLong(String symbol, int index, long value) {
    bytes.putLong(stub.offset(symbol) + index * Long.BYTES, value);
  }

  void putInt(String symbol, int value) {
    bytes.putInt(stub.offset(symbol), value);
  }

  void putBytes(String symbol, int offsetBytes, ByteBlock block) {
    bytes.put(stub.offset(symbol) + offsetBytes, block.toArray());
  }

  /** Sets a field of one word of the boot block. */
  void putField(String field, long value) {
    putField(field, 0, value);
  }

  /** Sets word {@code index} of a field of the boot block. */
  void putField(String field, int index, long value) {
    var entry = stub.layout().field(BOOT_BLOCK, field);
    if (index * (long) Long.BYTES >= entry.sizeBytes()) {
      throw new IllegalArgumentException(field + " has no word " + index);
    }
    bytes.putLong(
        stub.offset(BOOT_BLOCK) + Math.toIntExact(entry.value()) + index * Long.BYTES, value);
  }

  /** Sets a field of a structure that is a field of the boot block. */
  void putStruct(String field, String structure, String member, long value) {
    putField(field, (int) (stub.layout().field(structure, member).value() / Long.BYTES), value);
  }

  /** A number of {@code boot_block.h}. */
  long number(String name) {
    return stub.layout().number(name);
  }

  ByteBlock toBytes() {
    return ByteBlock.copyOf(bytes.array());
  }
}
