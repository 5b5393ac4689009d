package io.thaw.app.record.calls;

import io.thaw.app.run.SystemCallNames;
import io.thaw.linker.model.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A call as a test writes it down, in a process with one range of memory. */
final class FakeCall implements CallView {

  static final long MEMORY = 0x10000;
  private static final int MEMORY_BYTES = 0x10000;

  private final Architecture architecture;
  private final long number;
  private final long[] arguments;
  private final ByteBuffer memory =
      ByteBuffer.allocate(MEMORY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long result;
  private boolean direct;

  private FakeCall(Architecture architecture, long number, long[] arguments) {
    this.architecture = architecture;
    this.number = number;
    this.arguments = Arrays.copyOf(arguments, 6);
  }

  static FakeCall of(String name, long... arguments) {
    return on(Architecture.X86_64, name, arguments);
  }

  static FakeCall on(Architecture architecture, String name, long... arguments) {
    long number =
        SystemCallNames.table(architecture).entrySet().stream()
            .filter(row -> row.getValue().equals(name))
            .findFirst()
            .orElseThrow()
            .getKey();
    return new FakeCall(architecture, number, arguments);
  }

  FakeCall returning(long value) {
    result = value;
    return this;
  }

  /** All files are read past the page cache. */
  FakeCall readingDirectly() {
    direct = true;
    return this;
  }

  FakeCall withInt(long vaddr, int value) {
    memory.putInt((int) (vaddr - MEMORY), value);
    return this;
  }

  FakeCall withWords(long vaddr, long... values) {
    for (int i = 0; i < values.length; i++) {
      memory.putLong((int) (vaddr - MEMORY) + i * Long.BYTES, values[i]);
    }
    return this;
  }

  /** What the table says of it, a line each. */
  List<String> effects() {
    EffectLines lines = new EffectLines();
    rule().effects(this, lines);
    return lines.lines();
  }

  Optional<String> refusal() {
    return rule().refusal(this);
  }

  Optional<Substitute> substitute() {
    return rule().substitute(this);
  }

  private CallRule rule() {
    return CallTable.of(architecture).rule(number).orElseThrow();
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long argument(int index) {
    return arguments[index];
  }

  @Override
  public long result() {
    return result;
  }

  @Override
  public boolean readsDirectly(int fd) {
    return direct;
  }

  @Override
  public byte[] read(long vaddr, int sizeBytes) {
    if (vaddr < MEMORY || vaddr > MEMORY + MEMORY_BYTES) {
      return new byte[0];
    }
    int start = (int) (vaddr - MEMORY);
    return Arrays.copyOfRange(memory.array(), start, Math.min(start + sizeBytes, MEMORY_BYTES));
  }

  @Override
  public long readWord(long vaddr) {
    byte[] bytes = read(vaddr, Long.BYTES);
    return bytes.length < Long.BYTES ? 0 : little(bytes).getLong();
  }

  @Override
  public int readInt(long vaddr) {
    byte[] bytes = read(vaddr, Integer.BYTES);
    return bytes.length < Integer.BYTES ? 0 : little(bytes).getInt();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
