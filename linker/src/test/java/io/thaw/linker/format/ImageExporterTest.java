package io.thaw.linker.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.progress.Progress;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageExporterTest {

  @TempDir private Path folder;

  static Stream<ImageFormat> formats() {
    return Stream.of(
        new ElfFormat(),
        Export.BIN,
        Export.IHEX,
        Export.SREC,
        new VerilogHexFormat(4, WordOrder.LITTLE, 0, 0, AddressUnit.WORDS, 2, false));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anImageThatBecameShorterLeavesOldFilesAsTheyWereAndNoNewOnes(ImageFormat format)
      throws Exception {
    RandomImage image = RandomImage.of(folder, 1, 0x8000_0000L, 1, /* tails= */ false);
    Path out = folder.resolve("out" + format.kind().suffix());
    List<Path> files = format.files(out);
    for (Path file : files) {
      Files.writeString(file, "the old one");
    }
    Path elf = image.image().file();
    Files.write(elf, new byte[100]);

    if (format.kind() == FormatKind.ELF) {
      Export.to(image, format, folder);
      assertThat(out).hasSameBinaryContentAs(elf);
      return;
    }
    assertThatThrownBy(() -> Export.to(image, format, folder)).isInstanceOf(EOFException.class);

    assertThat(files).allSatisfy(file -> assertThat(file).hasContent("the old one"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1 + files.size());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theSameImageGivesTheSameBytes(ImageFormat format) throws Exception {
    RandomImage image = RandomImage.of(folder, 2, 0x8000_0000L, 1, /* tails= */ true);
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");

    ImageExporter.export(image.image(), format, first, Progress.NONE);
    ImageExporter.export(image.image(), format, second, Progress.NONE);

    for (int i = 0; i < format.files(first).size(); i++) {
      assertThat(format.files(second).get(i)).hasSameBinaryContentAs(format.files(first).get(i));
    }
  }

  @Test
  void anImageLargerThanAnArrayIsExported() throws Exception {
    long size = (2L << 30) + 5;
    Path file = folder.resolve("large");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(new byte[] {9}), size - 1);
    }
    long paddr = 1L << 40;
    MemoryImage image =
        MemoryImage.of("large", file, paddr, List.of(new Segment(paddr, 0, size, size + 7)));

    Path bin = folder.resolve("large.bin");
    ImageExporter.export(
        image, new BinaryFormat(OptionalLong.empty(), 0, false), bin, Progress.NONE);
    assertThat(Files.size(bin)).isEqualTo(size + 7);
    Path hex = folder.resolve("large.hex");
    ImageExporter.export(
        image, Export.hex(4, WordOrder.LITTLE, 0, /* sparse= */ true), hex, Progress.NONE);
    assertThat(HexParser.words(hex, 1).toString()).isEqualTo("{275414777857=9}");
  }

  @Test
  void twoSegmentsMayShareAWord() throws Exception {
    Path file = Files.write(folder.resolve("two"), new byte[] {1, 2});
    MemoryImage image =
        MemoryImage.of(
            "two", file, 0x11, List.of(new Segment(0x11, 0, 1, 1), new Segment(0x13, 1, 1, 1)));
    Path hex = folder.resolve("two.hex");
    VerilogHexFormat format =
        new VerilogHexFormat(8, WordOrder.BIG, 0xee, 8, AddressUnit.BYTES, 1, false);

    ImageExporter.export(image, format, hex, Progress.NONE);

    assertThat(hex)
        .hasContent(
            """
            // words of 64 bits, big-endian, bank 0 of 1; addresses count bytes from 0x8
            // entry at physical address 0x11
            @00000008
            EE01EE02EEEEEEEE
            """);
  }
}
