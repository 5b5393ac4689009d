package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A copy of an image with the devices of another platform; its manifest stays as it was. */
public final class RetargetedImage {

  private RetargetedImage() {}

  /**
   * Writes the copy.
   *
   * @param platform whose devices it gets; they must not be in memory, where the image's page
   *     tables do not lead
   * @return the devices that the image had
   * @throws InvalidInputException if the image is not one that this version of Thaw linked
   */
  public static ByteBlock write(
      Path image, ImageDescription description, Platform platform, Path copy)
      throws InvalidInputException, IOException {
    if (platform.devicePaddrs().findAny().isPresent()) {
      throw new IllegalArgumentException("devices in memory: " + platform.name());
    }
    Files.copy(image, copy, StandardCopyOption.REPLACE_EXISTING);
    try (ImageMemory memory = ImageMemory.ofImage(image, description);
        FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      StubImage stub = StubImage.read(image.toString(), description, memory);
      ByteBlock own = stub.devices();
      stub.putDevicesOf(platform);
      StoredBytes.put(out, description, stub.paddr(), stub.toBytes());
      return own;
    }
  }
}
