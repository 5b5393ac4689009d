package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Digests;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.BootBlockLayout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Writes events and operations down as {@code struct thaw_event} and {@code struct thaw_operation}
 * of {@code boot_block.h}: one array of records of four words.
 */
final class EventLog implements OperationSink {

  /** Size of either structure. */
  static final int RECORD_BYTES = 4 * Long.BYTES;

  private final Recording recording;
  private final BootBlockLayout layout;
  private final PteFormat format;
  private final FrameMap frames;
  private final UnionMappings mappings;
  private final Map<Area, Long> areaVaddrs;
  private final InputStream rows;
  private final ByteBuffer records;
  private int eventAt = -1;

  private EventLog(
      Recording recording,
      BootBlockLayout layout,
      PteFormat format,
      FrameMap frames,
      UnionMappings mappings,
      Map<Area, Long> areaVaddrs,
      InputStream rows,
      int capacityBytes) {
    this.recording = recording;
    this.layout = layout;
    this.format = format;
    this.frames = frames;
    this.mappings = mappings;
    this.areaVaddrs = areaVaddrs;
    this.rows = rows;
    this.records = ByteBuffer.allocate(capacityBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The records of all events.
   *
   * @param format where the stub sees physical memory
   * @param frames where the program's pages are
   * @param areaVaddrs where the areas begin, as the stub sees them
   * @param recordCount how many records there are at most
   */
  static ByteBlock encode(
      Recording recording,
      BootBlockLayout layout,
      PteFormat format,
      VectorStates vectors,
      FrameMap frames,
      UnionMappings mappings,
      Map<Area, Long> areaVaddrs,
      long recordCount)
      throws InvalidInputException {
    try (FileChannel channel =
            FileChannel.open(recording.registers().path(), StandardOpenOption.READ);
        InputStream rows = new BufferedInputStream(Channels.newInputStream(channel), 1 << 20)) {
      channel.position(recording.registers().startBytes());
      EventLog log =
          new EventLog(
              recording,
              layout,
              format,
              frames,
              mappings,
              areaVaddrs,
              rows,
              Math.toIntExact(recordCount * RECORD_BYTES));
      new EventLowering(recording, vectors, mappings, log).run();
      byte[] bytes = new byte[log.records.position()];
      log.records.flip().get(bytes);
      return ByteBlock.copyOf(bytes);
    } catch (IOException e) {
      throw new InvalidInputException(
          recording.registers().name(), "", e.toString(), "a file that can be read");
    }
  }

  @Override
  public void event(long index, Event event) {
    eventAt = records.position();
    records.putLong(layout.number("TRIGGER_" + event.trigger()));
    records.putLong(Digests.ofRegisters(event.trigger(), nextRow()));
    records.putLong(event.resume() instanceof Resume.Result result ? result.value() : 0);
    records.putLong(0);
  }

  private RegisterRow nextRow() {
    Architecture architecture = recording.checkpoint().architecture();
    int count = RegisterRow.wordCount(architecture);
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(rows.readNBytes(count * Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      long[] words = new long[count];
      bytes.asLongBuffer().get(words);
      return RegisterRow.of(architecture, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void mapped(Vma vma) {}

  @Override
  public void born(long vaddr, DataFile content) {}

  @Override
  public void write(long vaddr, long sizeBytes, Source source) {
    long from = vaddr(source);
    boolean isCode = mappings.at(vaddr).filter(vma -> vma.protection().execute()).isPresent();
    for (FrameMap.Piece piece : frames.pieces(vaddr, sizeBytes)) {
      long target = format.directVaddr(piece.paddr());
      record("OPERATION_WRITE", target, piece.sizeBytes(), from + piece.offsetBytes());
      if (isCode) {
        record("OPERATION_SYNC_CODE", target, piece.sizeBytes(), 0);
      }
    }
  }

  @Override
  public void operation(String kind, long target, long sizeBytes, long source) {
    record(kind, target, sizeBytes, source);
  }

  @Override
  public void operation(String kind, long target, long sizeBytes, Source source) {
    record(kind, target, sizeBytes, vaddr(source));
  }

  private long vaddr(Source source) {
    return areaVaddrs.get(source.area()) + source.offsetBytes();
  }

  private void record(String kind, long target, long sizeBytes, long source) {
    records.putLong(layout.number(kind)).putLong(target).putLong(sizeBytes).putLong(source);
    int countAt = eventAt + RECORD_BYTES - Long.BYTES;
    records.putLong(countAt, records.getLong(countAt) + 1);
  }
}
