package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Trigger;
import io.thaw.linker.model.Vma;
import io.thaw.linker.plan.OperationSink.Area;
import io.thaw.linker.plan.OperationSink.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Turns effects into operations. It walks through the events twice, with two sinks: first to learn
 * what has to be where, then to write operations down. Both walks are the same.
 */
final class EventLowering {

  private static final Protection NO_RIGHTS = Protection.of(0);

  private final Recording recording;
  private final Checkpoint checkpoint;
  private final VectorStates vectors;
  private final OperationSink sink;
  private final UnionMappings mappings;
  private final AddressRanges everMapped = new AddressRanges();
  private final EventAreas areas = new EventAreas();

  private final Set<Long> exactPages;

  EventLowering(
      Recording recording, VectorStates vectors, UnionMappings mappings, OperationSink sink) {
    this.recording = recording;
    this.checkpoint = recording.checkpoint();
    this.vectors = vectors;
    this.mappings = mappings;
    this.sink = sink;
    this.exactPages = exactPages(recording);
    for (Vma vma : checkpoint.addressSpace().vmas()) {
      everMapped.add(vma.startVaddr(), vma.endVaddr());
    }
  }

  /** Pages at which the program is known to fault: their rights are followed exactly. */
  static Set<Long> exactPages(Recording recording) {
    long pageMask = -recording.checkpoint().pageSizeBytes();
    Set<Long> pages = new HashSet<>();
    for (Event event : recording.events()) {
      if (event.trigger() == Trigger.FAULT) {
        pages.add(event.number() & pageMask);
      }
    }
    return pages;
  }

  /** Lowers all events; returns what is in the areas. */
  EventAreas run() {
    for (int index = 0; index < recording.events().size(); index++) {
      Event event = recording.events().get(index);
      sink.event(index, event);
      for (Effect effect : event.effects()) {
        lower(effect);
      }
      lower(event.resume());
    }
    return areas;
  }

  private void lower(Resume resume) {
    if (resume instanceof Resume.At at) {
      sink.operation("OPERATION_REGISTERS", 0, 0, value(row(at)));
    } else if (resume instanceof Resume.End end) {
      sink.operation(
          "OPERATION_END",
          0,
          0,
          end.exitStatus().isPresent() ? end.exitStatus().getAsInt() + 1 : 0);
    }
  }

  private static ByteBlock row(Resume.At at) {
    var words = at.registers().toArray();
    var bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return ByteBlock.copyOf(bytes.array());
  }

  private Source value(ByteBlock bytes) {
    return new Source(Area.VALUES, areas.addValue(bytes));
  }

  private void lower(Effect effect) {
    if (effect instanceof Effect.Written written) {
      Source bytes = new Source(Area.DATA, written.bytes().offsetBytes());
      sink.write(written.vaddr(), written.bytes().sizeBytes(), bytes);
    } else if (effect instanceof Effect.Mapped mapped) {
      map(mapped.vma(), mapped.content());
    } else if (effect instanceof Effect.Unmapped range) {
      setExactRights(range.startVaddr(), range.sizeBytes(), NO_RIGHTS);
    } else if (effect instanceof Effect.Protected range) {
      mappings.allow(
          range.startVaddr(), range.startVaddr() + range.sizeBytes(), range.protection());
      setExactRights(range.startVaddr(), range.sizeBytes(), range.protection());
    } else if (effect instanceof Effect.Moved moved) {
      move(moved);
    } else if (effect instanceof Effect.Discarded range) {
      sink.operation("OPERATION_ZERO_PAGES", range.startVaddr(), range.sizeBytes(), 0);
    } else if (effect instanceof Effect.SegmentBase base) {
      sink.operation("OPERATION_SEGMENT_BASE", base.gs() ? 1 : 0, 0, base.value());
    } else if (effect instanceof Effect.VectorState state) {
      ByteBlock area = vectors.area(state.state());
      sink.operation("OPERATION_VECTORS", 0, area.sizeBytes(), value(area));
    } else if (effect instanceof Effect.Output output) {
      sink.operation("OPERATION_CHECK", output.digest(), output.sizeBytes(), output.vaddr());
      if (output.stream() != 0) {
        sink.operation("OPERATION_CONSOLE", 0, output.sizeBytes(), output.vaddr());
      }
    } else if (effect instanceof Effect.Relayed relayed && relayed.stream() != 0) {
      sink.operation(
          "OPERATION_RELAY",
          0,
          relayed.bytes().sizeBytes(),
          new Source(Area.DATA, relayed.bytes().offsetBytes()));
    }
  }

  private void map(Vma vma, Optional<DataFile> content) {
    long start = vma.startVaddr();
    long end = vma.endVaddr();
    long contentEnd = start + content.map(DataFile::sizeBytes).orElse(0L);
    for (AddressRanges.Range fresh : everMapped.without(start, end)) {
      long bytes = Math.min(fresh.end(), contentEnd) - fresh.start();
      if (bytes > 0) {
        sink.born(fresh.start(), part(content.get(), fresh.start() - start, bytes));
      }
    }
    for (AddressRanges.Range old : everMapped.within(start, end)) {
      sink.operation("OPERATION_ZERO_PAGES", old.start(), old.sizeBytes(), 0);
      long bytes = Math.min(old.end(), contentEnd) - old.start();
      if (bytes > 0) {
        DataFile shown = part(content.get(), old.start() - start, bytes);
        sink.write(old.start(), bytes, new Source(Area.CONTENTS, areas.addContent(shown)));
      }
    }
    addMapping(vma);
  }

  private void addMapping(Vma vma) {
    mappings.add(vma);
    sink.mapped(vma);
    everMapped.add(vma.startVaddr(), vma.endVaddr());
    setExactRights(vma.startVaddr(), vma.sizeBytes(), vma.protection());
  }

  private static DataFile part(DataFile file, long offsetBytes, long sizeBytes) {
    return new DataFile(file.name(), file.path(), file.startBytes() + offsetBytes, sizeBytes);
  }

  private void move(Effect.Moved moved) {
    long keptBytes = Math.min(moved.oldSizeBytes(), moved.newSizeBytes());
    long grownBytes = moved.newSizeBytes() - keptBytes;
    Protection protection =
        mappings.at(moved.oldVaddr()).map(Vma::protection).orElse(Protection.of(3));
    if (moved.newVaddr() != moved.oldVaddr()) {
      addMapping(anonymous(moved.newVaddr(), keptBytes, protection));
      sink.operation("OPERATION_MOVE_PAGES", moved.newVaddr(), keptBytes, moved.oldVaddr());
      setExactRights(moved.oldVaddr(), moved.oldSizeBytes(), NO_RIGHTS);
    }
    if (grownBytes > 0) {
      map(anonymous(moved.newVaddr() + keptBytes, grownBytes, protection), Optional.empty());
    }
  }

  private static Vma anonymous(long vaddr, long sizeBytes, Protection protection) {
    return new Vma(
        vaddr,
        vaddr + sizeBytes,
        protection,
        Vma.Kind.ANONYMOUS,
        /* shared= */ false,
        /* growsDown= */ false,
        Optional.empty());
  }

  private void setExactRights(long vaddr, long sizeBytes, Protection protection) {
    for (long page : exactPages) {
      if (vaddr <= page && page < vaddr + sizeBytes) {
        sink.operation("OPERATION_RIGHTS", page, checkpoint.pageSizeBytes(), protection.bits());
      }
    }
  }
}
