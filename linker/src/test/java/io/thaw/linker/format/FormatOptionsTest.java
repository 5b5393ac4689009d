package io.thaw.linker.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatOptionsTest {

  private static final long GIB = 1L << 30;

  private static MemoryImage image(long... paddrs) throws InvalidInputException {
    List<Segment> segments =
        Arrays.stream(paddrs).mapToObj(paddr -> new Segment(paddr, 0, 16, 0x1000)).toList();
    return MemoryImage.of("image.elf", Path.of("image.elf"), paddrs[0], segments);
  }

  private static void assertRefused(ImageFormat format, MemoryImage image, String... says) {
    assertThatThrownBy(() -> format.checkFits(image))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(says);
  }

  private static VerilogHexFormat hex(
      int wordBytes, int fill, long base, int banks, boolean sparse) {
    return new VerilogHexFormat(
        wordBytes, WordOrder.LITTLE, fill, base, AddressUnit.WORDS, banks, sparse);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, 0, 1, false, '3 bytes in a word'",
    "0, 0, 0, 1, false, '0 bytes in a word'",
    "256, 0, 0, 1, false, '256 bytes in a word'",
    "4, 256, 0, 1, false, 'fill 256'",
    "4, -1, 0, 1, false, 'fill -1'",
    "4, 7, 0, 1, true, 'fill 0x7 of sparse memory'",
    "4, 0, 0x80000002, 1, false, 'address base 0x80000002, acceptable: a multiple of'",
    "4, 0, -4, 1, false, 'address base 0xfffffffffffffffc'",
    "4, 0, 0, 3, false, '3 banks, acceptable: a power of two from 1 to 256'",
    "4, 0, 0, 512, false, '512 banks'"
  })
  void anOptionOfHexThatCannotBeIsRefused(
      int wordBytes, int fill, String base, int banks, boolean sparse, String says) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hex(wordBytes, fill, Long.decode(base), banks, sparse))
        .withMessageStartingWith("found " + says)
        .withMessageContaining("acceptable: ");
  }

  @Test
  void aBaseAboveTheLowestSegmentIsRefusedInEveryFormat() throws Exception {
    MemoryImage image = image(0x1000, 0x8000);
    String says = "one at 0x1000, below the address base 0x1004";

    assertRefused(hex(4, 0, 0x1004, 1, false), image, says);
    assertRefused(new BinaryFormat(OptionalLong.of(0x1004), 0, false), image, says);
    assertRefused(new IntelHexFormat(0x1004, false), image, says, "entry");
    assertRefused(new SRecordFormat(0x1004, false), image, says, "entry");
  }

  @Test
  void recordsReach4GibFromTheBaseAndNoFurther() throws Exception {
    MemoryImage whole = image(GIB, 4 * GIB - 0x1000);
    MemoryImage above = image(GIB, 4 * GIB);

    assertThatCode(() -> new IntelHexFormat(0, false).checkFits(whole)).doesNotThrowAnyException();
    assertThatCode(() -> new SRecordFormat(GIB, false).checkFits(above)).doesNotThrowAnyException();
    assertRefused(new IntelHexFormat(0, false), above, "0x100001000", "format ihex");
    assertRefused(new SRecordFormat(0, false), above, "0x100001000", "format srec");
  }

  @Test
  void flatBytesWithAGapOverTheLimitAreRefused() throws Exception {
    MemoryImage image = image(GIB, 2 * GIB);
    BinaryFormat fromItsStart = new BinaryFormat(OptionalLong.empty(), 0, false);

    assertRefused(fromItsStart, image, "a gap of 0x3ffff000 bytes below 0x80000000");
    assertRefused(new BinaryFormat(OptionalLong.of(0), 0, false), image(GIB), "below 0x40000000");
    assertThatCode(() -> fromItsStart.checkFits(image(GIB))).doesNotThrowAnyException();
  }

  @Test
  void segmentsThatOverlapOrWrapAreRefused() {
    assertThatThrownBy(() -> image(0x1000, 0x1fff)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> image(-0x1000)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> image(Long.MAX_VALUE)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void banksAreFilesWithTheirNumberBehindTheName(int banks) {
    assertThat(hex(4, 0, 0, banks, false).files(Path.of("a/m.hex")))
        .hasSize(banks)
        .startsWith(Path.of("a/m.hex.0"), Path.of("a/m.hex.1"));
  }
}
