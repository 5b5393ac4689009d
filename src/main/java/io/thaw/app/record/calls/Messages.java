package io.thaw.app.record.calls;

import java.util.List;

/**
 * {@code struct msghdr} and {@code struct mmsghdr} of 64-bit programs: names, control data and
 * pieces behind pointers.
 */
final class Messages {

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int PIECES = 16;
  private static final int PIECE_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int HEADER_BYTES = 56;

  /** In an {@code mmsghdr}: how many bytes were received or sent. */
  private static final int MESSAGE_LENGTH = 56;

  private static final int ARRAY_ENTRY_BYTES = 64;

  private Messages() {}

  /** One message received; the result is its length. */
  static Action receives(int pointer) {
    return (call, sink) -> {
      if (!Outcome.isTooEarly(call)) {
        received(call, call.argument(pointer), Outcome.bytesRead(call), sink);
      }
    };
  }

  /** Messages received into an array; the result is their number. */
  static Action receivesEach(int pointer) {
    return (call, sink) -> {
      for (long i = 0; i < call.result(); i++) {
        long entry = call.argument(pointer) + i * ARRAY_ENTRY_BYTES;
        received(call, entry, messageBytes(call, entry), sink);
        Words.written(sink, entry + MESSAGE_LENGTH, Integer.BYTES);
      }
    };
  }

  /** One message sent; the result is how many bytes of it were taken. */
  static Action sends(int fd, int pointer) {
    return (call, sink) -> {
      if (call.result() > 0) {
        List<IoVectors.Piece> pieces = pieces(call, call.argument(pointer));
        IoVectors.output((int) call.argument(fd), pieces, call.result(), sink);
      }
    };
  }

  /** Messages sent from an array; the result is their number, and each has its length set. */
  static Action sendsEach(int fd, int pointer) {
    return (call, sink) -> {
      for (long i = 0; i < call.result(); i++) {
        long entry = call.argument(pointer) + i * ARRAY_ENTRY_BYTES;
        List<IoVectors.Piece> pieces = pieces(call, entry);
        IoVectors.output((int) call.argument(fd), pieces, messageBytes(call, entry), sink);
        Words.written(sink, entry + MESSAGE_LENGTH, Integer.BYTES);
      }
    };
  }

  private static void received(CallView call, long header, long sizeBytes, EffectSink sink) {
    // The header holds lengths as they are now. What was written is as long or shorter: the kernel
    // gives a name's full length even if there was no room, and counts what it used of control.
    long nameBytes = Integer.toUnsignedLong(call.readInt(header + NAME_LENGTH));
    long controlBytes = call.readWord(header + CONTROL_LENGTH);
    IoVectors.write(pieces(call, header), sizeBytes, sink);
    Words.written(
        sink, call.readWord(header + NAME), Math.min(nameBytes, Outcome.MOST_ADDRESS_BYTES));
    Words.written(sink, call.readWord(header + CONTROL), Outcome.bounded(controlBytes));
    Words.written(sink, header, HEADER_BYTES);
  }

  private static List<IoVectors.Piece> pieces(CallView call, long header) {
    return IoVectors.pieces(
        call, call.readWord(header + PIECES), call.readWord(header + PIECE_COUNT));
  }

  private static long messageBytes(CallView call, long entry) {
    return Integer.toUnsignedLong(call.readInt(entry + MESSAGE_LENGTH));
  }
}
