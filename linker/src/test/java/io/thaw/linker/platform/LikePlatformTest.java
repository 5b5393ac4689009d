package io.thaw.linker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LikePlatformTest {

  private static Platform parse(String text) throws InvalidInputException {
    return PlatformReader.parse("own.toml", "own", text);
  }

  @Test
  void whatAFileDoesNotSayIsThatOfThePlatformThatItIsLike() throws Exception {
    Platform virt = Platforms.byName("qemu-riscv64").orElseThrow();

    Platform own = parse("description = \"x\"\nlike = \"qemu-riscv64\"");

    assertThat(own)
        .isEqualTo(
            new Platform(
                "own",
                Architecture.RISCV64,
                virt.ram(),
                virt.entryPaddr(),
                virt.processor(),
                virt.console(),
                virt.report(),
                virt.hooks(),
                Set.of()));
  }

  @Test
  void whatItSaysReplacesTheOthers() throws Exception {
    Platform own =
        parse(
            """
            description = "x"
            like = "qemu-x86_64"
            [[ram]]
            start = 0x200000
            end = 0x400000
            [processor]
            xsave = false
            [console]
            port = 0x2f8
            [[exit]]
            port = 0x604
            value = 1
            """);

    assertThat(own.ram()).containsExactly(new RamRange(0x200000, 0x400000));
    assertThat(own.processor().lacking(List.of("avx", "breakpoints"))).containsExactly("avx");
    assertThat(own.console().address()).isEqualTo(0x2f8);
    assertThat(own.report()).isEqualTo(Platforms.byName("qemu-x86_64").orElseThrow().report());
    assertThat(own.hooks().exit()).hasSize(1);
  }

  @Test
  void anUnknownNameAndAnotherArchitectureAreRefused() {
    assertThatThrownBy(() -> parse("description = \"x\"\nlike = \"vax\""))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains("line 2", "like: found 'vax'", "qemu-x86_64");
    assertThatThrownBy(
            () -> parse("description = \"x\"\nlike = \"qemu-x86_64\"\narchitecture = \"riscv64\""))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains("line 3", "architecture: found 'riscv64'", "x86-64");
  }

  @Test
  void processorsAreToldApartByWhatTheyLack() {
    Processor gem5 = Platforms.byName("gem5-x86_64").orElseThrow().processor();

    assertThat(gem5.lacking(List.of("avx", "breakpoints", "sse2", "ssse3", "pku", "fsgsbase")))
        .containsExactly("avx", "breakpoints", "ssse3", "pku", "fsgsbase");
    assertThat(Platforms.byName("gem5-riscv64").orElseThrow().processor().lacking(List.of("sv48")))
        .containsExactly("sv48");
    assertThat(Platforms.byName("qemu-riscv64").orElseThrow().processor().lacking(List.of("sv48")))
        .isEmpty();
  }
}
