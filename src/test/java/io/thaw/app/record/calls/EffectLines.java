package io.thaw.app.record.calls;

import java.util.ArrayList;
import java.util.List;

/** Effects as lines of text: addresses in hexadecimal, sizes in decimal. */
final class EffectLines implements EffectSink {

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void written(long vaddr, long sizeBytes) {
    lines.add("written %x+%d".formatted(vaddr, sizeBytes));
  }

  @Override
  public void output(int fd, long vaddr, long sizeBytes) {
    lines.add("output %d %x+%d".formatted(fd, vaddr, sizeBytes));
  }

  @Override
  public void relayed(int fd, long sizeBytes) {
    lines.add("relayed %d %d".formatted(fd, sizeBytes));
  }

  @Override
  public void fileChanged(int fd) {
    lines.add("file %d".formatted(fd));
  }

  @Override
  public void mapped(
      long vaddr, long sizeBytes, int protection, int flags, int fd, long offsetBytes) {
    lines.add(
        "mapped %x+%d %x %x %d %x".formatted(vaddr, sizeBytes, protection, flags, fd, offsetBytes));
  }

  @Override
  public void breakMoved(long newBreakVaddr) {
    lines.add("break %x".formatted(newBreakVaddr));
  }

  @Override
  public void unmapped(long vaddr, long sizeBytes) {
    lines.add("unmapped %x+%d".formatted(vaddr, sizeBytes));
  }

  @Override
  public void protectedAs(long vaddr, long sizeBytes, int protection) {
    lines.add("protected %x+%d %x".formatted(vaddr, sizeBytes, protection));
  }

  @Override
  public void moved(long oldVaddr, long oldSizeBytes, long newVaddr, long newSizeBytes) {
    lines.add("moved %x+%d %x+%d".formatted(oldVaddr, oldSizeBytes, newVaddr, newSizeBytes));
  }

  @Override
  public void discarded(long vaddr, long sizeBytes) {
    lines.add("discarded %x+%d".formatted(vaddr, sizeBytes));
  }

  @Override
  public void segmentBase(boolean gs, long value) {
    lines.add("%s %x".formatted(gs ? "gs" : "fs", value));
  }
}
