package io.thaw.app.record.calls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Arrays of {@code struct iovec}: memory in pieces. */
final class IoVectors {

  /** {@code iov_base} and {@code iov_len}. */
  private static final int ENTRY_BYTES = 16;

  /** UIO_MAXIOV: the kernel refuses longer arrays. */
  private static final long MOST_ENTRIES = 1024;

  private IoVectors() {}

  record Piece(long vaddr, long sizeBytes) {}

  /** The pieces that an array at {@code vaddr} names, as far as the array is readable. */
  static List<Piece> pieces(CallView call, long vaddr, long count) {
    if (count < 0 || count > MOST_ENTRIES) {
      return List.of();
    }
    ByteBuffer entries =
        ByteBuffer.wrap(call.read(vaddr, (int) count * ENTRY_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    List<Piece> pieces = new ArrayList<>();
    while (entries.remaining() >= ENTRY_BYTES) {
      pieces.add(new Piece(entries.getLong(), Outcome.bounded(entries.getLong())));
    }
    return pieces;
  }

  /** The first {@code sizeBytes} bytes of pieces. */
  static List<Piece> first(List<Piece> pieces, long sizeBytes) {
    List<Piece> first = new ArrayList<>();
    long left = sizeBytes;
    for (Piece piece : pieces) {
      long taken = Math.min(left, piece.sizeBytes());
      if (taken > 0) {
        first.add(new Piece(piece.vaddr(), taken));
      }
      left -= taken;
    }
    return first;
  }

  /** Bytes of the file {@code fd} in pieces. */
  static Action reads(int fd, int pointer, int count) {
    return (call, sink) -> {
      List<Piece> pieces = pieces(call, call.argument(pointer), call.argument(count));
      write(pieces, Words.reach(call, fd), sink);
    };
  }

  /** Bytes from elsewhere than a file in pieces, as many as the result says. */
  static Action receives(int pointer, int count) {
    return (call, sink) -> {
      List<Piece> pieces = pieces(call, call.argument(pointer), call.argument(count));
      write(pieces, Outcome.bytesRead(call), sink);
    };
  }

  /** Bytes that a call took from pieces, as many as its result says. */
  static Action takes(int fd, int pointer, int count) {
    return (call, sink) -> {
      if (call.result() > 0) {
        List<Piece> pieces = pieces(call, call.argument(pointer), call.argument(count));
        output((int) call.argument(fd), pieces, call.result(), sink);
      }
    };
  }

  static void write(List<Piece> pieces, long sizeBytes, EffectSink sink) {
    for (Piece piece : first(pieces, sizeBytes)) {
      Words.written(sink, piece.vaddr(), piece.sizeBytes());
    }
  }

  static void output(int fd, List<Piece> pieces, long sizeBytes, EffectSink sink) {
    for (Piece piece : first(pieces, sizeBytes)) {
      sink.output(fd, piece.vaddr(), piece.sizeBytes());
    }
  }
}
