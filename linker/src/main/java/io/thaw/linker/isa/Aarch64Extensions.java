package io.thaw.linker.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Classes of encodings of AArch64 (Arm ARM, C4.1). Hints (PACIASP, BTI) are listed although they do
 * nothing where there is no such extension.
 */
final class Aarch64Extensions {

  /** Encodings whose bits of {@code mask} are {@code value}. */
  private record Encodings(int mask, int value, String extension) {}

  /** The first match counts, so the special come before the general. */
  private static final List<Encodings> TABLE =
      List.of(
          new Encodings(0x1e000000, 0x04000000, "sve"),
          // Hint space: CRm and op2 in bits 11 to 5.
          new Encodings(0xffffff1f, 0xd503231f, "paca"),
          new Encodings(0xffffff3f, 0xd503211f, "paca"),
          new Encodings(0xffffffff, 0xd50320ff, "paca"),
          new Encodings(0xffffff3f, 0xd503241f, "bti"),
          new Encodings(0xfffffbff, 0xd65f0bff, "paca"),
          new Encodings(0xfedff800, 0xd61f0800, "paca"),
          new Encodings(0xffff0000, 0xdac10000, "paca"),
          new Encodings(0xff200400, 0xf8200400, "paca"),
          new Encodings(0xffe0fc00, 0x9ac03000, "pacg"),
          new Encodings(0xffe0fc00, 0x9ac01000, "mte"),
          new Encodings(0xbfc0c000, 0x91800000, "mte"),
          new Encodings(0xff200000, 0xd9200000, "mte"),
          new Encodings(0x7fe0e000, 0x1ac04000, "crc32"),
          new Encodings(0x3ffffc00, 0x38bfc000, "lrcpc"),
          new Encodings(0x3f200c00, 0x19000000, "ilrcpc"),
          new Encodings(0x3f200c00, 0x38200000, "atomics"),
          new Encodings(0x3fa07c00, 0x08a07c00, "atomics"),
          new Encodings(0xbfa07c00, 0x08207c00, "atomics"),
          new Encodings(0xffffcc00, 0x4e284800, "aes"),
          new Encodings(0xbfe0fc00, 0x0ee0e000, "pmull"),
          new Encodings(0xffe0cc00, 0x5e000000, "sha1"),
          new Encodings(0xffffec00, 0x5e280800, "sha1"),
          new Encodings(0xffe0cc00, 0x5e004000, "sha2"),
          new Encodings(0xfffffc00, 0x5e282800, "sha2"),
          new Encodings(0xffe0fc00, 0xce608c00, "sha3"),
          new Encodings(0xffe0f000, 0xce608000, "sha512"),
          new Encodings(0xfffffc00, 0xcec08000, "sha512"),
          new Encodings(0xffc08000, 0xce000000, "sha3"),
          new Encodings(0xffe00000, 0xce800000, "sha3"),
          new Encodings(0x9fe0fc00, 0x0e809400, "asimddp"),
          new Encodings(0x9fc0f400, 0x0f80e000, "asimddp"),
          new Encodings(0xbf20f400, 0x2e008400, "asimdrdm"),
          new Encodings(0xfffffc00, 0x1e7e0000, "jscvt"),
          // Conversions from and to half precision are of the base.
          new Encodings(0xfffe7c00, 0x1ee24000, "fp"),
          new Encodings(0x5fe00000, 0x1ee00000, "fphp"),
          new Encodings(0xffc00000, 0x1fc00000, "fphp"),
          new Encodings(0x9f60c400, 0x0e400400, "asimdhp"),
          new Encodings(0x9f7e0c00, 0x0e780800, "asimdhp"),
          new Encodings(0x5e000000, 0x1e000000, "fp"),
          new Encodings(0x0e000000, 0x0e000000, "asimd"),
          new Encodings(0xbe000000, 0x0c000000, "asimd"),
          // Loads and stores of single registers serve both.
          new Encodings(0x0e000000, 0x0c000000, "fp"));

  private static final int SIZE_BYTES = 4;

  private Aarch64Extensions() {}

  static Optional<String> of(byte[] instruction) {
    if (instruction.length != SIZE_BYTES) {
      return Optional.empty();
    }
    int word = ByteBuffer.wrap(instruction).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return TABLE.stream()
        .filter(encodings -> (word & encodings.mask()) == encodings.value())
        .map(Encodings::extension)
        .findFirst();
  }
}
