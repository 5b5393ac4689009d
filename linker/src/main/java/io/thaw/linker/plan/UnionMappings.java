package io.thaw.linker.plan;

import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is mapped at some time of an interval, as if it were mapped all the time: each address
 * with every right that it has at some time. A page that is writable first and executable later is
 * both: the program behaves the same, and no time is spent on changing rights.
 */
final class UnionMappings {

  private final TreeMap<Long, Vma> byStart = new TreeMap<>();

  UnionMappings(List<Vma> vmas) {
    vmas.forEach(vma -> byStart.put(vma.startVaddr(), vma));
  }

  /** Adds a mapping; where there is one already both are united. */
  void add(Vma added) {
    long at = added.startVaddr();
    for (Vma there : overlapping(added.startVaddr(), added.endVaddr())) {
      long start = Math.max(there.startVaddr(), added.startVaddr());
      long end = Math.min(there.endVaddr(), added.endVaddr());
      if (at < start) {
        put(part(added, at, start));
      }
      cut(there, start, end, unite(part(there, start, end), added));
      at = end;
    }
    if (at < added.endVaddr()) {
      put(part(added, at, added.endVaddr()));
    }
  }

  /** Gives the addresses that are mapped more rights. */
  void allow(long startVaddr, long endVaddr, Protection protection) {
    for (Vma there : overlapping(startVaddr, endVaddr)) {
      long start = Math.max(there.startVaddr(), startVaddr);
      long end = Math.min(there.endVaddr(), endVaddr);
      Vma part = part(there, start, end);
      cut(there, start, end, with(part, part.kind(), union(part.protection(), protection)));
    }
  }

  /** Gives the addresses that are mapped these rights and no others. */
  void protect(long startVaddr, long endVaddr, Protection protection) {
    for (Vma there : overlapping(startVaddr, endVaddr)) {
      long start = Math.max(there.startVaddr(), startVaddr);
      long end = Math.min(there.endVaddr(), endVaddr);
      cut(there, start, end, with(part(there, start, end), there.kind(), protection));
    }
  }

  /**
   * Lets the stack above an address grow down to it, as it did while the program ran.
   *
   * @return whether something is mapped there now
   */
  boolean growTo(long pageVaddr) {
    if (at(pageVaddr).isPresent()) {
      return true;
    }
    Map.Entry<Long, Vma> above = byStart.higherEntry(pageVaddr);
    if (above == null || !above.getValue().growsDown()) {
      return false;
    }
    Vma stack = above.getValue();
    byStart.remove(stack.startVaddr());
    put(
        new Vma(
            pageVaddr,
            stack.endVaddr(),
            stack.protection(),
            stack.kind(),
            stack.shared(),
            /* growsDown= */ true,
            stack.backing()));
    return true;
  }

  /** The mapping at an address. */
  Optional<Vma> at(long vaddr) {
    Map.Entry<Long, Vma> entry = byStart.floorEntry(vaddr);
    return entry == null || !entry.getValue().contains(vaddr)
        ? Optional.empty()
        : Optional.of(entry.getValue());
  }

  List<Vma> toList() {
    return List.copyOf(byStart.values());
  }

  private List<Vma> overlapping(long startVaddr, long endVaddr) {
    List<Vma> overlapping = new ArrayList<>();
    at(startVaddr).ifPresent(overlapping::add);
    overlapping.addAll(byStart.subMap(startVaddr, false, endVaddr, false).values());
    return overlapping.stream().distinct().toList();
  }

  private void cut(Vma there, long start, long end, Vma replacement) {
    byStart.remove(there.startVaddr());
    if (there.startVaddr() < start) {
      put(part(there, there.startVaddr(), start));
    }
    put(replacement);
    if (end < there.endVaddr()) {
      put(part(there, end, there.endVaddr()));
    }
  }

  private void put(Vma vma) {
    byStart.put(vma.startVaddr(), vma);
  }

  private static Vma unite(Vma there, Vma added) {
    Vma.Kind kind = there.kind() == added.kind() ? there.kind() : Vma.Kind.ANONYMOUS;
    return with(there, kind, union(there.protection(), added.protection()));
  }

  private static Protection union(Protection a, Protection b) {
    return Protection.of(a.bits() | b.bits());
  }

  private static Vma with(Vma vma, Vma.Kind kind, Protection protection) {
    boolean same = kind == vma.kind();
    return new Vma(
        vma.startVaddr(),
        vma.endVaddr(),
        protection,
        kind,
        same && vma.shared(),
        vma.growsDown(),
        same ? vma.backing() : Optional.empty());
  }

  private static Vma part(Vma vma, long startVaddr, long endVaddr) {
    return new Vma(
        startVaddr,
        endVaddr,
        vma.protection(),
        vma.kind(),
        vma.shared(),
        vma.growsDown() && startVaddr == vma.startVaddr(),
        vma.backing()
            .map(
                backing ->
                    new Vma.Backing(
                        backing.name(),
                        backing.objectId(),
                        backing.offsetBytes() + (startVaddr - vma.startVaddr()))));
  }
}
