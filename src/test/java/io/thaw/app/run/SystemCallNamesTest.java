package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SystemCallNamesTest {

  @ParameterizedTest
  @CsvSource({
    "X86_64, 0, read",
    "X86_64, 1, write",
    "X86_64, 59, execve",
    "X86_64, 231, exit_group",
    "X86_64, 334, rseq",
    "X86_64, 336, uprobe",
    "X86_64, 469, file_setattr",
    "AARCH64, 25, fcntl",
    "AARCH64, 64, write",
    "AARCH64, 80, fstat",
    "AARCH64, 94, exit_group",
    "AARCH64, 222, mmap",
    "AARCH64, 291, statx",
    "AARCH64, 469, file_setattr",
    "RISCV64, 64, write",
    "RISCV64, 163, getrlimit",
    "RISCV64, 258, riscv_hwprobe",
    "RISCV64, 259, riscv_flush_icache",
    "RISCV64, 276, renameat2"
  })
  void callsHaveTheNamesOfTheKernel(Architecture architecture, long number, String name) {
    assertThat(SystemCallNames.name(architecture, number)).contains(name);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void numbersOutsideTheTableHaveNoName(Architecture architecture) {
    assertThat(SystemCallNames.name(architecture, 470)).isEmpty();
    assertThat(SystemCallNames.name(architecture, -1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void noNameIsGivenTwice(Architecture architecture) {
    var names = SystemCallNames.table(architecture).values();
    assertThat(names).hasSameSizeAs(new HashSet<>(names)).allMatch(name -> name.matches("\\w+"));
  }

  /** From 424 on, all architectures have the same numbers. */
  @Test
  void newCallsHaveTheSameNumbersEverywhere() {
    for (long number = 424; number <= 469; number++) {
      assertThat(SystemCallNames.name(Architecture.X86_64, number))
          .isPresent()
          .isEqualTo(SystemCallNames.name(Architecture.AARCH64, number))
          .isEqualTo(SystemCallNames.name(Architecture.RISCV64, number));
    }
  }

  /** Its kernel has the generic table but for what renameat2 has replaced, and two of its own. */
  @Test
  void riscv64HasTheCallsOfAarch64() {
    var aarch64 = new HashSet<>(SystemCallNames.table(Architecture.AARCH64).entrySet());
    var riscv64 = new HashSet<>(SystemCallNames.table(Architecture.RISCV64).entrySet());
    assertThat(riscv64).hasSize(aarch64.size() + 1);
    aarch64.removeAll(riscv64);
    assertThat(aarch64).singleElement().asString().isEqualTo("38=renameat");
  }
}
