package io.thaw.linker.recording;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.recording.proto.EventMessage;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a recording while it is made. Without {@link #finish} the folder has no description, and
 * readers refuse it.
 */
public final class RecordingWriter implements Closeable {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final Architecture architecture;
  private final OutputStream events;
  private final OutputStream registers;
  private final OutputStream data;
  private final EventEncoder encoder;

  /** Checksums of data that no event has used yet. */
  private final Map<DataRef, Integer> crcs = new HashMap<>();

  private long dataBytes;
  private long eventCount;

  private RecordingWriter(Path folder, Architecture architecture) throws IOException {
    this.folder = folder;
    this.architecture = architecture;
    this.events = open(RecordingFiles.EVENTS);
    this.registers = open(RecordingFiles.REGISTERS);
    this.data = open(RecordingFiles.DATA);
    this.encoder =
        new EventEncoder(
            folder.resolve(RecordingFiles.SYSROOT).toAbsolutePath().normalize(),
            ref -> crcs.getOrDefault(ref, 0));
    events.write(RecordingFiles.MAGIC.toArray());
  }

  /** Begins a recording in a folder, which is made if it is not there. */
  public static RecordingWriter create(Path folder, Architecture architecture) throws IOException {
    Files.createDirectories(folder);
    return new RecordingWriter(folder, architecture);
  }

  private OutputStream open(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), BUFFER_BYTES);
  }

  /** Keeps bytes, which an event that is written next may refer to. */
  public DataRef data(ByteBuffer bytes) throws IOException {
    int padding = (int) (-dataBytes & (DataRef.ALIGNMENT_BYTES - 1));
    data.write(new byte[padding]);
    DataRef ref = new DataRef(dataBytes + padding, bytes.remaining());
    crcs.put(ref, RecordingFiles.crc(bytes.duplicate()));
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    data.write(array);
    dataBytes = ref.offsetBytes() + ref.sizeBytes();
    return ref;
  }

  /** Adds an event. */
  public void event(RegisterRow atTrap, Event event) throws IOException {
    EventMessage message = encoder.encode(atTrap, event);
    byte[] bytes = message.toByteArray();
    ByteBuffer header =
        ByteBuffer.allocate(RecordingFiles.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(bytes.length).putInt(RecordingFiles.crc(ByteBuffer.wrap(bytes)));
    events.write(header.array());
    events.write(bytes);
    registers.write(RecordingFiles.row(atTrap.toArray()).array());
    crcs.clear();
    eventCount++;
  }

  /** Makes it a whole recording. */
  public void finish(RecordingDescription description) throws IOException {
    close();
    Path aside = folder.resolve("." + RecordingFiles.DESCRIPTION);
    Files.write(aside, DescriptionJson.encode(architecture, eventCount, description));
    Files.move(
        aside,
        folder.resolve(RecordingFiles.DESCRIPTION),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    events.close();
    registers.close();
    data.close();
  }
}
