package io.thaw.linker.format;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** One file for {@code $readmemh}. */
final class HexFile {

  private static final int LINE_BYTES = 16;

  private final VerilogHexFormat format;
  private final TextOutput out;
  private final int wordsInLine;
  private final int addressFactor;
  private long nextIndex = -1;
  private int wordsLeftInLine;

  HexFile(VerilogHexFormat format, FileChannel file) {
    this.format = format;
    this.out = new TextOutput(file);
    this.wordsInLine = Math.max(1, LINE_BYTES / format.wordBytes());
    this.addressFactor = format.addressUnit() == AddressUnit.BYTES ? format.wordBytes() : 1;
  }

  void comment(String text) throws IOException {
    out.text("// " + text + "\n");
  }

  /** Puts a word, given in the order of memory, at {@code index}, above those before. */
  void word(long index, byte[] bytes, int offset) throws IOException {
    int size = format.wordBytes();
    if (format.sparse() && MemoryScan.isZero(bytes, offset, offset + size)) {
      return;
    }
    if (index != nextIndex) {
      endLine();
      out.text(String.format("@%08X\n", index * addressFactor));
    }
    if (wordsLeftInLine == 0) {
      wordsLeftInLine = wordsInLine;
    } else {
      out.text(" ");
    }
    for (int i = 0; i < size; i++) {
      out.hex(bytes[offset + (format.wordOrder() == WordOrder.BIG ? i : size - 1 - i)]);
    }
    nextIndex = index + 1;
    if (--wordsLeftInLine == 0) {
      out.text("\n");
    }
  }

  void finish() throws IOException {
    endLine();
    out.flush();
  }

  private void endLine() throws IOException {
    if (wordsLeftInLine > 0) {
      out.text("\n");
      wordsLeftInLine = 0;
    }
  }
}
