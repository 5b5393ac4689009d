package io.thaw.linker.format;

/** The ELF file as the linker wrote it, note and symbols included. */
public record ElfFormat() implements ImageFormat {

  @Override
  public FormatKind kind() {
    return FormatKind.ELF;
  }

  @Override
  public void checkFits(MemoryImage image) {}
}
