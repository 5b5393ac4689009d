package io.thaw.linker.trim;

import io.thaw.linker.problem.InvalidInputException;
import java.util.List;

/** Puts the way to an image's end into its boot block and page tables. */
final class MarkerFields {

  private MarkerFields() {}

  static void put(StubImage stub, List<MarkerStep> steps) throws InvalidInputException {
    if (steps.size() > stub.mostSteps()) {
      throw new InvalidInputException(
          "interval", "end", steps.size() + " steps", "at most " + stub.mostSteps());
    }
    for (int i = 0; i < steps.size(); i++) {
      MarkerStep step = steps.get(i);
      stub.putStep(i, "arm", stub.number(arm(step.arm())));
      stub.putStep(
          i, "event", step.arm() instanceof MarkerStep.Arm.Event event ? event.count() : 0);
      stub.putStep(i, "pc", step.pc());
      stub.putStep(i, "hits", step.hits());
      stub.putStep(i, "next_pc", step.nextPc());
      stub.putStep(i, "action", stub.number("ACTION_" + step.action().name()));
    }
    stub.putField("marker_step_count", steps.size());
  }

  private static String arm(MarkerStep.Arm arm) {
    if (arm instanceof MarkerStep.Arm.Now) {
      return "ARM_NOW";
    }
    return arm instanceof MarkerStep.Arm.Touch ? "ARM_TOUCH" : "ARM_EVENT";
  }

  /** Marks the entries of pages that steps wait for. */
  static void mark(UserTables tables, PteBits bits, List<MarkerStep> steps) {
    for (MarkerStep step : steps) {
      if (step.arm() instanceof MarkerStep.Arm.Touch touch) {
        tables.setLeaf(touch.vaddr(), marked(bits, tables.leaf(touch.vaddr())));
      }
    }
  }

  static long marked(PteBits bits, long entry) {
    if (!bits.isOfProgram(entry)) {
      throw new IllegalArgumentException(String.format("entry 0x%x is no page's", entry));
    }
    return (entry & ~PteBits.PRESENT) | bits.marked();
  }
}
