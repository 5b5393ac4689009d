package io.thaw.linker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.progress.Progress;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written is read back by other code as the memory that it was; seeds are the arguments.
 */
class RandomSegmentsTest {

  private static final long START_PADDR = 0xffff_fff0L - 0x7fff_0000L;

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  private RandomImage image(long seed) throws Exception {
    return RandomImage.of(folder, seed, START_PADDR, 1, /* tails= */ true);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void intelHexHoldsTheMemoryAndTheEntry(long seed) throws Exception {
    RandomImage image = image(seed);

    RecordParser parsed = RecordParser.intelHex(Export.to(image, Export.IHEX, folder));

    assertThat(parsed.bytes().equals(image.bytes())).isTrue();
    assertThat(parsed.start()).isEqualTo(image.image().entryPaddr());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sRecordsHoldTheMemoryAndTheEntry(long seed) throws Exception {
    RandomImage image = image(seed);

    RecordParser parsed = RecordParser.sRecords(Export.to(image, Export.SREC, folder));

    assertThat(parsed.bytes().equals(image.bytes())).isTrue();
    assertThat(parsed.start()).isEqualTo(image.image().entryPaddr());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sparseRecordsHoldAllThatIsNotZeroFromTheBaseOn(long seed) throws Exception {
    RandomImage image = image(seed);
    long base = START_PADDR - 4321;

    for (RecordParser parsed :
        new RecordParser[] {
          RecordParser.intelHex(Export.to(image, new IntelHexFormat(base, true), folder)),
          RecordParser.sRecords(Export.to(image, new SRecordFormat(base, true), folder))
        }) {
      NavigableMap<Long, Byte> moved = new TreeMap<>();
      parsed.bytes().forEach((address, value) -> moved.put(address + base, value));
      assertThat(image.bytes().entrySet().containsAll(moved.entrySet())).isTrue();
      assertThat(moved.entrySet().containsAll(image.nonZero().entrySet())).isTrue();
      assertThat(moved.size()).isLessThan(image.bytes().size());
      assertThat(parsed.start()).isEqualTo(image.image().entryPaddr() - base);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void flatBytesHaveTheFillBetweenSegments(long seed) throws Exception {
    RandomImage image = image(seed);
    long base = START_PADDR - seed * 10_000;
    BinaryFormat format = new BinaryFormat(OptionalLong.of(base), 0xa5, false);

    byte[] bytes = Files.readAllBytes(Export.to(image, format, folder));

    assertThat(bytes).hasSize((int) (image.image().endPaddr() - base));
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != image.bytes().getOrDefault(base + i, (byte) 0xa5)) {
        throw new AssertionError("at " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sparseFlatBytesEndWithTheLastThatIsNotZero(long seed) throws Exception {
    RandomImage image = image(seed);

    byte[] bytes =
        Files.readAllBytes(
            Export.to(image, new BinaryFormat(OptionalLong.empty(), 0, true), folder));

    NavigableMap<Long, Byte> nonZero = new TreeMap<>();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        nonZero.put(image.image().startPaddr() + i, bytes[i]);
      }
    }
    assertThat(nonZero.equals(image.nonZero())).isTrue();
    assertThat(bytes[bytes.length - 1]).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void wordsInBanksHoldTheMemoryAndTheFill(long seed) throws Exception {
    Random random = new Random(seed);
    RandomImage image = image(seed);
    int wordBytes = 1 << random.nextInt(8);
    WordOrder order = random.nextBoolean() ? WordOrder.LITTLE : WordOrder.BIG;
    AddressUnit unit = random.nextBoolean() ? AddressUnit.BYTES : AddressUnit.WORDS;
    int banks = 1 << random.nextInt(4);
    boolean sparse = random.nextBoolean();
    int fill = sparse ? 0 : 0x5a;
    long base = (START_PADDR - random.nextInt(10_000)) / wordBytes * wordBytes;
    VerilogHexFormat format =
        new VerilogHexFormat(wordBytes, order, fill, base, unit, banks, sparse);
    Path out = folder.resolve("out");

    ImageExporter.export(image.image(), format, out, Progress.NONE);

    Map<Long, Byte> parsed = new HashMap<>();
    long step = unit == AddressUnit.BYTES ? wordBytes : 1;
    for (int bank = 0; bank < banks; bank++) {
      for (var entry : HexParser.words(format.files(out).get(bank), step).entrySet()) {
        long word = entry.getKey() / step * banks + bank;
        assertThat(sparse && entry.getValue().equals(BigInteger.ZERO)).isFalse();
        for (int i = 0; i < wordBytes; i++) {
          parsed.put(
              base + word * wordBytes + i, HexParser.byteOf(entry.getValue(), wordBytes, order, i));
        }
      }
    }
    NavigableMap<Long, Byte> expected = sparse ? image.nonZero() : image.bytes();
    assertThat(parsed.entrySet().containsAll(expected.entrySet())).as("%s", format).isTrue();
    parsed.keySet().removeAll(image.bytes().keySet());
    assertThat(parsed.values()).as("%s", format).allMatch(value -> value == (byte) fill);
    if (wordBytes == 1) {
      assertThat(parsed).isEmpty();
    }
  }
}
