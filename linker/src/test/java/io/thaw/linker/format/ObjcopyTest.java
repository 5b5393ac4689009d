package io.thaw.linker.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * GNU objcopy is the oracle where it means the same: it leaves out the zeros behind a segment, so
 * images without such are compared. Seeds are the arguments.
 */
class ObjcopyTest {

  @TempDir private Path folder;

  @BeforeAll
  static void objcopyIsThere() {
    ExternalTools.assumeThere("objcopy", "binutils");
  }

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  private RandomImage image(long seed, int alignment) throws Exception {
    return RandomImage.of(folder, seed, 0x8020_0000L, alignment, /* tails= */ false);
  }

  private Path objcopy(RandomImage image, String... options) throws Exception {
    Path out = folder.resolve("theirs");
    List<String> command = new ArrayList<>(List.of("objcopy"));
    command.addAll(List.of(options));
    command.addAll(List.of(image.image().file().toString(), out.toString()));
    ExternalTools.run(folder, command);
    return out;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void flatBytesAreTheSame(long seed) throws Exception {
    RandomImage image = image(seed, 1);
    Path theirs = objcopy(image, "-O", "binary", "--gap-fill", "0x77");
    BinaryFormat format = new BinaryFormat(OptionalLong.empty(), 0x77, false);

    assertThat(Export.to(image, format, folder)).hasSameBinaryContentAs(theirs);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void intelHexIsTheSameByteForByte(long seed) throws Exception {
    RandomImage image = image(seed, 1);

    assertThat(Export.to(image, Export.IHEX, folder))
        .hasSameBinaryContentAs(objcopy(image, "-O", "ihex"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sRecordsAreTheSameLineByLineButForTheNameInTheFirst(long seed) throws Exception {
    RandomImage image = image(seed, 16);
    List<String> theirs = Files.readAllLines(objcopy(image, "-O", "srec", "--srec-forceS3"));
    List<String> ours = Files.readAllLines(Export.to(image, Export.SREC, folder));

    assertThat(ours.get(0)).startsWith("S0");
    assertThat(theirs.get(0)).startsWith("S0");
    assertThat(ours.subList(1, ours.size()).equals(theirs.subList(1, theirs.size()))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void recordsThatObjcopyCutsElsewhereHoldTheSameMemory(long seed) throws Exception {
    RandomImage image = image(seed, 1);
    RecordParser theirs = RecordParser.sRecords(objcopy(image, "-O", "srec", "--srec-forceS3"));

    RecordParser ours = RecordParser.sRecords(Export.to(image, Export.SREC, folder));

    assertThat(ours.bytes().equals(theirs.bytes())).isTrue();
    assertThat(ours.start()).isEqualTo(theirs.start());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 4", "3, 8", "4, 4", "5, 2"})
  void wordsForReadmemhAreTheSame(long seed, int wordBytes) throws Exception {
    RandomImage image = image(seed, 8);
    Path theirs = objcopy(image, "-O", "verilog", "--verilog-data-width=" + wordBytes);

    Path ours =
        Export.to(image, Export.hex(wordBytes, WordOrder.LITTLE, 0, /* sparse= */ false), folder);

    NavigableMap<Long, BigInteger> words = new TreeMap<>(HexParser.words(theirs, 1));
    assertThat(words.size()).isEqualTo(image.bytes().size() / wordBytes);
    assertThat(HexParser.words(ours, 1).equals(words)).isTrue();
  }
}
