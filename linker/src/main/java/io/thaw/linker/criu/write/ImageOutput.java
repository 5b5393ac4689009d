package io.thaw.linker.criu.write;

import com.google.protobuf.Message;
import io.thaw.linker.criu.ImageKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One image file: its magic, then messages, each behind its length, all little-endian. */
final class ImageOutput implements AutoCloseable {

  private final OutputStream out;

  private ImageOutput(OutputStream out) {
    this.out = out;
  }

  /** Makes an image that is not there yet. */
  static ImageOutput create(Path folder, String name, ImageKind kind) throws IOException {
    ImageOutput image =
        new ImageOutput(
            new BufferedOutputStream(
                Files.newOutputStream(
                    folder.resolve(name + ".img"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)));
    for (int i = 0; i < kind.magicWordCount(); i++) {
      image.word(kind.magicWord(i));
    }
    return image;
  }

  static void writeOne(Path folder, String name, ImageKind kind, Message message)
      throws IOException {
    writeAll(folder, name, kind, List.of(message));
  }

  static void writeAll(Path folder, String name, ImageKind kind, List<? extends Message> messages)
      throws IOException {
    try (ImageOutput image = create(folder, name, kind)) {
      for (Message message : messages) {
        image.add(message);
      }
    }
  }

  void add(Message message) throws IOException {
    word(message.getSerializedSize());
    message.writeTo(out);
  }

  private void word(int value) throws IOException {
    out.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
