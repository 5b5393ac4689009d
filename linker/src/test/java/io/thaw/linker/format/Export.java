package io.thaw.linker.format;

import io.thaw.linker.progress.Progress;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Formats as tests write them. */
final class Export {

  static final ImageFormat BIN = new BinaryFormat(OptionalLong.empty(), 0, false);
  static final ImageFormat IHEX = new IntelHexFormat(0, false);
  static final ImageFormat SREC = new SRecordFormat(0, false);

  private Export() {}

  /** The file that {@code image} becomes. */
  static Path to(RandomImage image, ImageFormat format, Path folder) throws Exception {
    Path file = folder.resolve("out" + format.kind().suffix());
    ImageExporter.export(image.image(), format, file, Progress.NONE);
    return file;
  }

  /** Words in a single file. */
  static VerilogHexFormat hex(int wordBytes, WordOrder order, long basePaddr, boolean sparse) {
    return new VerilogHexFormat(wordBytes, order, 0, basePaddr, AddressUnit.WORDS, 1, sparse);
  }
}
