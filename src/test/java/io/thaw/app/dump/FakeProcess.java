package io.thaw.app.dump;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.linux.ThreadDetails.RestartableSequences;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that has registers alone. */
final class FakeProcess implements StoppedProcess {

  private final Architecture architecture;
  final long[] registers;
  final Map<Integer, byte[]> sets = new HashMap<>();
  long callNumber = -1;

  FakeProcess(Architecture architecture, int wordCount) {
    this.architecture = architecture;
    this.registers = new long[wordCount];
    for (int i = 0; i < wordCount; i++) {
      registers[i] = 1000L + i;
    }
  }

  @Override
  public int pid() {
    return 1;
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public long[] generalRegisters() {
    return registers.clone();
  }

  @Override
  public SpecialRegisters specialRegisters() {
    return new SpecialRegisters(11, 12, callNumber);
  }

  @Override
  public Optional<byte[]> registerSet(int type) {
    return Optional.ofNullable(sets.get(type));
  }

  @Override
  public long blockedSignals() {
    return 0;
  }

  @Override
  public List<ByteBlock> pendingSignals(boolean shared) {
    return List.of();
  }

  @Override
  public Optional<RestartableSequences> restartableSequences() {
    return Optional.empty();
  }

  @Override
  public long call(long number, long... arguments) {
    throw new UnsupportedOperationException("call " + number);
  }

  @Override
  public int read(long vaddr, ByteBuffer to) {
    return 0;
  }
}
