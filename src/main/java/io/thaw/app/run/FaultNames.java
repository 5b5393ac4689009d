package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.util.Map;

/** Names of processor exceptions, as the architectures' manuals have them. */
final class FaultNames {

  /** Vectors: Intel SDM vol. 3, table 6-1. */
  private static final Map<Long, String> X86_VECTORS =
      Map.ofEntries(
          Map.entry(0L, "divide error"),
          Map.entry(1L, "debug exception"),
          Map.entry(2L, "NMI"),
          Map.entry(3L, "breakpoint"),
          Map.entry(4L, "overflow"),
          Map.entry(5L, "bound range exceeded"),
          Map.entry(6L, "invalid opcode"),
          Map.entry(7L, "device not available"),
          Map.entry(8L, "double fault"),
          Map.entry(10L, "invalid TSS"),
          Map.entry(11L, "segment not present"),
          Map.entry(12L, "stack-segment fault"),
          Map.entry(13L, "general protection"),
          Map.entry(14L, "page fault"),
          Map.entry(16L, "x87 floating-point error"),
          Map.entry(17L, "alignment check"),
          Map.entry(18L, "machine check"),
          Map.entry(19L, "SIMD floating-point exception"),
          Map.entry(21L, "control protection"));

  /** ESR_EL1.EC: Arm ARM D17.2.37. */
  private static final Map<Long, String> AARCH64_CLASSES =
      Map.ofEntries(
          Map.entry(0x00L, "undefined instruction"),
          Map.entry(0x01L, "trapped WFI or WFE"),
          Map.entry(0x07L, "SIMD access trapped"),
          Map.entry(0x09L, "pointer authentication trapped"),
          Map.entry(0x0dL, "branch target exception"),
          Map.entry(0x0eL, "illegal execution state"),
          Map.entry(0x15L, "SVC"),
          Map.entry(0x18L, "system instruction trapped"),
          Map.entry(0x19L, "SVE access trapped"),
          Map.entry(0x1cL, "pointer authentication failure"),
          Map.entry(0x1dL, "SME access trapped"),
          Map.entry(0x20L, "instruction abort"),
          Map.entry(0x21L, "instruction abort in the stub"),
          Map.entry(0x22L, "PC alignment fault"),
          Map.entry(0x24L, "data abort"),
          Map.entry(0x25L, "data abort in the stub"),
          Map.entry(0x26L, "SP alignment fault"),
          Map.entry(0x2cL, "floating-point exception"),
          Map.entry(0x2fL, "SError"),
          Map.entry(0x30L, "hardware breakpoint"),
          Map.entry(0x32L, "software step"),
          Map.entry(0x34L, "watchpoint"),
          Map.entry(0x3cL, "BRK instruction"));

  /** scause: RISC-V privileged architecture, 10.1.8. */
  private static final Map<Long, String> RISCV64_CAUSES =
      Map.ofEntries(
          Map.entry(0L, "instruction address misaligned"),
          Map.entry(1L, "instruction access fault"),
          Map.entry(2L, "illegal instruction"),
          Map.entry(3L, "breakpoint"),
          Map.entry(4L, "load address misaligned"),
          Map.entry(5L, "load access fault"),
          Map.entry(6L, "store address misaligned"),
          Map.entry(7L, "store access fault"),
          Map.entry(8L, "environment call"),
          Map.entry(9L, "environment call of the stub"),
          Map.entry(12L, "instruction page fault"),
          Map.entry(13L, "load page fault"),
          Map.entry(15L, "store page fault"));

  private FaultNames() {}

  /**
   * The exception in words.
   *
   * @param cause vector on x86-64, ESR_EL1 on AArch64, scause on riscv64
   */
  static String name(Architecture architecture, long cause) {
    return switch (architecture) {
      case X86_64 -> X86_VECTORS.getOrDefault(cause, String.format("vector 0x%x", cause));
      case AARCH64 ->
          AARCH64_CLASSES.getOrDefault(
              cause >>> 26, String.format("exception class 0x%x", cause >>> 26));
      case RISCV64 -> RISCV64_CAUSES.getOrDefault(cause, String.format("cause 0x%x", cause));
    };
  }
}
