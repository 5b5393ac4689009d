package io.thaw.linker.format;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * A format with its options. An option that is wrong by itself is refused by the constructors, with
 * an {@link IllegalArgumentException} that says what would have been accepted; one that does not go
 * with an image by {@link #checkFits}.
 */
public sealed interface ImageFormat
    permits ElfFormat, BinaryFormat, VerilogHexFormat, IntelHexFormat, SRecordFormat {

  /** What users call it. */
  FormatKind kind();

  /**
   * Whether {@code image} can be written so.
   *
   * @throws InvalidInputException if it cannot, with every reason
   */
  void checkFits(MemoryImage image) throws InvalidInputException;

  /** The files that are written for {@code output}. */
  default List<Path> files(Path output) {
    return List.of(output);
  }
}
