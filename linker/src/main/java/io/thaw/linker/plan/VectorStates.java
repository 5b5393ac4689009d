package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.problem.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vector registers that events set, in the form in which the restore path loads its own: an
 * FXSAVE or XSAVE area, V0 to V31 with FPSR and FPCR, or F0 to F31 with FCSR.
 */
final class VectorStates {

  private static final int FXSAVE_BYTES = 512;
  private static final int XSAVE_HEADER_BYTES = 64;
  private static final int XSAVE_YMM_END = 832;
  private static final int XSAVE_PKRU_END = 2696;
  private static final int MXCSR_OFFSET = 24;
  private static final int MXCSR_BITS = 0xffff;
  private static final int ARM_BYTES = 520;

  /** {@code struct __riscv_d_ext_state} of {@code <asm/ptrace.h>}. */
  private static final int RISCV_BYTES = 264;

  private static final int MAX_BYTES = 64 << 10;

  private final Map<DataRef, ByteBlock> areas;

  private VectorStates(Map<DataRef, ByteBlock> areas) {
    this.areas = areas;
  }

  /**
   * Reads all states of a recording.
   *
   * @param path how an image loads registers; x86-64 alone
   * @throws InvalidInputException if one is damaged, or has state in use that the image cannot hold
   */
  static VectorStates of(Recording recording, Optional<X86RestorePath> path)
      throws InvalidInputException {
    Map<DataRef, ByteBlock> areas = new HashMap<>();
    int sizeBytes =
        recording.checkpoint().architecture() == Architecture.RISCV64 ? RISCV_BYTES : ARM_BYTES;
    try (FileChannel data = FileChannel.open(recording.data().path(), StandardOpenOption.READ)) {
      for (int index = 0; index < recording.events().size(); index++) {
        Event event = recording.events().get(index);
        for (Effect effect : event.effects()) {
          if (effect instanceof Effect.VectorState state) {
            ByteBuffer bytes = read(recording, data, index, state.state());
            areas.put(
                state.state(),
                path.isPresent()
                    ? x86(recording, index, bytes, path.get())
                    : first(recording, index, bytes, sizeBytes));
          }
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          recording.data().name(), "", e.toString(), "a file that can be read");
    }
    return new VectorStates(areas);
  }

  ByteBlock area(DataRef state) {
    return areas.get(state);
  }

  private static ByteBuffer read(Recording recording, FileChannel data, int index, DataRef ref)
      throws InvalidInputException, IOException {
    if (ref.sizeBytes() > MAX_BYTES) {
      throw refuse(recording, index, ref.sizeBytes() + " bytes", "at most " + MAX_BYTES);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) ref.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long at = recording.data().startBytes() + ref.offsetBytes();
    while (bytes.hasRemaining()) {
      if (data.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException(recording.data().name() + " became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static ByteBlock first(Recording recording, int index, ByteBuffer bytes, int sizeBytes)
      throws InvalidInputException {
    if (bytes.remaining() < sizeBytes) {
      throw refuse(recording, index, bytes.remaining() + " bytes", sizeBytes + " or more");
    }
    byte[] area = new byte[sizeBytes];
    bytes.get(area);
    return ByteBlock.copyOf(area);
  }

  private static ByteBlock x86(
      Recording recording, int index, ByteBuffer bytes, X86RestorePath path)
      throws InvalidInputException {
    if (bytes.remaining() < FXSAVE_BYTES + XSAVE_HEADER_BYTES) {
      throw refuse(
          recording,
          index,
          bytes.remaining() + " bytes",
          FXSAVE_BYTES + XSAVE_HEADER_BYTES + " or more");
    }
    int mxcsr = bytes.getInt(MXCSR_OFFSET);
    if ((mxcsr & ~MXCSR_BITS) != 0) {
      throw refuse(recording, index, String.format("mxcsr 0x%x", mxcsr), "no bits above 15");
    }
    long inUse = bytes.getLong(FXSAVE_BYTES);
    long held = path.heldComponents();
    if ((inUse & ~held) != 0) {
      throw refuse(
          recording,
          index,
          String.format("state of components 0x%x in use", inUse),
          String.format("components that the image holds: 0x%x", held));
    }
    if (!path.extended()) {
      byte[] area = new byte[FXSAVE_BYTES];
      bytes.get(area);
      return ByteBlock.copyOf(area);
    }
    ByteBuffer area =
        ByteBuffer.allocate(path.protectionKeys() ? XSAVE_PKRU_END : XSAVE_YMM_END)
            .order(ByteOrder.LITTLE_ENDIAN);
    area.put(bytes.slice(0, Math.min(bytes.remaining(), area.capacity())));
    area.putLong(FXSAVE_BYTES, inUse);
    for (int at = FXSAVE_BYTES + Long.BYTES; at < FXSAVE_BYTES + XSAVE_HEADER_BYTES; at++) {
      area.put(at, (byte) 0);
    }
    return ByteBlock.copyOf(area.array());
  }

  private static InvalidInputException refuse(
      Recording recording, int index, String found, String acceptable) {
    return new InvalidInputException(
        recording.data().name(), "vector registers of event " + index, found, acceptable);
  }
}
