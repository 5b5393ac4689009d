package io.thaw.app.run;

import io.thaw.linker.model.Architecture;

/** Where and how a replay left the recorded path, as far as the image itself knows. */
final class DivergenceText {

  private static final int REASON_REGISTERS = 1;
  private static final int REASON_TRIGGER = 2;
  private static final int REASON_END = 4;
  private static final int REASON_MEMORY = 5;
  private static final int REASON_EARLY = 6;

  private DivergenceText() {}

  static String render(Architecture architecture, Report report) {
    long number = report.registers().getOrDefault(numberRegister(architecture), 0L);
    String found =
        switch ((int) report.required(ReportKey.TRIGGER)) {
          case 1 ->
              "call "
                  + SystemCallNames.name(architecture, number & 0xffffffffL)
                      .orElse(Long.toUnsignedString(number));
          case 2 -> "a read of the counter";
          case 0 -> "the interval's end";
          default -> "a fault";
        };
    return String.format(
        "%s at event %d: %s; found %s at pc 0x%x",
        report.verdict().label(),
        report.required(ReportKey.EVENT),
        reason(report),
        found,
        report.registers().getOrDefault(architecture == Architecture.X86_64 ? "rip" : "pc", 0L));
  }

  /** The register that has a call's number. */
  private static String numberRegister(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> "rax";
      case AARCH64 -> "x8";
      case RISCV64 -> "a7";
    };
  }

  static String reason(Report report) {
    return switch ((int) report.required(ReportKey.REASON)) {
      case REASON_REGISTERS -> "registers differ";
      case REASON_TRIGGER -> "the recording has no such trap here";
      case REASON_END -> "registers differ at the interval's end";
      case REASON_MEMORY -> "memory differs at the interval's end";
      case REASON_EARLY -> "the program ended before the interval did";
      default -> "bytes that the program hands out differ";
    };
  }
}
