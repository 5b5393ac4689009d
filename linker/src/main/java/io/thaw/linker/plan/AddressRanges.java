package io.thaw.linker.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of addresses, as ranges that do not touch. */
final class AddressRanges {

  private final TreeMap<Long, Long> endByStart = new TreeMap<>();

  /** Addresses from {@code start} up to but without {@code end}. */
  record Range(long start, long end) {

    long sizeBytes() {
      return end - start;
    }
  }

  void add(long start, long end) {
    if (start >= end) {
      return;
    }
    long newStart = start;
    long newEnd = end;
    Map.Entry<Long, Long> before = endByStart.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      newStart = before.getKey();
      newEnd = Math.max(newEnd, before.getValue());
    }
    Map.Entry<Long, Long> next = endByStart.ceilingEntry(newStart);
    while (next != null && next.getKey() <= newEnd) {
      newEnd = Math.max(newEnd, next.getValue());
      endByStart.remove(next.getKey());
      next = endByStart.ceilingEntry(newStart);
    }
    endByStart.put(newStart, newEnd);
  }

  boolean contains(long address) {
    Map.Entry<Long, Long> at = endByStart.floorEntry(address);
    return at != null && address < at.getValue();
  }

  /** The parts of a range that are in the set, in order. */
  List<Range> within(long start, long end) {
    List<Range> parts = new ArrayList<>();
    Map.Entry<Long, Long> at = endByStart.floorEntry(start);
    if (at == null || at.getValue() <= start) {
      at = endByStart.higherEntry(start);
    }
    while (at != null && at.getKey() < end) {
      parts.add(new Range(Math.max(start, at.getKey()), Math.min(end, at.getValue())));
      at = endByStart.higherEntry(at.getKey());
    }
    return parts;
  }

  /** The parts of a range that are not in the set, in order. */
  List<Range> without(long start, long end) {
    List<Range> parts = new ArrayList<>();
    long at = start;
    for (Range range : within(start, end)) {
      if (at < range.start()) {
        parts.add(new Range(at, range.start()));
      }
      at = range.end();
    }
    if (at < end) {
      parts.add(new Range(at, end));
    }
    return parts;
  }

  /** All ranges, in order. */
  List<Range> all() {
    return endByStart.entrySet().stream().map(e -> new Range(e.getKey(), e.getValue())).toList();
  }
}
