package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.tests.Testbench.Result;
import io.thaw.tests.Testbench.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real dump, linked for a platform of one's own, in the testbench's memory. */
class TestbenchTest {

  private static final String GOOD = "verdict: exited 0";
  private static final String BASE = "--address-base=";

  @TempDir static Path shared;
  private static final Map<Simulator, Testbench> BENCHES = new EnumMap<>(Simulator.class);
  private static Path image;
  private static Path hex;
  private static byte[] memory;

  @TempDir Path folder;

  @BeforeAll
  static void linkAndCompile() throws Exception {
    image = shared.resolve("image.elf");
    hex = shared.resolve("image.hex");
    thaw(
        "link",
        new Dump("riscv64-static").archive(),
        "--platform",
        Testbench.FOLDER.resolve("my-soc.toml"),
        "--heap",
        "64Ki",
        "-o",
        image);
    memory = ImageMemory.of(image, Testbench.RAM_PADDR);
    export(hex, "8", "little", "words");
    for (Simulator simulator : Simulator.values()) {
      Path place = Files.createDirectory(shared.resolve(simulator.name()));
      BENCHES.put(simulator, Testbench.compile(simulator, place, List.of()));
    }
  }

  private static void thaw(Object... arguments) throws Exception {
    Thaw.Result result = Thaw.run(arguments);
    assertThat(result.status()).as(result.toString()).isZero();
  }

  private static void export(
      Path file, String wordBytes, String order, String unit, String... others) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("export", image, "--format", "hex"));
    arguments.addAll(List.of("--word-bytes", wordBytes, "--word-order", order));
    arguments.addAll(List.of("--address-unit", unit, "-o", file));
    arguments.addAll(List.of(others));
    if (Arrays.stream(others).noneMatch(other -> other.startsWith(BASE))) {
      arguments.add(BASE + String.format("0x%x", Testbench.RAM_PADDR));
    }
    thaw(arguments.toArray());
  }

  private static Result run(Simulator simulator, Path file, int bytes, String... others)
      throws Exception {
    return run(BENCHES.get(simulator), file, bytes, others);
  }

  private static Result run(Testbench bench, Path file, int bytes, String... others)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("+hex=" + file);
    arguments.add("+bytes=" + Integer.toHexString(bytes));
    arguments.addAll(List.of(others));
    return bench.run(arguments);
  }

  @ParameterizedTest
  @EnumSource
  void theCoreFindsTheImagesMemory(Simulator simulator) throws Exception {
    Result result = run(simulator, hex, memory.length);

    assertThat(result.checksum()).hasValue(ImageMemory.cksum(memory));
    assertThat(result.verdict()).isEqualTo(GOOD);
    assertThat(result.status()).isZero();
    assertThat(result.lines())
        .containsSubsequence("thaw-report", "verdict=0x1", "end")
        .anyMatch(line -> line.matches("testbench: mark 1 at cycle \\d+"))
        .anyMatch(line -> line.matches("testbench: mark 2 at cycle \\d+"));
  }

  /** As docs/your-own-rtl.md says how to know the checksum. */
  @Test
  void theChecksumIsThatOfTheProgramCksum() throws Exception {
    Path bin = folder.resolve("image.bin");
    thaw("export", image, "--format", "bin", "-o", bin);

    CommandLineRun cksum =
        CommandLineRun.of(Path.of("cksum"), folder, Map.of(), bin.getFileName().toString());

    assertThat(cksum.out())
        .isEqualTo("%s %d image.bin%n", ImageMemory.cksum(memory), memory.length);
  }

  @ParameterizedTest
  @CsvSource({
    "1, little, bytes, 1, ''",
    "4, big, words, 1, ''",
    "4, little, words, 9, --sparse",
    "8, big, words, 2, --sparse",
    "16, little, words, 1, ''",
    "32, big, words, 3, --sparse"
  })
  void soItDoesInMemoriesOfOtherWidthsOrdersAndTimes(
      String wordBytes, String order, String unit, String clocks, String sparse) throws Exception {
    Path file = folder.resolve("other.hex");
    export(file, wordBytes, order, unit, sparse.isEmpty() ? new String[0] : new String[] {sparse});
    List<String> defines =
        new ArrayList<>(
            List.of(
                "WORD_BYTES=" + wordBytes,
                "WORD_ORDER=\"" + order + "\"",
                "MEMORY_CLOCKS=" + clocks));
    if (wordBytes.equals("1")) {
      defines.addAll(
          List.of("MARK=64'h60000018", "MARK_WIDTH=1", "EXIT=64'h60000001", "EXIT_WIDTH=1"));
      defines.addAll(List.of("EXIT_TIMES=2", "EXIT_PLUS=1"));
    }
    byte[] part = Arrays.copyOf(memory, wordBytes.equals("1") ? 100_001 : memory.length);

    Result result = run(Testbench.compile(Simulator.ICARUS, folder, defines), file, part.length);

    assertThat(result.checksum()).hasValue(ImageMemory.cksum(part));
    assertThat(result.verdict()).isEqualTo(GOOD);
    assertThat(result.status()).isZero();
  }

  @Test
  void reportAndConsoleMayBeOneDevice() throws Exception {
    List<String> defines = List.of("CONSOLE=`REPORT", "CONSOLE_WIDTH=1");

    Result result = run(Testbench.compile(Simulator.ICARUS, folder, defines), hex, 64);

    assertThat(result.checksum()).hasValue(ImageMemory.cksum(Arrays.copyOf(memory, 64)));
    assertThat(result.verdict()).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @EnumSource
  void aBitThatIsFlippedIsFound(Simulator simulator) throws Exception {
    String text = Files.readString(hex);
    int at = text.indexOf('\n', text.length() / 3) + 5;
    char digit = Character.forDigit(Character.digit(text.charAt(at), 16) ^ 4, 16);
    Path damaged = folder.resolve("damaged.hex");
    Files.writeString(damaged, text.substring(0, at) + digit + text.substring(at + 1));
    String expected = ImageMemory.cksum(memory);

    Result good = run(simulator, hex, memory.length, "+cksum=" + expected);
    Result bad = run(simulator, damaged, memory.length, "+cksum=" + expected);

    assertThat(good.verdict()).isEqualTo(GOOD);
    assertThat(bad.verdict()).isEqualTo("verdict: diverged");
    assertThat(bad.checksum()).isPresent().isNotEqualTo(good.checksum());
    assertThat(bad.status()).isNotZero();
  }

  /** Each failure is told by a line of its own, and none is a success. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "silent  | time-out after 5000 cycles",
        "wild    | store to 0x60001000, mask 00001111, where neither RAM nor a device is",
        "narrow  | store to 0x60000000, mask 00000011, where neither RAM nor a device is",
        "load    | load from 0x60000000, where no RAM is",
        "value   | none: the exit value is 0x55",
        "zero    | none: the exit value is 0x0",
        "mute    | none: exit with 1 and without a whole report",
        "torn    | none: exit with 1 and without a whole report",
        "liar    | none: exit with 1, but the report says 8",
        "status  | exited 3",
        "unknown | unknown value (X) on the bus: request 1, write 1, address 0x0000000060000000,"
            + " mask 00001111, data 0x00000000xxxxxxxx",
      })
  void anEndThatIsNoneIsTold(String fault, String verdict) throws Exception {
    for (Simulator simulator : Simulator.values()) {
      Result result = run(simulator, hex, 64, "+cycles=5000", "+fault=" + fault);

      assertThat(result.status()).as(simulator.name()).isNotZero();
      // Verilator has no unknown values; what it takes for one is no verdict.
      boolean isKnown = fault.equals("unknown") && simulator == Simulator.VERILATOR;
      assertThat(result.verdict())
          .as(simulator.name())
          .isEqualTo("verdict: %s", isKnown ? "none: the exit value is 0x0" : verdict);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, little, words, ''",
    "8, big, words, ''",
    "8, little, bytes, ''",
    "8, little, words, --banks=2",
    "8, little, words, --address-base=0"
  })
  void aFileForAnotherMemoryIsRefused(String wordBytes, String order, String unit, String option)
      throws Exception {
    Path file = folder.resolve("other.hex");
    export(file, wordBytes, order, unit, option.isEmpty() ? new String[0] : new String[] {option});
    Path written = option.contains("banks") ? folder.resolve("other.hex.0") : file;

    for (Simulator simulator : Simulator.values()) {
      Result result = run(simulator, written, 64);

      assertThat(result.verdict()).isEqualTo("verdict: no image");
      assertThat(result.status()).isNotZero();
      assertThat(result.lines().get(0)).contains("is not for this memory of 64-bit words");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsNotThereIsNoImage(Simulator simulator) throws Exception {
    Result result = run(simulator, folder.resolve("none.hex"), 64);

    assertThat(result.verdict()).isEqualTo("verdict: no image");
    assertThat(result.status()).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void memoryThatAFileLacksIsNotTakenForTheImages(Simulator simulator) throws Exception {
    Path cut = folder.resolve("cut.hex");
    String text = Files.readString(hex);
    Files.writeString(cut, text.substring(0, text.indexOf('\n', text.length() / 2)));

    Result result = run(simulator, cut, memory.length, "+cksum=" + ImageMemory.cksum(memory));

    assertThat(result.verdict()).isEqualTo("verdict: diverged");
    assertThat(result.status()).isNotZero();
  }

  /** Without a checksum to compare with, too: what was not loaded is X. */
  @Test
  void memoryThatIsUnknownIsTold() throws Exception {
    Result result = run(Simulator.ICARUS, hex, memory.length + 8);

    assertThat(result.verdict()).isEqualTo("verdict: diverged");
    assertThat(result.status()).isNotZero();
  }

  /** What is in two files is the same in both. */
  @Test
  void theTestbenchsAddressesAreThoseOfThePlatformsFile() throws Exception {
    String platform = Files.readString(Testbench.FOLDER.resolve("my-soc.toml"));

    assertThat(platform)
        .contains("entry = " + number("RAM_START"), "start = " + number("RAM_START"))
        .contains(
            String.format(
                "end = 0x%x", Long.decode(number("RAM_START")) + Long.decode(number("RAM_BYTES"))))
        .contains("[console]\n" + store("CONSOLE"), "[report]\n" + store("REPORT"))
        .contains("[[region-begin]]\n" + store("MARK"), "[[region-end]]\n" + store("MARK"))
        .contains("[[exit]]\n" + store("EXIT"))
        .doesNotContain("times", "plus");
    assertThat(number("EXIT_TIMES") + number("EXIT_PLUS")).isEqualTo("10");
  }

  private static String store(String device) throws IOException {
    return String.format("store = %s%nwidth = %s%n", number(device), number(device + "_WIDTH"));
  }

  private static String number(String macro) throws IOException {
    List<String> found =
        Files.readAllLines(Testbench.FOLDER.resolve("platform.vh")).stream()
            .filter(line -> line.startsWith("`define " + macro + " "))
            .map(line -> line.split(" +", 4)[2].replaceFirst("^64'h0*", "0x"))
            .toList();
    return found.get(0);
  }
}
