package io.thaw.linker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Icarus Verilog loads what we write with $readmemh; its memory is compared word by word. */
class IcarusTest {

  private static final long BASE_PADDR = 0x8000_0000L;

  @TempDir private Path folder;

  @BeforeAll
  static void icarusIsThere() {
    ExternalTools.assumeThere("iverilog", "iverilog");
    ExternalTools.assumeThere("vvp", "iverilog");
  }

  @ParameterizedTest
  @CsvSource({
    "1, LITTLE, 1, false",
    "4, LITTLE, 1, false",
    "4, BIG, 1, false",
    "8, LITTLE, 2, false",
    "8, BIG, 4, true",
    "1, LITTLE, 4, false",
    "16, LITTLE, 1, true",
    "64, BIG, 2, false"
  })
  void aVerilogMemoryHasTheImagesWords(int wordBytes, WordOrder order, int banks, boolean sparse)
      throws Exception {
    RandomImage image =
        RandomImage.of(
            folder, wordBytes + banks, BASE_PADDR, /* alignment= */ 1, /* tails= */ true);
    VerilogHexFormat format =
        new VerilogHexFormat(wordBytes, order, 0, BASE_PADDR, AddressUnit.WORDS, banks, sparse);
    ImageExporter.export(image.image(), format, folder.resolve("m.hex"), Progress.NONE);
    long size = image.image().endPaddr() - BASE_PADDR;
    int words = (int) ((size + wordBytes - 1) / wordBytes);

    List<String> found = load(format, words);

    List<String> expected = new ArrayList<>();
    for (int word = 0; word < words; word++) {
      expected.add(expected(image, format, BASE_PADDR + (long) word * wordBytes));
    }
    assertThat(found.equals(expected)).isTrue();
  }

  /** A word no byte of which was loaded is unknown, or zero if memory was zero before. */
  private static String expected(RandomImage image, VerilogHexFormat format, long paddr) {
    int wordBytes = format.wordBytes();
    if (image.bytes().subMap(paddr, paddr + wordBytes).isEmpty()) {
      return (format.sparse() ? "00" : "xx").repeat(wordBytes);
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < wordBytes; i++) {
      int position = format.wordOrder() == WordOrder.BIG ? i : wordBytes - 1 - i;
      word.append(String.format("%02x", image.bytes().getOrDefault(paddr + position, (byte) 0)));
    }
    return word.toString();
  }

  /** The words of the whole memory: number i is in bank i % banks at i / banks. */
  private List<String> load(VerilogHexFormat format, int words) throws Exception {
    int banks = format.banks();
    int depth = words / banks + 1;
    List<Path> files = format.files(folder.resolve("m.hex"));
    StringBuilder memories = new StringBuilder();
    StringBuilder begin = new StringBuilder();
    StringBuilder cases = new StringBuilder();
    for (int bank = 0; bank < banks; bank++) {
      memories.append(
          String.format("reg [%d:0] m%d [0:%d];%n", 8 * format.wordBytes() - 1, bank, depth - 1));
      if (format.sparse()) {
        begin.append(String.format("for (i = 0; i < %d; i = i + 1) m%d[i] = 0;%n", depth, bank));
      }
      begin.append(String.format("$readmemh(\"%s\", m%d);%n", files.get(bank).getFileName(), bank));
      cases.append(String.format("%d: $fdisplay(f, \"%%h\", m%d[i / %d]);%n", bank, bank, banks));
    }
    Files.writeString(
        folder.resolve("t.v"),
        String.format(
            "module t;%n%sinteger i, f;%ninitial begin%n%sf = $fopen(\"words\");%n"
                + "for (i = 0; i < %d; i = i + 1) case (i %% %d)%n%sendcase%n"
                + "$fclose(f);%nend%nendmodule%n",
            memories, begin, words, banks, cases));
    ExternalTools.run(folder, List.of("iverilog", "-g2005", "-o", "t", "t.v"));
    ExternalTools.run(folder, List.of("vvp", "-n", "t"));
    return Files.readAllLines(folder.resolve("words"));
  }
}
