package io.thaw.app.record;

import io.thaw.app.ptrace.UserRegisters;
import io.thaw.app.record.calls.CallView;
import io.thaw.linker.model.Architecture;
import java.nio.ByteBuffer;

/**
 * A call of the recorded process, for the rules.
 *
 * @param memory its memory
 * @param files what it has open
 * @param before registers at the call's beginning
 * @param result what it returned, 0 if it has not returned
 */
record StoppedCall(MemoryReader memory, OpenFiles files, UserRegisters before, long result)
    implements CallView {

  StoppedCall(MemoryReader memory, OpenFiles files, UserRegisters before) {
    this(memory, files, before, 0);
  }

  StoppedCall returned(long value) {
    return new StoppedCall(memory, files, before, value);
  }

  @Override
  public Architecture architecture() {
    return before.architecture();
  }

  @Override
  public long number() {
    return before.callNumber();
  }

  @Override
  public long argument(int index) {
    return before.argument(index);
  }

  @Override
  public boolean readsDirectly(int fd) {
    return files.readsDirectly(fd, before.architecture());
  }

  @Override
  public byte[] read(long vaddr, int sizeBytes) {
    ByteBuffer bytes = memory.read(vaddr, sizeBytes);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }

  @Override
  public long readWord(long vaddr) {
    ByteBuffer bytes = memory.read(vaddr, Long.BYTES);
    return bytes.remaining() == Long.BYTES ? bytes.getLong() : 0;
  }

  @Override
  public int readInt(long vaddr) {
    ByteBuffer bytes = memory.read(vaddr, Integer.BYTES);
    return bytes.remaining() == Integer.BYTES ? bytes.getInt() : 0;
  }
}
