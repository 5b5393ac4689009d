package io.thaw.linker.recording;

import com.google.protobuf.InvalidProtocolBufferException;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.CriuReader;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.recording.proto.EventMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a recording: a folder, or a tar of one. Whatever it says is checked before it is used. */
public final class RecordingReader {

  private static final int MAX_DESCRIPTION_BYTES = 16 << 20;
  private static final int MAX_DEPTH = 2;
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileTree tree;

  private RecordingReader(FileTree tree) {
    this.tree = tree;
  }

  /** Whether there are events, and not a mere dump. */
  public static boolean isRecording(FileTree tree) throws InvalidInputException, IOException {
    return place(tree).isPresent();
  }

  /** Where the recording is: a tar may have its folder around it, or two. */
  private static Optional<String> place(FileTree tree) throws InvalidInputException, IOException {
    String folder = "";
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      if (tree.find(folder + RecordingFiles.EVENTS).isPresent()) {
        return Optional.of(folder);
      }
      List<String> members = tree.list(folder);
      if (members.size() != 1) {
        return Optional.empty();
      }
      folder += members.get(0) + "/";
    }
    return Optional.empty();
  }

  /**
   * Reads a recording. Page contents and data stay in their files, which have to stay as long as it
   * is used; so has {@code tree}.
   *
   * @throws InvalidInputException if it is damaged, or was not finished
   */
  public static Recording read(FileTree tree) throws InvalidInputException, IOException {
    String place = place(tree).orElse("");
    return new RecordingReader(place.isEmpty() ? tree : tree.subtree(place)).read();
  }

  private Recording read() throws InvalidInputException, IOException {
    DataFile json = get(RecordingFiles.DESCRIPTION);
    if (json.sizeBytes() > MAX_DESCRIPTION_BYTES) {
      throw new InvalidInputException(
          json.name(), "", json.sizeBytes() + " bytes", "at most " + MAX_DESCRIPTION_BYTES);
    }
    DescriptionJson.Content content =
        DescriptionJson.decode(json.name(), readAll(json, (int) json.sizeBytes()));
    Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
    String architecture = checkpoint.architecture().label();
    if (!content.architecture().equals(architecture)) {
      throw new InvalidInputException(
          json.name(), "architecture", content.architecture(), architecture + ", as in img");
    }
    DataFile registers = get(RecordingFiles.REGISTERS);
    DataFile data = get(RecordingFiles.DATA);
    List<Event> events = events(checkpoint, content.eventCount(), registers, data);
    return new Recording(checkpoint, content.recording(), events, registers, data);
  }

  private List<Event> events(
      Checkpoint checkpoint, long eventCount, DataFile registers, DataFile data)
      throws InvalidInputException, IOException {
    DataFile file = get(RecordingFiles.EVENTS);
    int rowBytes = RegisterRow.wordCount(checkpoint.architecture()) * Long.BYTES;
    // An event takes its header at least, so that no list is larger than its file.
    if (eventCount < 1
        || eventCount > file.sizeBytes() / RecordingFiles.HEADER_BYTES
        || registers.sizeBytes() != eventCount * rowBytes) {
      throw new InvalidInputException(
          registers.name(),
          "",
          registers.sizeBytes() + " bytes",
          eventCount + " rows of " + rowBytes + " bytes, at least one");
    }
    List<Event> events = new ArrayList<>();
    try (InputStream in = open(file);
        InputStream rows = open(registers);
        DataCheck check = new DataCheck(data)) {
      EventDecoder decoder =
          new EventDecoder(tree, checkpoint.architecture(), checkpoint.pageSizeBytes(), check);
      if (!Arrays.equals(
          in.readNBytes(RecordingFiles.MAGIC.sizeBytes()), RecordingFiles.MAGIC.toArray())) {
        throw new InvalidInputException(
            file.name(), "magic", "something else", "the events of a recording");
      }
      for (long index = 0; index < eventCount; index++) {
        EventMessage message = message(file, in, index);
        ByteBuffer row = ByteBuffer.wrap(rows.readNBytes(rowBytes));
        if (RecordingFiles.crc(row) != message.getRegistersCrc()) {
          throw new InvalidInputException(
              registers.name(), "event " + index, "another checksum", "that of its event");
        }
        Event event = decoder.decode(index, message);
        if (event.resume() instanceof Resume.End != (index == eventCount - 1)) {
          throw new InvalidInputException(
              file.name(), "event " + index, "an end", "the last event, and no other, is the end");
        }
        events.add(event);
      }
      if (in.read() >= 0) {
        throw new InvalidInputException(
            file.name(), "", "more than " + eventCount + " events", "as many as are described");
      }
    }
    return events;
  }

  private static EventMessage message(DataFile file, InputStream in, long index)
      throws InvalidInputException, IOException {
    String record = "event " + index;
    ByteBuffer header =
        ByteBuffer.wrap(in.readNBytes(RecordingFiles.HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    if (header.remaining() < RecordingFiles.HEADER_BYTES) {
      throw new InvalidInputException(file.name(), record, "the end of the file", "an event");
    }
    int sizeBytes = header.getInt();
    if (sizeBytes < 0
        || sizeBytes > RecordingFiles.MAX_MESSAGE_BYTES
        || sizeBytes > file.sizeBytes()) {
      throw new InvalidInputException(
          file.name(),
          record,
          Integer.toUnsignedString(sizeBytes) + " bytes",
          "at most " + Math.min(RecordingFiles.MAX_MESSAGE_BYTES, file.sizeBytes()));
    }
    byte[] bytes = in.readNBytes(sizeBytes);
    if (bytes.length < sizeBytes) {
      throw new InvalidInputException(
          file.name(), record, "the end of the file", sizeBytes + " bytes");
    }
    if (RecordingFiles.crc(ByteBuffer.wrap(bytes)) != header.getInt()) {
      throw new InvalidInputException(
          file.name(), record, "another checksum", "that of what was recorded");
    }
    try {
      return EventMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          file.name(), record, "no message (" + e.getMessage() + ")", "a whole event");
    }
  }

  private DataFile get(String name) throws InvalidInputException, IOException {
    return tree.find(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    tree.name(), name, "no such file", "a recording that was finished"));
  }

  private static byte[] readAll(DataFile file, int sizeBytes) throws IOException {
    try (InputStream in = open(file)) {
      return in.readNBytes(sizeBytes);
    }
  }

  private static InputStream open(DataFile file) throws IOException {
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    channel.position(file.startBytes());
    return new BufferedInputStream(
        new BoundedInput(Channels.newInputStream(channel), file.sizeBytes()), BUFFER_BYTES);
  }
}
