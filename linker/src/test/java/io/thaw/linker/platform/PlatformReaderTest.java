package io.thaw.linker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformReaderTest {

  private static final String SOC =
      """
      description = "a core of our own"
      architecture = "riscv64"
      entry = 0x80000000

      [[ram]]
      start = 0x80000000
      end = 0x90000000

      [processor]
      page-table-levels = 3
      extensions = ["i", "m", "a", "f", "d", "c"]

      [console]
      store = 0x10000000
      width = 1
      ready-load = 0x10000004
      ready-mask = 0x20

      [report]
      store = 0x10000000
      width = 1

      [[region-begin]]
      m5 = "reset-stats"

      [[exit]]
      store = 0x60000000
      width = 8
      times = 2
      plus = 1
      """;

  @TempDir private Path folder;

  private static Platform parse(String text) throws Exception {
    return PlatformReader.parse("soc.toml", "soc", text);
  }

  @Test
  void aFileSaysWhatAPlatformIs() throws Exception {
    Platform soc = parse(SOC);

    assertThat(soc.architecture()).isEqualTo(Architecture.RISCV64);
    assertThat(soc.ram()).containsExactly(new RamRange(0x80000000L, 0x90000000L));
    assertThat(soc.entryPaddr()).hasValue(0x80000000L);
    assertThat(soc.processor())
        .isEqualTo(
            new Processor(
                3,
                /* breakpoints= */ true,
                /* xsave= */ false,
                Set.of(),
                Optional.of(Set.of("i", "m", "a", "f", "d", "c"))));
    assertThat(soc.console())
        .isEqualTo(
            new Device(Device.Kind.STORE, 0x10000000, 1, new Device.Ready(0x10000004, 0x20)));
    assertThat(soc.hooks().exit())
        .containsExactly(new Hook.Store(0x60000000, 8, new Hook.Value(2, 1)));
    assertThat(soc.hooks().regionBegin())
        .containsExactly(
            new Hook.Code("m5 reset-stats", M5Operation.RESET_STATS.code(Architecture.RISCV64)));
    assertThat(soc.devicePaddrs().distinct().toArray())
        .containsExactly(0x10000000, 0x10000004, 0x60000000);
  }

  static List<String> names() {
    return Platforms.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void thawsOwnPlatformsAreSuchFiles(String name) {
    assertThat(Platforms.byName(name)).get().extracting(Platform::name).isEqualTo(name);
  }

  @Test
  void textIsWrittenByteForByte() throws Exception {
    Platform platform = Platforms.byName("qemu-x86_64").orElseThrow();

    assertThat(platform.hooks().exit())
        .contains(
            new Hook.Port(0x8900, Hook.Value.constant('S')),
            new Hook.Port(0x8900, Hook.Value.constant('n')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "end = 0x90000000 | end = 0x70000000 | line 7, column 1, ram.end | above the start",
        "start = 0x80000000 | start = 0x80000001 | line 6, column 1, ram.start | 2 MiB",
        "entry = 0x80000000 | entry = 0x70000000 | line 3, column 1, entry | in the first range",
        "width = 8 | width = 3 | exit.width | 1, 2, 4 or 8",
        "0x60000000 | 0x80000100 | a device at 0x80000100, where RAM is | outside RAM",
        "0x60000000 | 0x60000004 | exit.store | a multiple of its width, 8",
        "[[exit]] | [[region-end]] | no [[exit]] | a way to end",
        "[report] | [reports] | no [report] | where the verdict goes",
        "times = 2 | tines = 2 | line 29, column 1, exit.tines | means nothing here",
        "'\"riscv64\"' | '\"mips\"' | line 2, column 1, architecture: found 'mips' | aarch64",
        "page-table-levels = 3 | page-table-levels = 5 | processor.page-table-levels | 3 (Sv39)",
        "reset-stats | reset | region-begin.m5 | reset-stats",
        "m5 = | semihosting = | region-begin.semihosting | true or false",
        "width = 1 | port = 5 | port and store | one of",
        "ready-mask = 0x20 | # | console.ready-mask | a number",
        "[[ram]] | [ram] | ram: found a table | [[ram]]",
        "description = | description | line 1 | TOML",
      })
  void whatIsWrongIsSaidWithLineAndColumn(String from, String to, String where, String acceptable) {
    assertThat(SOC).contains(from);
    assertThatThrownBy(() -> parse(SOC.replace(from, to)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("soc.toml")
        .hasMessageContaining(where)
        .hasMessageContaining(acceptable);
  }

  @Test
  void rangesThatOverlapAreRefused() {
    assertThatThrownBy(() -> parse(SOC + "[[ram]]\nstart = 0x8fe00000\nend = 0xa0000000\n"))
        .hasMessageContaining("ram.start: found 0x8fe00000")
        .hasMessageContaining("do not overlap");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    String text = SOC.replace("width = 8", "width = 9").replace("reset-stats", "x") + "u = 1\n";

    assertThatThrownBy(() -> parse(text))
        .hasMessageContaining("exit.width")
        .hasMessageContaining("region-begin.m5")
        .hasMessageContaining("exit.u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"port = 0x3f8", "psci = 'system-off'"})
  void whatAnotherArchitectureHasIsRefused(String hook) {
    assertThatThrownBy(() -> parse(SOC + "[[exit]]\n" + hook + "\n"))
        .hasMessageContaining("riscv64");
  }

  @Test
  void aPlatformIsCalledAsItsFile() throws Exception {
    Path file = Files.writeString(folder.resolve("my-soc.toml"), SOC);

    assertThat(PlatformReader.read(file).name()).isEqualTo("my-soc");
  }

  @Test
  void aNameOfThawsOwnIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("qemu-riscv64.toml"), SOC);

    assertThatThrownBy(() -> PlatformReader.read(file)).hasMessageContaining("of Thaw's own");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    Path file = Files.write(folder.resolve("soc.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> PlatformReader.read(file)).hasMessageContaining("UTF-8");
  }
}
