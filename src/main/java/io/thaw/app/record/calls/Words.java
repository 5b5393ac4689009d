package io.thaw.app.record.calls;

/**
 * The vocabulary of the table. Arguments are named by their index, from 0. A null pointer means
 * that something is not wanted.
 *
 * <p>Structures are reported whether the call succeeded or not. Many calls write before they fail
 * (waitid without a child, name_to_handle_at without room, FIBMAP, adjtimex), and which ones is the
 * kernel's own business; memory that was not written is reported as it is.
 */
final class Words {

  private static final int BITS_A_WORD = 64;

  private Words() {}

  /** A structure. */
  static Action writes(int pointer, long sizeBytes) {
    return (call, sink) -> written(sink, call.argument(pointer), sizeBytes);
  }

  /**
   * As many units as the result says, but not more than an argument says: calls return also how
   * much there would have been.
   */
  static Action writesResult(int pointer, int limit, long unitBytes) {
    return (call, sink) -> {
      long units = Math.min(Outcome.count(call), Outcome.bounded(call.argument(limit)));
      written(sink, call.argument(pointer), units * unitBytes);
    };
  }

  /** A buffer of which the result does not say how much was filled. */
  static Action writesBuffer(int pointer, int size) {
    return (call, sink) ->
        written(sink, call.argument(pointer), Outcome.bounded(call.argument(size)));
  }

  /** An array whose length is a C int. */
  static Action writesArray(int pointer, int count, long unitBytes) {
    return (call, sink) ->
        written(
            sink,
            call.argument(pointer),
            Outcome.bounded(Integer.toUnsignedLong((int) call.argument(count)) * unitBytes));
  }

  /** A set of bits, of which the kernel writes whole words; their number is a C int. */
  static Action writesBits(int pointer, int bitCount) {
    return (call, sink) -> {
      long bits = (int) call.argument(bitCount);
      long words = (bits + BITS_A_WORD - 1) / BITS_A_WORD;
      written(sink, call.argument(pointer), words * Long.BYTES);
    };
  }

  /**
   * A buffer and a pointer to its length, which is the length of the value afterwards. Before, it
   * was the room: no more than the smaller one is written, so the latter is always enough.
   *
   * @param unitBytes what the length counts
   */
  static Action writesPair(int pointer, int lengthPointer, long mostUnits, long unitBytes) {
    return (call, sink) -> {
      written(sink, call.argument(lengthPointer), Integer.BYTES);
      long units = Integer.toUnsignedLong(call.readInt(call.argument(lengthPointer)));
      written(sink, call.argument(pointer), Math.min(units, mostUnits) * unitBytes);
    };
  }

  /** The address of a socket, with its length. */
  static Action writesAddress(int pointer, int lengthPointer) {
    return writesPair(pointer, lengthPointer, Outcome.MOST_ADDRESS_BYTES, 1);
  }

  /** Bytes of the file {@code fd}. */
  static Action reads(int fd, int pointer, int size) {
    return (call, sink) -> {
      long wanted = Outcome.bounded(call.argument(size));
      written(sink, call.argument(pointer), Math.min(wanted, reach(call, fd)));
    };
  }

  /** Bytes of a socket. */
  static Action receives(int pointer, int size) {
    return (call, sink) -> {
      long wanted = Outcome.bounded(call.argument(size));
      written(sink, call.argument(pointer), Math.min(wanted, Outcome.bytesRead(call)));
    };
  }

  /** How many bytes of a buffer may have been written by reading {@code fd}. */
  static long reach(CallView call, int fd) {
    long read = Outcome.bytesRead(call);
    boolean all = read > 0 && call.readsDirectly((int) call.argument(fd));
    return all ? Outcome.MOST_BYTES : read;
  }

  /** Bytes that go to a file from the program's memory. */
  static Action takes(int fd, int pointer) {
    return (call, sink) -> {
      if (call.result() > 0) {
        sink.output((int) call.argument(fd), call.argument(pointer), call.result());
      }
    };
  }

  /** Bytes that go to a file from another one. */
  static Action relays(int fd) {
    return (call, sink) -> {
      if (call.result() > 0) {
        sink.relayed((int) call.argument(fd), call.result());
      }
    };
  }

  /** The file may have other bytes now, even if the call failed: it may have done a part. */
  static Action changesFile(int fd) {
    return (call, sink) -> sink.fileChanged((int) call.argument(fd));
  }

  /** What follows is only so for calls whose argument has one of these bits set. */
  static Action ifBits(int argument, long bits, Action action) {
    return (call, sink) -> {
      if ((call.argument(argument) & bits) != 0) {
        action.report(call, sink);
      }
    };
  }

  static void written(EffectSink sink, long vaddr, long sizeBytes) {
    if (vaddr != 0 && sizeBytes > 0) {
      sink.written(vaddr, sizeBytes);
    }
  }
}
