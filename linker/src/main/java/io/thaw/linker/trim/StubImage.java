package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.StubDevices;
import io.thaw.linker.plan.StubIdentity;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.CompiledStub;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The stub in an image's memory: its bytes, its boot block, its symbols. */
final class StubImage {

  private static final String BOOT_BLOCK = "thaw_boot_block";
  private static final String REGION = "stub";

  /** A block, in which hooks follow the compiled stub. */
  private static final long MOST_BYTES = 2L << 20;

  private final CompiledStub stub;
  private final long paddr;
  private final ByteBuffer bytes;

  private StubImage(CompiledStub stub, long paddr, ByteBuffer bytes) {
    this.stub = stub;
    this.paddr = paddr;
    this.bytes = bytes;
  }

  /**
   * The stub of an image.
   *
   * @throws InvalidInputException if it is that of another version
   */
  static StubImage read(String name, ImageDescription image, ImageMemory memory)
      throws InvalidInputException, IOException {
    Manifest manifest = image.manifest();
    CompiledStub stub = StubIdentity.compiled(manifest.architecture());
    String digest = StubIdentity.sha256(stub);
    if (!digest.equals(manifest.stubSha256())) {
      throw new InvalidInputException(
          name,
          "stub",
          manifest.stubSha256(),
          digest + ": link the image again with this version of Thaw");
    }
    Manifest.Region region = region(manifest, name, REGION);
    if (region.sizeBytes() < stub.sizeBytes() || region.sizeBytes() > MOST_BYTES) {
      throw new InvalidInputException(
          name,
          "manifest, region '" + REGION + "'",
          region.sizeBytes() + " bytes",
          stub.sizeBytes() + " to " + MOST_BYTES);
    }
    long paddr = region.paddr();
    byte[] bytes = memory.read(paddr, (int) region.sizeBytes());
    return new StubImage(stub, paddr, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  static Manifest.Region region(Manifest manifest, String name, String region)
      throws InvalidInputException {
    return manifest.regions().stream()
        .filter(r -> r.name().equals(region))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    name, "manifest", "no region '" + region + "'", "an image of thaw link"));
  }

  long paddr() {
    return paddr;
  }

  int sizeBytes() {
    return bytes.capacity();
  }

  byte[] toBytes() {
    byte[] copy = new byte[bytes.capacity()];
    bytes.get(0, copy);
    return copy;
  }

  /** What of it depends on the platform's devices. */
  ByteBlock devices() {
    return StubDevices.in(bytes, stub);
  }

  void putDevices(ByteBlock devices) {
    StubDevices.put(bytes, stub, devices);
  }

  void putDevicesOf(Platform platform) {
    putDevices(StubDevices.of(platform, stub, bytes.capacity()));
  }

  long number(String name) {
    return stub.layout().number(name);
  }

  long field(String field) {
    return bytes.getLong(offset(field));
  }

  void putField(String field, long value) {
    bytes.putLong(offset(field), value);
  }

  /** Word {@code column} of row {@code row} of {@code marker_steps}. */
  void putStep(int row, String column, long value) {
    int at =
        offset("marker_steps")
            + row * stub.layout().sizeBytes("thaw_step")
            + Math.toIntExact(stub.layout().field("thaw_step", column).value());
    bytes.putLong(at, value);
  }

  /** A variable of the stub, of 64 bits. */
  void putVariable(String symbol, long value) {
    bytes.putLong(stub.offset(symbol), value);
  }

  /** Where a variable of the stub is. */
  long variablePaddr(String symbol) {
    return paddr + stub.offset(symbol);
  }

  /** How many steps there is room for. */
  int mostSteps() {
    return Math.toIntExact(
        stub.layout().field(BOOT_BLOCK, "marker_steps").sizeBytes()
            / stub.layout().sizeBytes("thaw_step"));
  }

  /** Offset of a field of {@code struct thaw_vma}. */
  int vmaOffset(String field) {
    return Math.toIntExact(stub.layout().field("thaw_vma", field).value());
  }

  int vmaSizeBytes() {
    return stub.layout().sizeBytes("thaw_vma");
  }

  private int offset(String field) {
    return stub.offset(BOOT_BLOCK)
        + Math.toIntExact(stub.layout().field(BOOT_BLOCK, field).value());
  }
}
