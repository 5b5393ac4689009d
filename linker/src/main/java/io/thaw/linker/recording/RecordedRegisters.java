package io.thaw.linker.recording;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RegisterRow;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** The registers that the real processor had at an event. */
public final class RecordedRegisters {

  private RecordedRegisters() {}

  /**
   * The row of event {@code index}, from 0.
   *
   * @throws IndexOutOfBoundsException if there is no such event
   */
  public static RegisterRow at(Recording recording, long index) throws IOException {
    if (index < 0 || index >= recording.events().size()) {
      throw new IndexOutOfBoundsException("event " + index);
    }
    Architecture architecture = recording.checkpoint().architecture();
    int count = RegisterRow.wordCount(architecture);
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long at = recording.registers().startBytes() + index * bytes.capacity();
    try (FileChannel channel =
        FileChannel.open(recording.registers().path(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, at + bytes.position()) < 0) {
          throw new EOFException(recording.registers().name() + " became shorter");
        }
      }
    }
    long[] words = new long[count];
    bytes.flip().asLongBuffer().get(words);
    return RegisterRow.of(architecture, words);
  }
}
