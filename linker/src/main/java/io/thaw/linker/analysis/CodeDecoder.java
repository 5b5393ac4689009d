package io.thaw.linker.analysis;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The section of instructions of an analysis. Code may have changed: then a pc is there again. */
final class CodeDecoder {

  /** Pc, executions, what it is, 16 bytes. */
  static final int ENTRY_WORDS = 5;

  private static final int MOST_INSTRUCTION_BYTES = 15;
  private static final int MOST_KIND = 4;
  private static final int KIND_PLAIN = 0;
  private static final int KIND_REPEAT = 3;

  private final String file;
  private final Map<Long, Long> executions = new HashMap<>();
  private final Map<Long, byte[]> code = new HashMap<>();
  private final Set<Long> repeated = new HashSet<>();
  private final Set<Long> straight = new HashSet<>();
  private long executed;

  CodeDecoder(String file) {
    this.file = file;
  }

  void decode(LongBuffer words) throws InvalidInputException {
    while (words.hasRemaining()) {
      instruction(words);
    }
  }

  private void instruction(LongBuffer words) throws InvalidInputException {
    long pc = words.get();
    long count = words.get();
    long what = words.get();
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(words.get())
            .putLong(words.get());
    int sizeBytes = (int) (what & 0xff);
    int kind = (int) (what >> 8 & 0xff);
    if (sizeBytes == 0
        || sizeBytes > MOST_INSTRUCTION_BYTES
        || kind > MOST_KIND
        || what >>> 17 != 0
        || count <= 0
        || count > Long.MAX_VALUE - executed) {
      throw new InvalidInputException(
          file,
          String.format("instruction at 0x%x", pc),
          String.format("%d bytes, kind %d, executed %d times", sizeBytes, kind, count),
          String.format("1 to %d bytes, 0 to %d, once", MOST_INSTRUCTION_BYTES, MOST_KIND));
    }
    executed += count;
    if (kind == KIND_REPEAT) {
      repeated.add(pc);
    }
    executions.merge(pc, count, Long::sum);
    if (kind == KIND_PLAIN && !code.containsKey(pc)) {
      straight.add(pc);
    } else {
      straight.remove(pc); // another instruction was there, too
    }
    code.put(pc, Arrays.copyOf(bytes.array(), sizeBytes));
  }

  /** Executions of all of them. */
  long executed() {
    return executed;
  }

  Map<Long, Long> executions() {
    return executions;
  }

  Map<Long, byte[]> code() {
    return code;
  }

  /** Those that are always followed by the next one in memory. */
  Set<Long> straight() {
    return straight;
  }

  /** Those that QEMU executes in several passes. */
  Set<Long> repeated() {
    return repeated;
  }
}
