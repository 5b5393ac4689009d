package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCheckTest {

  private static final Path IMAGE = Path.of("some.elf");
  private static final List<Long> ENTRY = List.of(0x200000L);
  private static final List<Manifest.Range> STUB = List.of(new Manifest.Range(0x200000, 0x201000));
  private static final long RAM_END = 0x1000000;

  @Test
  void theArchitectureChoosesTheMachine() throws Exception {
    assertThat(check(Manifests.x86(RAM_END))).isEqualTo(Architecture.X86_64);
    assertThat(check(Manifests.aarch64(0x80300000L))).isEqualTo(Architecture.AARCH64);
    assertThat(check(Manifests.riscv64(0x80300000L))).isEqualTo(Architecture.RISCV64);
    assertThat(QemuMachine.of(Architecture.RISCV64)).isEqualTo(QemuMachine.VIRT_RISCV);
  }

  @Test
  void whatTheProcessorLacksIsRefusedByName() throws Exception {
    Manifest needy = Manifests.needing("bochs", List.of("avx", "pku"));

    assertThat(check(needy)).isEqualTo(Architecture.X86_64);
    assertThatThrownBy(() -> ManifestCheck.check(IMAGE, needy, BochsSimulator.installed()))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains("manifest, needs", "found pku", "--platform bochs");
  }

  @Test
  void anUnknownPlatformIsRefusedWithThoseThatAreKnown() {
    assertRefused(
        Manifests.of("x86-64", "vax\u001b[2J", ENTRY, RAM_END, STUB),
        "some.elf",
        "'vax?[2J'",
        "bochs, gem5-aarch64");
  }

  @Test
  void anotherArchitectureThanThePlatformsIsRefused() {
    assertRefused(Manifests.of("aarch64", "qemu-x86_64", ENTRY, RAM_END, STUB), "x86-64");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, -1, Long.MIN_VALUE, 0x200000, 0x80000000L, 0x100000000L, 1L << 40, 1L << 62})
  void ramThatThePlatformDoesNotHaveIsRefused(long ramEndPaddr) {
    assertRefused(Manifests.x86(ramEndPaddr), "end of RAM", "0x100000000 to 0x4000000000");
  }

  @Test
  void rangesThatAreNoneAreRefused() {
    assertRefused(
        Manifests.of(
            "x86-64",
            "qemu-x86_64",
            ENTRY,
            RAM_END,
            List.of(new Manifest.Range(5, 5), new Manifest.Range(-1, 1))),
        "0x5 to 0x5",
        "0xffffffffffffffff to 0x1");
  }

  @Test
  void anImageWithoutEntryOrWithTooManyIsRefused() {
    assertRefused(
        Manifests.of("x86-64", "qemu-x86_64", List.of(), RAM_END, STUB), "entries", "0 of them");
    assertRefused(
        Manifests.of(
            "x86-64", "qemu-x86_64", ENTRY, RAM_END, Collections.nCopies(1000, STUB.get(0))),
        "stub ranges",
        "1000 of them");
  }

  private static void assertRefused(Manifest manifest, String... parts) {
    assertThatThrownBy(() -> check(manifest))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains(parts);
  }

  private static Architecture check(Manifest manifest) throws InvalidInputException {
    return ManifestCheck.check(IMAGE, manifest, QemuSimulator.installed());
  }
}
