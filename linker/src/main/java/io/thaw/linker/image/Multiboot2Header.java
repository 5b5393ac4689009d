package io.thaw.linker.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * By which GRUB boots an image: it places the ELF's segments and enters, in 32-bit protected mode
 * without paging, at the address in the header. Multiboot 1 would make QEMU refuse the image.
 * Source: Multiboot2 Specification 2.0, sections 3.1.1 to 3.1.8.
 */
final class Multiboot2Header {

  /** Of the header within the file. */
  static final int ALIGNMENT_BYTES = 8;

  private static final int MAGIC = 0xe85250d6;
  private static final int ARCHITECTURE_I386 = 0;
  private static final short TAG_ENTRY_ADDRESS = 3;
  private static final short TAG_END = 0;
  private static final short REQUIRED = 0;
  private static final int SIZE_BYTES = 40;

  private Multiboot2Header() {}

  /**
   * The header's bytes.
   *
   * @param entryPaddr below 4 GiB
   */
  static byte[] bytes(long entryPaddr) {
    ByteBuffer header = ByteBuffer.allocate(SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).putInt(ARCHITECTURE_I386).putInt(SIZE_BYTES);
    header.putInt(-(MAGIC + ARCHITECTURE_I386 + SIZE_BYTES));
    header.putShort(TAG_ENTRY_ADDRESS).putShort(REQUIRED).putInt(12);
    header.putInt((int) entryPaddr).putInt(0);
    header.putShort(TAG_END).putShort(REQUIRED).putInt(8);
    return header.array();
  }
}
