package io.thaw.linker.recording;

import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Vma;
import io.thaw.linker.recording.proto.ContentMessage;
import io.thaw.linker.recording.proto.DataMessage;
import io.thaw.linker.recording.proto.EffectMessage;
import io.thaw.linker.recording.proto.EndMessage;
import io.thaw.linker.recording.proto.EventMessage;
import io.thaw.linker.recording.proto.MappedMessage;
import io.thaw.linker.recording.proto.MovedMessage;
import io.thaw.linker.recording.proto.OutputMessage;
import io.thaw.linker.recording.proto.ProtectedMessage;
import io.thaw.linker.recording.proto.RangeMessage;
import io.thaw.linker.recording.proto.RegistersMessage;
import io.thaw.linker.recording.proto.RelayedMessage;
import io.thaw.linker.recording.proto.SegmentMessage;
import io.thaw.linker.recording.proto.WrittenMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/** Events as messages. */
final class EventEncoder {

  private final Path sysroot;
  private final ToIntFunction<DataRef> crcOf;

  /**
   * @param sysroot the recording's, which contents of mappings have to be in
   * @param crcOf the checksum of data
   */
  EventEncoder(Path sysroot, ToIntFunction<DataRef> crcOf) {
    this.sysroot = sysroot;
    this.crcOf = crcOf;
  }

  EventMessage encode(RegisterRow atTrap, Event event) throws IOException {
    EventMessage.Builder message =
        EventMessage.newBuilder()
            .setTrigger(
                switch (event.trigger()) {
                  case CALL -> RecordingFiles.TRIGGER_CALL;
                  case COUNTER -> RecordingFiles.TRIGGER_COUNTER;
                  case FAULT -> RecordingFiles.TRIGGER_FAULT;
                })
            .setNumber(event.number())
            .setRegistersCrc(RecordingFiles.crc(RecordingFiles.row(atTrap.toArray())));
    for (Effect effect : event.effects()) {
      message.addEffects(encode(effect));
    }
    if (event.resume() instanceof Resume.Result result) {
      message.setResult(result.value());
    } else if (event.resume() instanceof Resume.At at) {
      RegistersMessage.Builder words = RegistersMessage.newBuilder();
      for (long word : at.registers().toArray()) {
        words.addWords(word);
      }
      message.setRegisters(words);
    } else if (event.resume() instanceof Resume.End end) {
      EndMessage.Builder status = EndMessage.newBuilder();
      end.exitStatus().ifPresent(status::setExitStatus);
      message.setEnd(status);
    }
    return message.build();
  }

  private EffectMessage.Builder encode(Effect effect) throws IOException {
    EffectMessage.Builder message = EffectMessage.newBuilder();
    if (effect instanceof Effect.Written written) {
      message.setWritten(
          WrittenMessage.newBuilder().setVaddr(written.vaddr()).setBytes(data(written.bytes())));
    } else if (effect instanceof Effect.Mapped mapped) {
      message.setMapped(mapped(mapped));
    } else if (effect instanceof Effect.Unmapped range) {
      message.setUnmapped(range(range.startVaddr(), range.sizeBytes()));
    } else if (effect instanceof Effect.Protected range) {
      message.setProtection(
          ProtectedMessage.newBuilder()
              .setRange(range(range.startVaddr(), range.sizeBytes()))
              .setProtection(range.protection().bits()));
    } else if (effect instanceof Effect.Moved moved) {
      message.setMoved(
          MovedMessage.newBuilder()
              .setFrom(range(moved.oldVaddr(), moved.oldSizeBytes()))
              .setTo(range(moved.newVaddr(), moved.newSizeBytes())));
    } else if (effect instanceof Effect.Discarded range) {
      message.setDiscarded(range(range.startVaddr(), range.sizeBytes()));
    } else if (effect instanceof Effect.SegmentBase base) {
      message.setSegment(SegmentMessage.newBuilder().setGs(base.gs()).setValue(base.value()));
    } else if (effect instanceof Effect.VectorState state) {
      message.setVectorState(data(state.state()));
    } else if (effect instanceof Effect.Output output) {
      message.setOutput(
          OutputMessage.newBuilder()
              .setFd(output.fd())
              .setStream(output.stream())
              .setRange(range(output.vaddr(), output.sizeBytes()))
              .setDigest(output.digest()));
    } else if (effect instanceof Effect.Relayed relayed) {
      message.setRelayed(
          RelayedMessage.newBuilder()
              .setFd(relayed.fd())
              .setStream(relayed.stream())
              .setBytes(data(relayed.bytes())));
    }
    return message;
  }

  private MappedMessage.Builder mapped(Effect.Mapped mapped) throws IOException {
    Vma vma = mapped.vma();
    MappedMessage.Builder message =
        MappedMessage.newBuilder()
            .setRange(range(vma.startVaddr(), vma.sizeBytes()))
            .setProtection(vma.protection().bits())
            .setKind(
                switch (vma.kind()) {
                  case FILE -> RecordingFiles.KIND_FILE;
                  case SHARED_MEMORY -> RecordingFiles.KIND_SHARED_MEMORY;
                  case ANONYMOUS -> RecordingFiles.KIND_ANONYMOUS;
                  default -> throw new IllegalArgumentException("mapping of " + vma.kind());
                })
            .setShared(vma.shared())
            .setGrowsDown(vma.growsDown());
    if (vma.backing().isPresent()) {
      Vma.Backing backing = vma.backing().get();
      message
          .setName(backing.name())
          .setObjectId(backing.objectId())
          .setObjectOffsetBytes(backing.offsetBytes());
    }
    if (mapped.content().isPresent()) {
      var content = mapped.content().get();
      message.setContent(
          ContentMessage.newBuilder()
              .setPath(sysroot.relativize(content.path()).toString())
              .setOffsetBytes(content.startBytes())
              .setSizeBytes(content.sizeBytes())
              .setFileSizeBytes(Files.size(content.path())));
    }
    return message;
  }

  private DataMessage.Builder data(DataRef data) {
    return DataMessage.newBuilder()
        .setOffsetBytes(data.offsetBytes())
        .setSizeBytes(data.sizeBytes())
        .setCrc(crcOf.applyAsInt(data));
  }

  private static RangeMessage.Builder range(long vaddr, long sizeBytes) {
    return RangeMessage.newBuilder().setVaddr(vaddr).setSizeBytes(sizeBytes);
  }
}
