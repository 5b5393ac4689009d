package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.StubIdentity;
import io.thaw.stubs.CompiledStub;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A trimmed image's file, looked into and changed by hand: by its headers and its page tables. */
final class TrimmedImage {

  private static final long FRAME = 0x0000_ffff_ffff_f000L;

  private final byte[] bytes;
  private final ImageDescription description;
  private final ByteBuffer words;
  private final CompiledStub stub;
  private final long stubPaddr;
  private final Architecture architecture;
  private final Map<Long, Long> known = new TreeMap<>();

  TrimmedImage(Path file) throws Exception {
    this.bytes = Files.readAllBytes(file);
    this.words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.description = ImageReader.read(file);
    this.architecture = description.architecture();
    this.stub = StubIdentity.compiled(architecture.label());
    this.stubPaddr = region("stub").paddr();
  }

  Manifest manifest() {
    return description.manifest();
  }

  private Manifest.Region region(String name) {
    return manifest().regions().stream()
        .filter(region -> region.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Where in the file a paddr is, -1 if the file does not have it. */
  int offset(long paddr) {
    for (ImageDescription.Segment segment : description.segments()) {
      long at = paddr - segment.paddr();
      if (at >= 0 && at < segment.fileSizeBytes()) {
        return Math.toIntExact(segment.offsetBytes() + at);
      }
    }
    return -1;
  }

  private long word(long paddr) {
    int offset = offset(paddr);
    return offset < 0 ? 0 : words.getLong(offset);
  }

  /** The program's pages: paddr of each entry by vaddr of the page. */
  Map<Long, Long> pages() {
    if (!known.isEmpty()) {
      return known;
    }
    Map<Long, Long> pages = known;
    walk(field("user_root_paddr"), (int) field("table_levels") - 1, 0, pages);
    assertThat(pages).isNotEmpty();
    return pages;
  }

  private long field(String name) {
    long offset =
        stub.offset("thaw_boot_block") + stub.layout().field("thaw_boot_block", name).value();
    return word(stubPaddr + offset);
  }

  private void walk(long table, int level, long vaddr, Map<Long, Long> pages) {
    boolean isRoot = table == field("user_root_paddr");
    for (int i = 0; i < (isRoot && architecture != Architecture.AARCH64 ? 256 : 512); i++) {
      long entry = word(table + i * 8L);
      long next = vaddr | (long) i << (12 + 9 * level);
      if (level > 0 && (entry & 1) != 0) {
        walk(frameOf(entry), level - 1, next, pages);
      } else if (level == 0 && (entry & userBit()) != 0) {
        pages.put(next, table + i * 8L);
      }
    }
  }

  private long userBit() {
    return switch (architecture) {
      case X86_64 -> 1 << 2;
      case AARCH64 -> 1 << 6;
      case RISCV64 -> 1 << 4;
    };
  }

  private long frameOf(long entry) {
    return architecture == Architecture.RISCV64 ? (entry << 10 >>> 20) << 12 : entry & FRAME;
  }

  /** Whether a page of the program has SVC, SYSCALL or ECALL at an address. */
  boolean isCall(long pc) {
    Long entry = pages().get(pc & -4096L);
    int code = entry == null ? 0 : (int) word(frame(entry) + (pc & 4095));
    return switch (architecture) {
      case X86_64 -> (code & 0xffff) == 0x050f;
      case AARCH64 -> (code & 0xffe0001f) == 0xd4000001;
      case RISCV64 -> code == 0x73;
    };
  }

  /** Whether a page of the program has REP MOVS or REP STOS at an address. */
  boolean isRepeated(long pc) {
    Long entry = pages().get(pc & -4096L);
    long code = entry == null || (pc & 4095) > 4088 ? 0 : word(frame(entry) + (pc & 4095));
    int opcode = (int) ((code & 0xf000) == 0x4000 ? code >> 16 : code >> 8) & 0xff;
    return (code & 0xff) == 0xf3
        && (opcode == 0xa4 || opcode == 0xa5 || opcode == 0xaa || opcode == 0xab);
  }

  /** The frame of a page. */
  long frame(long entryPaddr) {
    return frameOf(word(entryPaddr));
  }

  /** A copy in which a word is another one. */
  byte[] withWord(long paddr, long value) {
    ByteBuffer copy = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    copy.putLong(offset(paddr), value);
    return copy.array();
  }

  /** A copy in which a bit of a byte of the file is the other one. */
  byte[] withFlippedBit(int offset, int bit) {
    byte[] copy = bytes.clone();
    copy[offset] ^= (byte) (1 << bit);
    return copy;
  }

  byte at(int offset) {
    return bytes[offset];
  }
}
