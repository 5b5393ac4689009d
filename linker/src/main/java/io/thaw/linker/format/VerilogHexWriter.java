package io.thaw.linker.format;

import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes {@link VerilogHexFormat}: word i of the memory is word i / banks of file i % banks. */
final class VerilogHexWriter {

  private VerilogHexWriter() {}

  /** Writes {@code image}, which fits, to {@code out}, one for each bank. */
  static void write(
      VerilogHexFormat format, MemoryImage image, List<FileChannel> out, Progress progress)
      throws IOException {
    List<HexFile> banks = new ArrayList<>();
    for (FileChannel file : out) {
      HexFile bank = new HexFile(format, file);
      for (String line : comments(format, image, banks.size())) {
        bank.comment(line);
      }
      banks.add(bank);
    }
    int mask = format.banks() - 1;
    int shift = Integer.numberOfTrailingZeros(format.banks());
    WordCutter cutter =
        new WordCutter(
            format.wordBytes(),
            format.fill(),
            (index, bytes, offset) ->
                banks.get((int) index & mask).word(index >> shift, bytes, offset));
    MemoryScan.run(image, format.basePaddr(), format.sparse(), progress, cutter::block);
    cutter.finish();
    for (HexFile bank : banks) {
      bank.finish();
    }
  }

  /** What a reader of the file must know and cannot see. */
  private static List<String> comments(VerilogHexFormat format, MemoryImage image, int bank) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "words of %d bits, %s-endian, bank %d of %d; addresses count %s from 0x%x",
            8 * format.wordBytes(),
            format.wordOrder().name().toLowerCase(Locale.ROOT),
            bank,
            format.banks(),
            format.addressUnit().name().toLowerCase(Locale.ROOT),
            format.basePaddr()));
    lines.add(String.format("entry at physical address 0x%x", image.entryPaddr()));
    if (format.sparse()) {
      lines.add("sparse: memory must be zero before this is loaded");
    }
    return lines;
  }
}
