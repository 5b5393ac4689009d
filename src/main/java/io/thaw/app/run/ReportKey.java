package io.thaw.app.run;

/** The lines of a report, as {@code report.c} of the stub names them. */
public enum ReportKey {
  /** Exit status of the program. */
  STATUS("status"),
  /** Number of the system call. */
  NUMBER("number"),
  /** Address of the instruction. */
  PC("pc"),
  A0("a0"),
  A1("a1"),
  A2("a2"),
  A3("a3"),
  A4("a4"),
  A5("a5"),
  /** Address that was accessed. */
  ADDRESS("address"),
  /** How: 1 read, 2 write, 4 execute. */
  ACCESS("access"),
  /** Stack pointer. */
  SP("sp"),
  /** Vector on x86-64, ESR_EL1 on AArch64, scause on riscv64. */
  CAUSE("cause"),
  /**
   * Error code on x86-64 (or the address, of a page fault), FAR_EL1 on AArch64, stval on riscv64.
   */
  DETAIL("detail"),
  /** Events of a recording that matched. */
  EVENTS("events"),
  /** Index of the event that did not. */
  EVENT("event"),
  /**
   * What did not: 1 registers, 2 what trapped, 3 bytes of an output; of an interval: 4 registers at
   * its end, 5 memory there, 6 the program ended before.
   */
  REASON("reason"),
  /** What trapped: 1 a call, 2 a counter, 3 a fault. */
  TRIGGER("trigger"),
  /** How often the processor stopped at a marker's breakpoint. */
  HITS("hits"),
  /** Regions that began. */
  REGIONS("regions"),
  /** Of the program, in its region, by the processor's own counters. */
  PMU_CYCLES("pmu_cycles"),
  /** Likewise. */
  PMU_INSTRUCTIONS("pmu_instructions"),
  /** Bytes written to files, which went nowhere. */
  SWALLOWED("swallowed"),
  /** Pages born in the run. */
  DEMAND_PAGES("demand_pages"),
  /** System calls answered. */
  CALLS("calls");

  private final String label;

  ReportKey(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
