package io.thaw.linker.image;

import io.thaw.linker.model.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A note of the ELF file, complete with its header and padding.
 *
 * @param sectionName name of the section that shows it
 * @param content the note
 */
record ElfNote(String sectionName, ByteBlock content) {

  /** QEMU finds the PVH note only if its segment says 4. */
  static final int ALIGNMENT_BYTES = 4;

  /** XEN_ELFNOTE_PHYS32_ENTRY of {@code xen/include/public/elfnote.h}. */
  private static final int PHYS32_ENTRY = 18;

  /** Name and type of the manifest's note. */
  static final String MANIFEST_NAME = "Thaw";

  static final int MANIFEST_TYPE = 1;

  /** The 32-bit entry point of PVH; loaders read eight bytes of it. */
  static ElfNote pvh(long entryPaddr) {
    byte[] description =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(entryPaddr).array();
    return new ElfNote(".note.Xen", note("Xen", PHYS32_ENTRY, description));
  }

  static ElfNote manifest(byte[] json) {
    return new ElfNote(".note.Thaw", note(MANIFEST_NAME, MANIFEST_TYPE, json));
  }

  byte[] bytes() {
    return content.toArray();
  }

  private static ByteBlock note(String name, int type, byte[] description) {
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer note =
        ByteBuffer.allocate(12 + padded(nameBytes.length) + padded(description.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    note.putInt(nameBytes.length).putInt(description.length).putInt(type).put(nameBytes);
    note.position(12 + padded(nameBytes.length));
    note.put(description);
    return ByteBlock.copyOf(note.array());
  }

  private static int padded(int sizeBytes) {
    return (sizeBytes + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
  }
}
