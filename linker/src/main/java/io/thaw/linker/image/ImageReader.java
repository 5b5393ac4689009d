package io.thaw.linker.image;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an image's header, program headers and manifest. Own code and not jelf, which maps whole
 * files and so refuses those over 2 GiB; takes exactly what {@link ElfLayout} writes: ELF64, little
 * endian, ET_EXEC, at most {@value #MAX_PROGRAM_HEADERS} program headers, the manifest in a
 * PT_NOTE.
 */
public final class ImageReader {

  private static final int ELF_HEADER_SIZE_BYTES = 64;
  private static final int PROGRAM_HEADER_SIZE_BYTES = 56;
  private static final int MAX_PROGRAM_HEADERS = 65_000;
  private static final int MAX_NOTE_SIZE_BYTES = 64 << 20;
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int ET_EXEC = 2;

  private final String name;
  private final FileChannel file;
  private final long fileSizeBytes;

  private ImageReader(String name, FileChannel file) throws IOException {
    this.name = name;
    this.file = file;
    this.fileSizeBytes = file.size();
  }

  /** Whether a file begins as an ELF file does. */
  public static boolean looksLikeElf(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer magic = ByteBuffer.allocate(4);
      while (magic.hasRemaining() && file.read(magic) >= 0) {}
      return !magic.hasRemaining() && magic.flip().getInt() == 0x7f454c46;
    }
  }

  /**
   * Reads the description of an image.
   *
   * @throws InvalidInputException if the file is not an image that Thaw linked, or is damaged
   */
  public static ImageDescription read(Path path) throws InvalidInputException, IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new ImageReader(String.valueOf(path.getFileName()), file).read();
    }
  }

  private ImageDescription read() throws InvalidInputException, IOException {
    ByteBuffer header = bytes("ELF header", 0, ELF_HEADER_SIZE_BYTES);
    require("ELF header", "magic", header.getInt(0), 0x464c457f);
    require("ELF header", "EI_CLASS and EI_DATA", header.getShort(4), 0x0102);
    require("ELF header", "e_type", header.getShort(16), ET_EXEC);
    require("ELF header", "e_phentsize", header.getShort(54), PROGRAM_HEADER_SIZE_BYTES);
    int machine = Short.toUnsignedInt(header.getShort(18));
    int count = Short.toUnsignedInt(header.getShort(56));
    if (count > MAX_PROGRAM_HEADERS) {
      throw refused("ELF header", "e_phnum " + count, "at most " + MAX_PROGRAM_HEADERS);
    }
    ByteBuffer programHeaders =
        bytes("program headers", header.getLong(32), count * PROGRAM_HEADER_SIZE_BYTES);
    List<ImageDescription.Segment> segments = new ArrayList<>();
    List<Manifest> manifests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer entry =
          programHeaders
              .slice(i * PROGRAM_HEADER_SIZE_BYTES, PROGRAM_HEADER_SIZE_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      if (entry.getInt(0) == PT_LOAD) {
        segments.add(segment(i, entry));
      } else if (entry.getInt(0) == PT_NOTE) {
        readManifest(i, entry, manifests);
      }
    }
    if (manifests.size() != 1) {
      throw refused(
          "program headers", manifests.size() + " manifests of Thaw", "an image with one");
    }
    checkMachine(machine, manifests.get(0));
    return new ImageDescription(
        manifests.get(0), header.getLong(24), fileSizeBytes, List.copyOf(segments));
  }

  private ImageDescription.Segment segment(int index, ByteBuffer entry)
      throws InvalidInputException {
    long offset = entry.getLong(8);
    long stored = entry.getLong(32);
    long memory = entry.getLong(40);
    if (offset < 0 || stored < 0 || stored > fileSizeBytes - offset || memory < stored) {
      throw refused(
          "program header " + index,
          String.format("bytes 0x%x to 0x%x", offset, offset + stored),
          String.format("a range of the file's 0x%x bytes", fileSizeBytes));
    }
    return new ImageDescription.Segment(entry.getLong(24), offset, stored, memory);
  }

  private void readManifest(int index, ByteBuffer entry, List<Manifest> manifests)
      throws InvalidInputException, IOException {
    String record = "program header " + index;
    long size = entry.getLong(32);
    if (size < 12 || size > MAX_NOTE_SIZE_BYTES) {
      throw refused(record, "a note of " + size + " bytes", "12 to " + MAX_NOTE_SIZE_BYTES);
    }
    ByteBuffer note = bytes(record, entry.getLong(8), (int) size);
    int nameSize = note.getInt();
    int descriptionSize = note.getInt();
    int type = note.getInt();
    if (nameSize < 0 || nameSize > 16 || descriptionSize < 0 || descriptionSize > size) {
      throw refused(record, "note sizes " + nameSize + ", " + descriptionSize, "sizes within it");
    }
    int descriptionOffset = 12 + ((nameSize + 3) & -4);
    if (descriptionOffset + (long) descriptionSize > size) {
      throw refused(record, "a note that is cut off", "a whole one");
    }
    byte[] owner = new byte[nameSize];
    note.get(owner);
    String expected = ElfNote.MANIFEST_NAME + "\0";
    if (type == ElfNote.MANIFEST_TYPE
        && expected.equals(new String(owner, StandardCharsets.ISO_8859_1))) {
      byte[] json = new byte[descriptionSize];
      note.position(descriptionOffset);
      note.get(json);
      manifests.add(ManifestJson.decode(name, json));
    }
  }

  private void checkMachine(int machine, Manifest manifest) throws InvalidInputException {
    if (Architecture.byLabel(manifest.architecture())
        .filter(architecture -> architecture.elfMachine() == machine)
        .isEmpty()) {
      throw refused(
          "ELF header",
          "e_machine " + machine + " and a manifest for " + manifest.architecture(),
          "the same architecture in both");
    }
  }

  private void require(String record, String field, int found, int wanted)
      throws InvalidInputException {
    if (found != wanted) {
      throw refused(record, String.format("%s 0x%x", field, found), String.format("0x%x", wanted));
    }
  }

  private ByteBuffer bytes(String record, long offset, int sizeBytes)
      throws InvalidInputException, IOException {
    if (offset < 0 || offset > fileSizeBytes - sizeBytes) {
      throw refused(
          record,
          String.format("bytes 0x%x to 0x%x", offset, offset + sizeBytes),
          String.format("a range of the file's 0x%x bytes", fileSizeBytes));
    }
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw refused(record, "the end of the file", sizeBytes + " bytes");
      }
    }
    return bytes.flip();
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(name, record, found, acceptable);
  }
}
