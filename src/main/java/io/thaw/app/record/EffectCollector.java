package io.thaw.app.record;

import io.thaw.app.record.calls.EffectSink;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Digests;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.recording.RecordingWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes effects of what rules say: reads the memory that the kernel wrote, keeps the bytes, copies
 * the files that get mapped.
 */
final class EffectCollector implements EffectSink {

  /** Longer ranges are kept in pieces. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final int MAP_SHARED_TYPES = 3;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_GROWSDOWN = 0x100;

  private final MemoryReader memory;
  private final RecordingWriter writer;
  private final OpenFiles files;
  private final MappedFiles mappedFiles;
  private final HeapBreak heapBreak;
  private List<Effect> effects = new ArrayList<>();
  private long nextObjectId = 1L << 32;

  EffectCollector(
      MemoryReader memory,
      RecordingWriter writer,
      OpenFiles files,
      MappedFiles mappedFiles,
      HeapBreak heapBreak) {
    this.memory = memory;
    this.writer = writer;
    this.files = files;
    this.mappedFiles = mappedFiles;
    this.heapBreak = heapBreak;
  }

  /** What was collected since the last time. */
  List<Effect> take() {
    List<Effect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }

  @Override
  public void written(long vaddr, long sizeBytes) {
    for (long done = 0; done < sizeBytes; done += PIECE_BYTES) {
      int wanted = (int) Math.min(PIECE_BYTES, sizeBytes - done);
      ByteBuffer bytes = memory.read(vaddr + done, wanted);
      if (bytes.hasRemaining()) {
        effects.add(new Effect.Written(vaddr + done, keep(bytes)));
      }
      if (bytes.limit() < wanted) {
        return;
      }
    }
  }

  @Override
  public void output(int fd, long vaddr, long sizeBytes) {
    String name = files.name(fd);
    int stream = files.stream(name);
    for (long done = 0; done < sizeBytes; done += PIECE_BYTES) {
      ByteBuffer bytes = memory.read(vaddr + done, (int) Math.min(PIECE_BYTES, sizeBytes - done));
      if (!bytes.hasRemaining()) {
        return;
      }
      long digest = Digests.ofBytes(bytes);
      effects.add(new Effect.Output(fd, stream, vaddr + done, bytes.remaining(), digest));
    }
  }

  @Override
  public void relayed(int fd, long sizeBytes) {
    int stream = files.stream(files.name(fd));
    if (stream != 0 && sizeBytes > 0) {
      try {
        for (ByteBuffer bytes : files.lastBytes(fd, sizeBytes)) {
          effects.add(new Effect.Relayed(fd, stream, keep(bytes)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void fileChanged(int fd) {
    for (AddressRange range : mappedFiles.mappingsOf(files.name(fd))) {
      written(range.startVaddr(), range.endVaddr() - range.startVaddr());
    }
  }

  @Override
  public void mapped(
      long vaddr, long sizeBytes, int protection, int flags, int fd, long offsetBytes) {
    boolean shared = (flags & MAP_SHARED_TYPES) != MAP_PRIVATE;
    boolean growsDown = (flags & MAP_GROWSDOWN) != 0;
    boolean anonymous = (flags & MAP_ANONYMOUS) != 0;
    mappedFiles.forget(vaddr, sizeBytes);
    Vma.Kind kind =
        !anonymous ? Vma.Kind.FILE : shared ? Vma.Kind.SHARED_MEMORY : Vma.Kind.ANONYMOUS;
    Optional<Vma.Backing> backing = Optional.empty();
    Optional<DataFile> content = Optional.empty();
    if (!anonymous) {
      String name = files.name(fd);
      backing = Optional.of(new Vma.Backing(name, nextObjectId++, offsetBytes));
      try {
        content = mappedFiles.content(fd, name, offsetBytes, sizeBytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      mappedFiles.add(name, vaddr, sizeBytes);
    } else if (shared) {
      backing = Optional.of(new Vma.Backing("anonymous", nextObjectId++, 0));
    }
    Vma vma =
        new Vma(
            vaddr, vaddr + sizeBytes, Protection.of(protection), kind, shared, growsDown, backing);
    effects.add(new Effect.Mapped(vma, content));
  }

  @Override
  public void breakMoved(long newBreakVaddr) {
    heapBreak.move(newBreakVaddr, this);
  }

  @Override
  public void unmapped(long vaddr, long sizeBytes) {
    if (sizeBytes > 0) {
      mappedFiles.forget(vaddr, sizeBytes);
      effects.add(new Effect.Unmapped(vaddr, sizeBytes));
    }
  }

  @Override
  public void protectedAs(long vaddr, long sizeBytes, int protection) {
    if (sizeBytes > 0) {
      effects.add(new Effect.Protected(vaddr, sizeBytes, Protection.of(protection)));
    }
  }

  @Override
  public void moved(long oldVaddr, long oldSizeBytes, long newVaddr, long newSizeBytes) {
    boolean showsFile = !mappedFiles.mappingsIn(oldVaddr, oldSizeBytes).isEmpty();
    mappedFiles.move(oldVaddr, oldSizeBytes, newVaddr);
    effects.add(new Effect.Moved(oldVaddr, oldSizeBytes, newVaddr, newSizeBytes));
    if (showsFile && newSizeBytes > oldSizeBytes) {
      written(newVaddr + oldSizeBytes, newSizeBytes - oldSizeBytes);
    }
  }

  @Override
  public void discarded(long vaddr, long sizeBytes) {
    if (sizeBytes > 0) {
      effects.add(new Effect.Discarded(vaddr, sizeBytes));
      for (AddressRange range : mappedFiles.mappingsIn(vaddr, sizeBytes)) {
        written(range.startVaddr(), range.endVaddr() - range.startVaddr());
      }
    }
  }

  @Override
  public void segmentBase(boolean gs, long value) {
    effects.add(new Effect.SegmentBase(gs, value));
  }

  /** Floating-point and vector registers were set. */
  void vectorState(byte[] state) {
    effects.add(new Effect.VectorState(keep(ByteBuffer.wrap(state))));
  }

  private DataRef keep(ByteBuffer bytes) {
    try {
      return writer.data(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
