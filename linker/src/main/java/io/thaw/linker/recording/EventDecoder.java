package io.thaw.linker.recording;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Trigger;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.recording.proto.ContentMessage;
import io.thaw.linker.recording.proto.DataMessage;
import io.thaw.linker.recording.proto.EffectMessage;
import io.thaw.linker.recording.proto.EventMessage;
import io.thaw.linker.recording.proto.MappedMessage;
import io.thaw.linker.recording.proto.RangeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Messages as events, checked in all that does not depend on other events. */
final class EventDecoder {

  private final FileTree tree;
  private final Architecture architecture;
  private final long pageSizeBytes;
  private final DataCheck data;
  private String record = "";

  EventDecoder(FileTree tree, Architecture architecture, long pageSizeBytes, DataCheck data) {
    this.tree = tree;
    this.architecture = architecture;
    this.pageSizeBytes = pageSizeBytes;
    this.data = data;
  }

  Event decode(long index, EventMessage message) throws InvalidInputException, IOException {
    record = "event " + index;
    Trigger trigger =
        switch (message.getTrigger()) {
          case RecordingFiles.TRIGGER_CALL -> Trigger.CALL;
          case RecordingFiles.TRIGGER_COUNTER -> Trigger.COUNTER;
          case RecordingFiles.TRIGGER_FAULT -> Trigger.FAULT;
          default -> throw refuse("trigger " + message.getTrigger(), "1, 2 or 3");
        };
    List<Effect> effects = new ArrayList<>();
    for (EffectMessage effect : message.getEffectsList()) {
      effects.add(decode(effect));
    }
    return new Event(trigger, message.getNumber(), effects, resume(message));
  }

  private Resume resume(EventMessage message) throws InvalidInputException {
    int ways =
        (message.hasResult() ? 1 : 0)
            + (message.hasRegisters() ? 1 : 0)
            + (message.hasEnd() ? 1 : 0);
    if (ways != 1) {
      throw refuse(ways + " ways to go on", "one");
    }
    if (message.hasResult()) {
      return new Resume.Result(message.getResult());
    }
    if (message.hasEnd()) {
      return new Resume.End(
          message.getEnd().hasExitStatus()
              ? OptionalInt.of(message.getEnd().getExitStatus())
              : OptionalInt.empty());
    }
    List<Long> words = message.getRegisters().getWordsList();
    int count = RegisterRow.wordCount(architecture);
    if (words.size() != count) {
      throw refuse(words.size() + " registers", Integer.toString(count));
    }
    return new Resume.At(
        RegisterRow.of(architecture, words.stream().mapToLong(Long::longValue).toArray()));
  }

  private Effect decode(EffectMessage effect) throws InvalidInputException, IOException {
    if (effect.hasWritten()) {
      DataRef bytes = data(effect.getWritten().getBytes());
      check(effect.getWritten().getVaddr(), bytes.sizeBytes());
      return new Effect.Written(effect.getWritten().getVaddr(), bytes);
    }
    if (effect.hasMapped()) {
      return mapped(effect.getMapped());
    }
    if (effect.hasUnmapped()) {
      RangeMessage range = pages(effect.getUnmapped());
      return new Effect.Unmapped(range.getVaddr(), range.getSizeBytes());
    }
    if (effect.hasProtection()) {
      RangeMessage range = pages(effect.getProtection().getRange());
      return new Effect.Protected(
          range.getVaddr(),
          range.getSizeBytes(),
          Protection.of(effect.getProtection().getProtection()));
    }
    if (effect.hasMoved()) {
      RangeMessage from = pages(effect.getMoved().getFrom());
      RangeMessage to = pages(effect.getMoved().getTo());
      return new Effect.Moved(
          from.getVaddr(), from.getSizeBytes(), to.getVaddr(), to.getSizeBytes());
    }
    if (effect.hasDiscarded()) {
      RangeMessage range = pages(effect.getDiscarded());
      return new Effect.Discarded(range.getVaddr(), range.getSizeBytes());
    }
    if (effect.hasSegment()) {
      long base = effect.getSegment().getValue();
      if (base << 16 >> 16 != base) {
        throw refuse(String.format("segment base 0x%x", base), "a canonical address");
      }
      return new Effect.SegmentBase(effect.getSegment().getGs(), base);
    }
    if (effect.hasVectorState()) {
      return new Effect.VectorState(data(effect.getVectorState()));
    }
    if (effect.hasOutput()) {
      RangeMessage range = effect.getOutput().getRange();
      check(range.getVaddr(), range.getSizeBytes());
      return new Effect.Output(
          effect.getOutput().getFd(),
          stream(effect.getOutput().getStream()),
          range.getVaddr(),
          range.getSizeBytes(),
          effect.getOutput().getDigest());
    }
    if (effect.hasRelayed()) {
      return new Effect.Relayed(
          effect.getRelayed().getFd(),
          stream(effect.getRelayed().getStream()),
          data(effect.getRelayed().getBytes()));
    }
    throw refuse("an effect of an unknown kind", "one of this version of Thaw");
  }

  private int stream(int stream) throws InvalidInputException {
    if (stream < 0 || stream > 2) {
      throw refuse("stream " + stream, "0, 1 or 2");
    }
    return stream;
  }

  private Effect mapped(MappedMessage message) throws InvalidInputException, IOException {
    RangeMessage range = pages(message.getRange());
    Vma.Kind kind =
        switch (message.getKind()) {
          case RecordingFiles.KIND_ANONYMOUS -> Vma.Kind.ANONYMOUS;
          case RecordingFiles.KIND_FILE -> Vma.Kind.FILE;
          case RecordingFiles.KIND_SHARED_MEMORY -> Vma.Kind.SHARED_MEMORY;
          default -> throw refuse("mapping of kind " + message.getKind(), "1, 2 or 3");
        };
    Vma vma =
        new Vma(
            range.getVaddr(),
            range.getVaddr() + range.getSizeBytes(),
            Protection.of(message.getProtection()),
            kind,
            message.getShared(),
            message.getGrowsDown(),
            message.hasName()
                ? Optional.of(
                    new Vma.Backing(
                        message.getName(), message.getObjectId(), message.getObjectOffsetBytes()))
                : Optional.empty());
    Optional<DataFile> content =
        message.hasContent()
            ? Optional.of(content(message.getContent(), range.getSizeBytes()))
            : Optional.empty();
    return new Effect.Mapped(vma, content);
  }

  private DataFile content(ContentMessage message, long mappedBytes)
      throws InvalidInputException, IOException {
    String path = RecordingFiles.SYSROOT + "/" + message.getPath();
    DataFile file =
        tree.find(path)
            .orElseThrow(() -> refuse("file " + path, "a file of the recording; it is not there"));
    if (file.sizeBytes() != message.getFileSizeBytes()) {
      throw refuse(
          path + " of " + file.sizeBytes() + " bytes",
          Long.toUnsignedString(message.getFileSizeBytes()) + ", as when it was recorded");
    }
    long offset = message.getOffsetBytes();
    long size = message.getSizeBytes();
    if (offset < 0
        || size < 0
        || size > mappedBytes
        || offset > file.sizeBytes()
        || size > file.sizeBytes() - offset) {
      throw refuse(
          Long.toUnsignedString(size) + " bytes at " + Long.toUnsignedString(offset),
          "bytes of " + path + ", and no more than are mapped");
    }
    return new DataFile(file.name(), file.path(), file.startBytes() + offset, size);
  }

  private RangeMessage pages(RangeMessage range) throws InvalidInputException {
    check(range.getVaddr(), range.getSizeBytes());
    if (range.getVaddr() % pageSizeBytes != 0 || range.getSizeBytes() % pageSizeBytes != 0) {
      throw refuse(
          String.format("0x%x bytes at 0x%x", range.getSizeBytes(), range.getVaddr()),
          "whole pages of " + pageSizeBytes + " bytes");
    }
    return range;
  }

  private void check(long vaddr, long sizeBytes) throws InvalidInputException {
    long end = architecture.userSpaceEndVaddr();
    if (sizeBytes < 0 || vaddr < 0 || vaddr > end || sizeBytes > end - vaddr) {
      throw refuse(
          String.format("0x%x bytes at 0x%x", sizeBytes, vaddr),
          String.format("addresses below 0x%x", end));
    }
  }

  private DataRef data(DataMessage message) throws InvalidInputException, IOException {
    if (message.getOffsetBytes() < 0
        || message.getOffsetBytes() % DataRef.ALIGNMENT_BYTES != 0
        || message.getSizeBytes() < 0) {
      throw refuse(
          "data at " + Long.toUnsignedString(message.getOffsetBytes()),
          "a multiple of " + DataRef.ALIGNMENT_BYTES);
    }
    DataRef ref = new DataRef(message.getOffsetBytes(), message.getSizeBytes());
    data.check(record, ref, message.getCrc());
    return ref;
  }

  private InvalidInputException refuse(String found, String acceptable) {
    return new InvalidInputException(tree.label(RecordingFiles.EVENTS), record, found, acceptable);
  }
}
