package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.platform.Platform;
import io.thaw.stubs.CompiledStub;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * That part of a stub's bytes which says where output goes and what the simulator is told. An image
 * goes from one platform to another of the same memory and processor by an exchange of it.
 */
public final class StubDevices {

  private static final String BOOT_BLOCK = "thaw_boot_block";

  private static final List<String> FIELDS =
      List.of(
          "console",
          "report",
          "begin_hooks_vaddr",
          "begin_hook_count",
          "end_hooks_vaddr",
          "end_hook_count",
          "exit_hooks_vaddr",
          "exit_hook_count");

  /** Bytes of a stub. */
  private record Range(int offsetBytes, int sizeBytes) {}

  private StubDevices() {}

  /**
   * The part for a platform.
   *
   * @param stubSizeBytes size of the stub that it is for, hooks included
   * @throws IllegalArgumentException if that has too little room
   */
  public static ByteBlock of(Platform platform, CompiledStub stub, int stubSizeBytes) {
    StubCode code = new StubCode(stub, 0, platform);
    BootBlock.fillDevices(code, platform);
    byte[] bytes = code.toBytes().toArray();
    if (bytes.length > stubSizeBytes) {
      throw new IllegalArgumentException(bytes.length + " bytes, room for " + stubSizeBytes);
    }
    ByteBuffer padded = ByteBuffer.allocate(stubSizeBytes).put(0, bytes);
    return in(padded, stub);
  }

  /** The part in a stub. */
  public static ByteBlock in(ByteBuffer stubBytes, CompiledStub stub) {
    List<Range> ranges = ranges(stubBytes, stub);
    ByteBuffer part = ByteBuffer.allocate(ranges.stream().mapToInt(Range::sizeBytes).sum());
    for (Range range : ranges) {
      part.put(stubBytes.slice(range.offsetBytes(), range.sizeBytes()));
    }
    return ByteBlock.copyOf(part.array());
  }

  /** Puts a part of a stub of the same size in its place. */
  public static void put(ByteBuffer stubBytes, CompiledStub stub, ByteBlock part) {
    byte[] bytes = part.toArray();
    int at = 0;
    for (Range range : ranges(stubBytes, stub)) {
      stubBytes.put(range.offsetBytes(), bytes, at, range.sizeBytes());
      at += range.sizeBytes();
    }
  }

  private static List<Range> ranges(ByteBuffer stubBytes, CompiledStub stub) {
    List<Range> ranges = new ArrayList<>();
    for (String name : FIELDS) {
      var field = stub.layout().field(BOOT_BLOCK, name);
      ranges.add(
          new Range(
              stub.offset(BOOT_BLOCK) + Math.toIntExact(field.value()),
              Math.toIntExact(field.sizeBytes())));
    }
    int hooks = HookTable.offsetBytes(stub);
    ranges.add(new Range(hooks, stubBytes.capacity() - hooks));
    return ranges;
  }
}
