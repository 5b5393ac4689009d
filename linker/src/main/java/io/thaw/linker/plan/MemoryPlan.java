package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.CompiledStub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in physical memory.
 *
 * @param regions the parts, in ascending order of paddr within each RAM range
 * @param placed the program's frames
 * @param chunks contents of the parts that do not depend on addresses of others
 * @param framePaddrs paddr of a frame by the vaddr that shows it first, for frames of one page
 */
record MemoryPlan(
    List<Region> regions, List<Placed> placed, List<Chunk> chunks, Map<Long, Long> framePaddrs) {

  static final String STUB = "stub";
  static final String PAGE_TABLES = "page tables";
  static final String DESCRIPTORS = "descriptor table";
  static final String PAGES = "pages";
  static final String VMAS = "mapping table";
  static final String ZERO_PAGES = "zero pages";
  static final String POOL = "pool";
  static final String EVENTS = "events";
  static final String EVENT_DATA = "event data";
  static final String EVENT_CONTENTS = "event files";
  static final String EVENT_VALUES = "event registers";

  /** A part of the image. */
  record Region(String name, long paddr, long sizeBytes, boolean stored) {}

  /** Frames of the program. */
  record Placed(Vma vma, long vaddr, long pageCount, long paddr) {}

  /** Lays out an image whose page tables take {@code tablesSizeBytes}. */
  static MemoryPlan of(
      Checkpoint checkpoint,
      Platform platform,
      CompiledStub stub,
      long stubPaddr,
      long tablesSizeBytes,
      UserPages pages,
      Optional<EventSpace> events,
      LinkOptions options)
      throws InvalidInputException {
    return new Layout(checkpoint, new PhysicalMemory(platform, checkpoint.source(), stubPaddr))
        .lay(
            stub, HookTable.stubSizeBytes(platform, stub), tablesSizeBytes, pages, events, options);
  }

  long stubPaddr() {
    return region(STUB).paddr();
  }

  long tablesPaddr() {
    return region(PAGE_TABLES).paddr();
  }

  /** The first region of that name. */
  Region region(String name) {
    return regions.stream().filter(region -> region.name().equals(name)).findFirst().orElseThrow();
  }

  /** First paddr behind everything. */
  long endPaddr() {
    return regions.stream()
        .mapToLong(region -> region.paddr() + region.sizeBytes())
        .max()
        .orElseThrow();
  }

  /** The frame that a vaddr shows first, if it was given one. */
  @Nullable Long framePaddr(long vaddr) {
    return framePaddrs.get(vaddr);
  }

  List<Manifest.Region> manifestRegions() {
    return regions.stream()
        .map(
            region ->
                new Manifest.Region(
                    region.name(), region.paddr(), region.sizeBytes(), region.stored()))
        .toList();
  }

  /** The work of {@link #of}. */
  private static final class Layout {
    private final Checkpoint checkpoint;
    private final long pageSize;
    private final PhysicalMemory memory;
    private final List<Region> regions = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<Long, Long> framePaddrs = new HashMap<>();

    Layout(Checkpoint checkpoint, PhysicalMemory memory) {
      this.checkpoint = checkpoint;
      this.pageSize = checkpoint.pageSizeBytes();
      this.memory = memory;
    }

    MemoryPlan lay(
        CompiledStub stub,
        long stubSizeBytes,
        long tablesSizeBytes,
        UserPages pages,
        Optional<EventSpace> events,
        LinkOptions options)
        throws InvalidInputException {
      if (stubSizeBytes > StubAddresses.STUB_BLOCK_SIZE_BYTES) {
        throw new IllegalStateException("the stub is larger than its block");
      }
      take(STUB, stubSizeBytes, /* stored= */ true);
      memory.align(PageTables.HARDWARE_PAGE_SIZE_BYTES);
      take(PAGE_TABLES, tablesSizeBytes, /* stored= */ true);
      var descriptors = DescriptorTable.encode(checkpoint, stub.layout());
      chunks.add(
          new Chunk.Made(
              take(DESCRIPTORS, descriptors.sizeBytes(), /* stored= */ true), descriptors));
      if (events.isPresent()) {
        layEvents(events.get());
      }
      memory.align(pageSize);
      place(pages, /* stored= */ true);
      layVmas(stub);
      memory.align(pageSize);
      place(pages, /* stored= */ false);
      long poolBytes = (options.heapSizeBytes() + pageSize - 1) & -pageSize;
      long poolPaddr = take(POOL, poolBytes, /* stored= */ false);
      chunks.add(new Chunk.Zeros(poolPaddr, poolBytes));
      return new MemoryPlan(
          List.copyOf(regions), List.copyOf(placed), List.copyOf(chunks), Map.copyOf(framePaddrs));
    }

    /** The records of the events are filled in when it is known where everything is. */
    private void layEvents(EventSpace events) throws InvalidInputException {
      memory.align(DataRef.ALIGNMENT_BYTES);
      take(EVENTS, events.recordBytes(), /* stored= */ true);
      memory.align(DataRef.ALIGNMENT_BYTES);
      long dataBytes = events.data().sizeBytes();
      long data = take(EVENT_DATA, dataBytes, /* stored= */ true);
      if (dataBytes > 0) {
        chunks.add(copied(data, events.data()));
      }
      memory.align(DataRef.ALIGNMENT_BYTES);
      long contents = take(EVENT_CONTENTS, events.areas().contentBytes(), /* stored= */ true);
      for (EventAreas.Placed<DataFile> file : events.areas().contents()) {
        chunks.add(copied(contents + file.offsetBytes(), file.what()));
      }
      memory.align(DataRef.ALIGNMENT_BYTES);
      long values = take(EVENT_VALUES, events.areas().valueBytes(), /* stored= */ true);
      for (EventAreas.Placed<ByteBlock> value : events.areas().values()) {
        chunks.add(new Chunk.Made(values + value.offsetBytes(), value.what()));
      }
    }

    private static Chunk.Copied copied(long paddr, DataFile file) {
      return new Chunk.Copied(
          paddr,
          file.sizeBytes(),
          new PageRun.Stored(file, 0, file.sizeBytes(), PageRun.Origin.DUMP));
    }

    private void layVmas(CompiledStub stub) throws InvalidInputException {
      var vmas = checkpoint.addressSpace().vmas();
      var used = VmaTable.encode(vmas, stub.layout());
      long capacityBytes = VmaTable.capacityBytes(vmas, stub.layout());
      memory.align(Long.BYTES);
      long paddr = take(VMAS, capacityBytes, /* stored= */ true);
      chunks.add(new Chunk.Made(paddr, used));
      chunks.add(new Chunk.Zeros(paddr + used.sizeBytes(), capacityBytes - used.sizeBytes()));
    }

    private long take(String name, long sizeBytes, boolean stored) throws InvalidInputException {
      PhysicalMemory.Piece piece = memory.takeContiguous(sizeBytes);
      regions.add(new Region(name, piece.paddr(), sizeBytes, stored));
      return piece.paddr();
    }

    /** Places all frames that have bytes, or all that are zero. */
    private void place(UserPages pages, boolean stored) throws InvalidInputException {
      long total = 0;
      for (UserPages.Frames frames : pages.frames()) {
        if (frames.content() instanceof PageRun.Stored == stored) {
          total += frames.pageCount();
        }
      }
      if (total == 0) {
        return;
      }
      var pieces = memory.take(total * pageSize, pageSize);
      for (PhysicalMemory.Piece piece : pieces) {
        regions.add(
            new Region(stored ? PAGES : ZERO_PAGES, piece.paddr(), piece.sizeBytes(), stored));
        if (!stored) {
          chunks.add(new Chunk.Zeros(piece.paddr(), piece.sizeBytes()));
        }
      }
      PieceCursor cursor = new PieceCursor(pieces);
      for (UserPages.Frames frames : pages.frames()) {
        if (frames.content() instanceof PageRun.Stored == stored) {
          placeRun(frames, cursor);
        }
      }
    }

    private void placeRun(UserPages.Frames frames, PieceCursor cursor) {
      long done = 0;
      while (done < frames.pageCount()) {
        long vaddr = frames.vaddr() + done * pageSize;
        long paddr = cursor.paddr();
        long count = Math.min(frames.pageCount() - done, cursor.room() / pageSize);
        placed.add(new Placed(frames.vma(), vaddr, count, paddr));
        if (frames.pageCount() == 1) {
          framePaddrs.put(vaddr, paddr);
        }
        if (frames.content() instanceof PageRun.Stored content) {
          long from = done * pageSize;
          long sizeBytes = Math.max(0, Math.min(count * pageSize, content.sizeBytes() - from));
          chunks.add(
              new Chunk.Copied(
                  paddr,
                  count * pageSize,
                  new PageRun.Stored(
                      content.file(), content.offsetBytes() + from, sizeBytes, content.origin())));
        }
        cursor.advance(count * pageSize);
        done += count;
      }
    }
  }

  /** Walks over pieces of memory. */
  private static final class PieceCursor {
    private final List<PhysicalMemory.Piece> pieces;
    private int index;
    private long offset;

    PieceCursor(List<PhysicalMemory.Piece> pieces) {
      this.pieces = pieces;
    }

    long paddr() {
      return pieces.get(index).paddr() + offset;
    }

    long room() {
      return pieces.get(index).sizeBytes() - offset;
    }

    void advance(long sizeBytes) {
      offset += sizeBytes;
      if (offset == pieces.get(index).sizeBytes()) {
        index++;
        offset = 0;
      }
    }
  }
}
