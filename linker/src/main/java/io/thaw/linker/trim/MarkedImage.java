package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.platform.Processor;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A copy of a whole image that stops at a marker and tells its state there. */
public final class MarkedImage {

  private MarkedImage() {}

  /** What it takes of a processor to stop at a marker. */
  public static List<String> needs() {
    return List.of(Processor.BREAKPOINTS);
  }

  /**
   * Writes the copy.
   *
   * @param patches whether a breakpoint instruction is put into the code, as for a processor
   *     without breakpoints
   * @throws InvalidInputException if the image is not one that this version of Thaw linked
   */
  public static void write(
      Path image,
      ImageDescription description,
      List<MarkerStep> steps,
      boolean patches,
      Path marked)
      throws InvalidInputException, IOException {
    Files.copy(image, marked, StandardCopyOption.REPLACE_EXISTING);
    String name = image.toString();
    PteBits bits = PteBits.of(description.architecture());
    try (ImageMemory memory = ImageMemory.ofImage(image, description);
        FileChannel out = FileChannel.open(marked, StandardOpenOption.WRITE)) {
      StubImage stub = StubImage.read(name, description, memory);
      UserTables tables = UserTables.read(name, memory, bits, stub);
      MarkerFields.put(stub, steps);
      stub.putField("marker_patches", patches ? 1 : 0);
      StoredBytes.put(out, description, stub.paddr(), stub.toBytes());
      for (MarkerStep step : steps) {
        if (step.arm() instanceof MarkerStep.Arm.Touch touch) {
          StoredBytes.put(
              out,
              description,
              tables.leafPaddr(touch.vaddr()),
              word(MarkerFields.marked(bits, tables.leaf(touch.vaddr()))));
        }
      }
    }
  }

  private static byte[] word(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
