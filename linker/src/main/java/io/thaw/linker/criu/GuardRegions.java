package io.thaw.linker.criu;

import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Guard regions (MADV_GUARD_INSTALL) lie inside of mappings; CRIU 4 lists them behind these, in no
 * order. Here they are cut out.
 */
final class GuardRegions {

  private GuardRegions() {}

  /**
   * Mappings with the guards in them as mappings of their own.
   *
   * @param mapped sorted, not overlapping
   * @param guards in any order, may overlap
   * @return sorted, not overlapping
   */
  static List<MappedObject> cutOut(List<MappedObject> mapped, List<Vma> guards) {
    List<Vma> merged = merge(guards);
    List<MappedObject> result = new ArrayList<>();
    merged.forEach(guard -> result.add(MappedObject.without(guard)));
    int first = 0;
    for (MappedObject object : mapped) {
      Vma vma = object.vma();
      while (first < merged.size() && merged.get(first).endVaddr() <= vma.startVaddr()) {
        first++;
      }
      long at = vma.startVaddr();
      for (int i = first; i < merged.size() && merged.get(i).startVaddr() < vma.endVaddr(); i++) {
        addPart(object, at, merged.get(i).startVaddr(), result);
        at = merged.get(i).endVaddr();
      }
      addPart(object, at, vma.endVaddr(), result);
    }
    result.sort(Comparator.comparingLong(object -> object.vma().startVaddr()));
    return result;
  }

  private static List<Vma> merge(List<Vma> guards) {
    List<Vma> sorted = new ArrayList<>(guards);
    sorted.sort(Comparator.comparingLong(Vma::startVaddr));
    List<Vma> merged = new ArrayList<>();
    for (Vma guard : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && guard.startVaddr() <= merged.get(last).endVaddr()) {
        long end = Math.max(guard.endVaddr(), merged.get(last).endVaddr());
        merged.set(last, guard(merged.get(last).startVaddr(), end));
      } else {
        merged.add(guard);
      }
    }
    return merged;
  }

  /** A guard region. */
  static Vma guard(long startVaddr, long endVaddr) {
    return new Vma(
        startVaddr,
        endVaddr,
        Protection.of(0),
        Vma.Kind.GUARD,
        /* shared= */ false,
        /* growsDown= */ false,
        Optional.empty());
  }

  private static void addPart(
      MappedObject object, long startVaddr, long endVaddr, List<MappedObject> result) {
    if (startVaddr < endVaddr) {
      result.add(object.part(startVaddr, endVaddr));
    }
  }
}
