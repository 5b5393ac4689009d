package io.thaw.linker.trim;

import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.IntervalAnalysis.StubEntry;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.trim.MarkerStep.Action;
import io.thaw.linker.trim.MarkerStep.Arm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Chooses how an image knows that it has come to an instruction: the way on which the processor
 * stops least. A way begins where it costs nothing, at the first touch of a page or behind an
 * event, goes by way of one instruction or directly, and ends in front of the wanted one.
 */
public final class MarkerChooser {

  /** So many beginnings are tried, the latest ones. */
  private static final int MOST_ARMS = 24;

  private final Architecture architecture;
  private final IntervalAnalysis analysis;
  private final boolean hasEvents;
  private final LongPredicate isMapped;
  private final Action action;
  private final boolean onlyOverStraight;

  /**
   * @param analysis what came before the wanted instruction
   * @param hasEvents whether calls are events of a recording
   * @param isMapped whether a page of the program is there from the image's beginning
   * @param action what the marker is for
   * @param onlyOverStraight whether a step of several hits takes an instruction that goes on to the
   *     next one
   */
  public MarkerChooser(
      Architecture architecture,
      IntervalAnalysis analysis,
      boolean hasEvents,
      LongPredicate isMapped,
      Action action,
      boolean onlyOverStraight) {
    this.architecture = architecture;
    this.analysis = analysis;
    this.hasEvents = hasEvents;
    this.isMapped = isMapped;
    this.action = action;
    this.onlyOverStraight = onlyOverStraight;
  }

  /** Where a way may begin: instructions from {@code start} on are counted. */
  private record Beginning(Arm arm, long index, long start) {}

  /**
   * A way whose beginning is in the tail of the analysis.
   *
   * @param least user instructions before the earliest beginning that is allowed
   */
  public Optional<List<MarkerStep>> choose(long least) {
    List<List<MarkerStep>> ways = new ArrayList<>();
    long tailStart = analysis.end() - analysis.tail().size();
    for (Beginning beginning : beginnings(Math.max(least, tailStart))) {
      way(beginning).ifPresent(ways::add);
    }
    return ways.stream().min(Comparator.comparingLong(MarkerChooser::hits));
  }

  /**
   * A way that begins at once, with the analysis' own beginning.
   *
   * @param arm what sets it going there
   */
  public Optional<List<MarkerStep>> fromBegin(Arm arm) {
    return way(new Beginning(arm, analysis.begin(), analysis.begin()));
  }

  /**
   * The latest place before the end that is recognised by one stop, where the tail has one: an
   * interval of so many instructions costs the slow machine next to nothing.
   *
   * @param least user instructions before the earliest beginning that is allowed
   */
  public OptionalLong cheapEnd(long least) {
    long tailStart = analysis.end() - analysis.tail().size();
    OptionalLong found = OptionalLong.empty();
    for (Beginning from : beginnings(Math.max(least, tailStart))) {
      Set<Long> seen = new HashSet<>(analysis.repeated());
      if (from.arm() instanceof Arm.Touch) {
        seen.add(pcAt(from.index())); // comes again when its page is there
      }
      for (long index = from.start(); index < analysis.end(); index++) {
        if (seen.add(pcAt(index)) && index > Math.max(least, found.orElse(0))) {
          found = OptionalLong.of(index);
        }
      }
    }
    return found;
  }

  /** The latest first touch, for an analysis that begins there. */
  public Optional<TouchedPage> latestTouch(long least) {
    return analysis.pages().stream()
        .filter(page -> isUsable(page) && page.firstIndex() >= least)
        .max(Comparator.comparingLong(TouchedPage::firstIndex));
  }

  private boolean isUsable(TouchedPage page) {
    return page.isOfProgram()
        && !page.stubFirst()
        && page.firstIndex() < analysis.end()
        && isMapped.test(page.firstVaddr());
  }

  private List<Beginning> beginnings(long least) {
    List<Beginning> beginnings = new ArrayList<>();
    for (TouchedPage page : analysis.pages()) {
      if (isUsable(page) && page.firstIndex() >= least) {
        // The instruction that touches is executed again, and is not counted.
        beginnings.add(
            new Beginning(
                new Arm.Touch(page.firstVaddr()), page.firstIndex(), page.firstIndex() + 1));
      }
    }
    if (hasEvents) {
      for (StubEntry entry : analysis.stubEntries()) {
        if (entry.index() > least && entry.index() <= analysis.end() && isCall(entry.index() - 1)) {
          beginnings.add(
              new Beginning(new Arm.Event(entry.events() + 1), entry.index(), entry.index()));
        }
      }
    }
    beginnings.sort(Comparator.comparingLong(Beginning::index).reversed());
    return beginnings.subList(0, Math.min(MOST_ARMS, beginnings.size()));
  }

  private boolean isCall(long index) {
    long pc = pcAt(index);
    byte[] code = analysis.code().getOrDefault(pc, new byte[0]);
    return switch (architecture) {
      case X86_64 -> code.length == 2 && code[0] == 0x0f && code[1] == 0x05;
      case AARCH64 -> code.length == 4 && code[3] == (byte) 0xd4 && (code[0] & 0x1f) == 1;
      case RISCV64 -> code.length == 4 && code[0] == 0x73 && (code[1] | code[2] | code[3]) == 0;
    };
  }

  private long pcAt(long index) {
    return analysis.tail().pc((int) (index - (analysis.end() - analysis.tail().size())));
  }

  private static long hits(List<MarkerStep> way) {
    return way.stream().mapToLong(MarkerStep::hits).sum();
  }

  private boolean mayBeHit(long pc, long hits) {
    return hits == 1 || !onlyOverStraight || analysis.next(pc).isPresent();
  }

  private MarkerStep step(Arm arm, long pc, long hits, Action stepAction) {
    return new MarkerStep(arm, pc, hits, analysis.next(pc).orElse(0), stepAction);
  }

  /** The best way from a beginning, directly or by one instruction in between. */
  private Optional<List<MarkerStep>> way(Beginning from) {
    long wanted = analysis.nextPc();
    int size = analysis.tail().size();
    long tailStart = analysis.end() - size;
    int first = (int) Math.max(0, from.start() - tailStart);
    // How often each instruction was executed from the beginning up to the tail.
    boolean wholeInTail = from.start() >= tailStart;
    Map<Long, Long> before = new HashMap<>();
    if (!wholeInTail) {
      before.putAll(analysis.executions());
      for (int i = 0; i < size; i++) {
        before.merge(analysis.tail().pc(i), -1L, Long::sum);
      }
    }
    // The instruction that touches comes again when its page is there: no breakpoint for it.
    long touching =
        !(from.arm() instanceof Arm.Touch)
            ? 0
            : from.index() >= tailStart ? pcAt(from.index()) : analysis.firstPc();
    long wantedBefore = before.getOrDefault(wanted, 0L);
    long wantedLeft = 0; // from here to the end
    for (int i = first; i < size; i++) {
      wantedLeft += analysis.tail().pc(i) == wanted ? 1 : 0;
    }
    boolean once = analysis.repeated().contains(wanted);
    long best = Long.MAX_VALUE;
    List<MarkerStep> way = null;
    if (touching != wanted
        && (!once || wantedBefore + wantedLeft == 0)
        && mayBeHit(wanted, wantedBefore + wantedLeft + 1)) {
      best = wantedBefore + wantedLeft + 1;
      way = List.of(step(from.arm(), wanted, best, action));
    }
    Map<Long, Long> seen = new HashMap<>(before);
    for (int i = first; i < size && best > 2; i++) {
      long pc = analysis.tail().pc(i);
      if (pc == wanted) {
        wantedLeft--;
        continue;
      }
      long reached = seen.merge(pc, 1L, Long::sum);
      if (pc != touching
          && mayBeHit(pc, reached)
          && mayBeHit(wanted, wantedLeft + 1)
          && reached + wantedLeft + 1 < best
          && (!once || wantedLeft == 0)
          && !analysis.repeated().contains(pc)) {
        best = reached + wantedLeft + 1;
        way =
            List.of(
                step(from.arm(), pc, reached, Action.NONE),
                step(new Arm.Now(), wanted, wantedLeft + 1, action));
      }
    }
    return Optional.ofNullable(way);
  }
}
