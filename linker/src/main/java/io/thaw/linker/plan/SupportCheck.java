package io.thaw.linker.plan;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether an image of a checkpoint can run on a platform, and what its user ought to know. */
final class SupportCheck {

  /** Bits of MXCSR that exist; FXRSTOR faults on others. */
  private static final int MXCSR_BITS = 0xffff;

  private static final int MXCSR_OFFSET = 24;

  /** Bits of fcsr that exist: frm and fflags. */
  private static final int FCSR_BITS = 0xff;

  private static final Set<Component> AVX512 =
      Set.of(Component.AVX512_OPMASK, Component.AVX512_ZMM_UPPER, Component.AVX512_HIGH_ZMM);

  private final Checkpoint checkpoint;
  private final Platform platform;
  private final ProblemLog problems = new ProblemLog();
  private final List<String> warnings = new ArrayList<>();

  private SupportCheck(Checkpoint checkpoint, Platform platform) {
    this.checkpoint = checkpoint;
    this.platform = platform;
  }

  /** Throws with all that is unsupported; returns the warnings. */
  static List<String> check(Checkpoint checkpoint, Platform platform) throws InvalidInputException {
    SupportCheck check = new SupportCheck(checkpoint, platform);
    check.checkAll();
    check.problems.throwIfAny();
    return check.warnings;
  }

  /** The same for a recording: signals and timers that come are among its events. */
  static List<String> checkRecorded(Recording recording, Platform platform)
      throws InvalidInputException {
    SupportCheck check = new SupportCheck(recording.checkpoint(), platform);
    check.checkState();
    check.checkLevel(recording.description().isaLevel());
    check.problems.throwIfAny();
    return check.warnings;
  }

  private void checkAll() {
    checkState();
    checkThreads();
    warnOfSignals();
  }

  private void checkState() {
    if (checkpoint.architecture() != platform.architecture()) {
      refuse(
          "architecture",
          checkpoint.architecture().label(),
          platform.architecture().label() + ", which platform " + platform.name() + " is");
      return;
    }
    if (checkpoint.leader().registers() instanceof X86Registers registers) {
      checkX86(registers);
    } else if (checkpoint.leader().registers() instanceof Aarch64Registers registers) {
      checkAarch64(registers);
    } else if (checkpoint.leader().registers() instanceof Riscv64Registers registers) {
      checkRiscv64(registers);
    }
    checkAddress("pc", checkpoint.leader().registers().pc());
    warnOfMissingPages();
  }

  /** Levels of the x86-64 psABI, which differ in the registers that they need. */
  private void checkLevel(String level) {
    Set<Component> needed =
        switch (level) {
          case "x86-64-v3" -> Set.of(Component.AVX);
          case "x86-64-v4" -> Set.of(Component.AVX, Component.AVX512_OPMASK);
          default -> Set.of();
        };
    if (!platform.processor().extendedState().containsAll(needed)) {
      refuse(
          "level of the recording",
          level,
          "a lower one, chosen when it is recorded: platform "
              + platform.name()
              + " holds only "
              + held());
    }
  }

  /** A recording has events of the first thread only, while the others stand still. */
  private void checkThreads() {
    if (checkpoint.threads().size() > 1) {
      refuse(
          "process " + checkpoint.identity().pid(),
          checkpoint.threads().size() + " threads",
          "a process with 1 thread (several are not supported yet)");
    }
  }

  private void checkX86(X86Registers registers) {
    X86ExtendedState extended = registers.extended();
    for (Component component :
        extended.inUse().stream().sorted(Comparator.naturalOrder()).toList()) {
      if (!platform.processor().extendedState().contains(component)) {
        refuse(
            "registers",
            component.label() + " in use",
            "only state that platform " + platform.name() + " holds: " + held());
      }
    }
    if (extended.hasXsave() && !platform.processor().xsave()) {
      warnings.add(
          "the dump's processor had AVX, platform "
              + platform.name()
              + " has not: the program may have chosen code that cannot run there");
    }
    if (extended.listed().stream().anyMatch(AVX512::contains)
        && !platform.processor().extendedState().containsAll(AVX512)) {
      warnings.add(
          "the dump's processor had AVX-512, platform "
              + platform.name()
              + " has not: the program may have chosen code that cannot run there");
    }
    int mxcsr =
        ByteBuffer.wrap(registers.fxsave().toArray())
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(MXCSR_OFFSET);
    if ((mxcsr & ~MXCSR_BITS) != 0) {
      refuse("mxcsr", String.format("0x%x", mxcsr), "no bits above 15");
    }
    checkCanonical("fs_base", registers.fsBase());
    checkCanonical("gs_base", registers.gsBase());
  }

  private void checkAarch64(Aarch64Registers registers) {
    if (checkpoint.auxv().has(Auxv.AT_HWCAP, Aarch64RestorePath.HWCAP_SVE)) {
      warnings.add("the dump's processor had SVE, whose registers no dump keeps");
    }
    if (checkpoint.auxv().has(Auxv.AT_HWCAP, Aarch64RestorePath.HWCAP_PACA)
        && registers.pacKeys().isEmpty()) {
      warnings.add(
          "the dump's processor had pointer authentication, and the dump has no keys: a return"
              + " address that the program signed before will be refused");
    }
    checkAddress("sp", registers.sp());
  }

  private void checkRiscv64(Riscv64Registers registers) {
    boolean vectors = checkpoint.auxv().has(Auxv.AT_HWCAP, Riscv64RestorePath.HWCAP_V);
    if (vectors && !platform.processor().has("v")) {
      refuse(
          "AT_HWCAP",
          "vectors (V), which the program may use",
          "a dump of a processor without: platform " + platform.name() + " has no V");
    } else if (vectors) {
      warnings.add(
          "the dump's processor had vectors (V), which an image has not: the program may have"
              + " chosen code that cannot run there");
    }
    if ((registers.pc() & 1) != 0) {
      refuse("pc", String.format("0x%x", registers.pc()), "an even address");
    }
    if ((registers.fcsr() & ~FCSR_BITS) != 0) {
      refuse("fcsr", String.format("0x%x", registers.fcsr()), "no bits above 7");
    }
  }

  private String held() {
    return platform.processor().extendedState().isEmpty()
        ? "SSE"
        : platform.processor().extendedState().stream()
            .sorted(Comparator.naturalOrder())
            .map(Component::label)
            .collect(Collectors.joining(", "));
  }

  private void checkAddress(String register, long vaddr) {
    long end = checkpoint.architecture().userSpaceEndVaddr();
    if (Long.compareUnsigned(vaddr, end) >= 0) {
      refuse(register, String.format("0x%x", vaddr), String.format("below 0x%x", end));
    }
  }

  /** Bits 63 to 47 are equal; the processor faults on others. */
  private void checkCanonical(String register, long vaddr) {
    if (vaddr << 16 >> 16 != vaddr) {
      refuse(register, String.format("0x%x", vaddr), "a canonical address");
    }
  }

  private void warnOfSignals() {
    for (int signal : checkpoint.signals().pendingSignals()) {
      warnings.add("signal " + signal + " was pending: an image does not deliver it");
    }
    for (String timer : checkpoint.signals().armedTimers()) {
      warnings.add(timer + " was armed: an image does not run it");
    }
  }

  private void warnOfMissingPages() {
    long count =
        checkpoint.addressSpace().pages().stream()
            .filter(run -> run.content() instanceof PageRun.Missing)
            .mapToLong(PageRun::pageCount)
            .sum();
    if (count > 0) {
      warnings.add(
          count + " pages are not in the dump: an image stops when the program touches one");
    }
  }

  private void refuse(String record, String found, String acceptable) {
    problems.add(checkpoint.source(), record, found, acceptable);
  }
}
