package io.thaw.app.run;

import io.thaw.linker.model.Manifest;
import java.util.List;

/** Manifests of images that exist only in tests. */
final class Manifests {

  private static final long STUB_VADDR = 0xffffffff80001000L;

  private Manifests() {}

  static Manifest x86(long ramEndPaddr) {
    return of(
        "x86-64",
        "qemu-x86_64",
        List.of(0x200040L),
        ramEndPaddr,
        List.of(
            new Manifest.Range(0x200000, 0x201000),
            new Manifest.Range(STUB_VADDR, STUB_VADDR + 0x6000)));
  }

  static Manifest aarch64(long ramEndPaddr) {
    return of(
        "aarch64",
        "qemu-aarch64",
        List.of(0x80200400L),
        ramEndPaddr,
        List.of(new Manifest.Range(0x80200000L, 0x80201000L)));
  }

  static Manifest riscv64(long ramEndPaddr) {
    return of(
        "riscv64",
        "qemu-riscv64",
        List.of(0x80000000L),
        ramEndPaddr,
        List.of(new Manifest.Range(0x80000000L, 0x80001000L)));
  }

  static Manifest rocket(long ramEndPaddr) {
    return of(
        "riscv64",
        "rocket",
        List.of(0x80000000L),
        ramEndPaddr,
        List.of(new Manifest.Range(0x80000000L, 0x80001000L)));
  }

  /** An image for x86-64 that needs something of the processor. */
  static Manifest needing(String platform, List<String> needs) {
    return of(
        "x86-64",
        platform,
        needs,
        List.of(0x200000L),
        0x1000000,
        List.of(new Manifest.Range(0x200000, 0x201000)));
  }

  static Manifest of(
      String architecture,
      String platform,
      List<Long> entryPaddrs,
      long ramEndPaddr,
      List<Manifest.Range> stubCode) {
    return of(architecture, platform, List.of(), entryPaddrs, ramEndPaddr, stubCode);
  }

  private static Manifest of(
      String architecture,
      String platform,
      List<String> needs,
      List<Long> entryPaddrs,
      long ramEndPaddr,
      List<Manifest.Range> stubCode) {
    return new Manifest(
        "0",
        "00ff",
        architecture,
        platform,
        "dump",
        "program",
        /* pid= */ 1,
        "fxrstor",
        needs,
        entryPaddrs,
        ramEndPaddr,
        new Manifest.Mark(0x200100, 1),
        stubCode,
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
