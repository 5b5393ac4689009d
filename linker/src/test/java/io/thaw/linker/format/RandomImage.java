package io.thaw.linker.format;

import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some segments of random bytes with runs of zeros, in an ELF file that objcopy reads too: it has a
 * section for each.
 *
 * @param image the memory
 * @param bytes its contents by address, zero tails included
 */
record RandomImage(MemoryImage image, NavigableMap<Long, Byte> bytes) {

  private static final String NAMES = "\0.text\0.shstrtab\0";
  private static final int HEADER = 64;

  /**
   * An image in {@code folder}.
   *
   * @param startPaddr no segment is below
   * @param alignment of the segments' addresses and sizes
   * @param tails whether segments have zeros behind their bytes
   */
  static RandomImage of(Path folder, long seed, long startPaddr, int alignment, boolean tails)
      throws IOException, InvalidInputException {
    Random random = new Random(seed);
    NavigableMap<Long, Byte> bytes = new TreeMap<>();
    List<Segment> segments = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    long paddr = startPaddr;
    long offset = HEADER;
    for (int i = random.nextInt(4); i >= 0; i--) {
      paddr += alignment * (long) random.nextInt(1 + 20_000 / alignment);
      byte[] content = content(random, alignment * (1 + random.nextInt(1 + 90_000 / alignment)));
      int tail = tails ? alignment * random.nextInt(1 + 5_000 / alignment) : 0;
      segments.add(new Segment(paddr, offset, content.length, content.length + tail));
      contents.add(content);
      for (int at = 0; at < content.length + tail; at++) {
        bytes.put(paddr + at, at < content.length ? content[at] : 0);
      }
      offset += content.length;
      paddr += content.length + tail;
    }
    Path file = folder.resolve("image.elf");
    long entryPaddr = segments.get(0).paddr();
    Files.write(file, elf(entryPaddr, segments, contents, (int) offset));
    return new RandomImage(MemoryImage.of("image.elf", file, entryPaddr, segments), bytes);
  }

  /** What is not zero, which is what sparse formats hold. */
  NavigableMap<Long, Byte> nonZero() {
    NavigableMap<Long, Byte> nonZero = new TreeMap<>(bytes);
    nonZero.values().removeIf(value -> value == 0);
    return nonZero;
  }

  private static byte[] content(Random random, int sizeBytes) {
    byte[] content = new byte[sizeBytes];
    random.nextBytes(content);
    for (int from = 0; from < sizeBytes; from += 1 + random.nextInt(400)) {
      int end = Math.min(sizeBytes, from + random.nextInt(200));
      for (; from < end; from++) {
        content[from] = 0;
      }
    }
    return content;
  }

  private static byte[] elf(
      long entryPaddr, List<Segment> segments, List<byte[]> contents, int contentsEnd) {
    int headers = contentsEnd + NAMES.length();
    ByteBuffer elf =
        ByteBuffer.allocate(headers + 64 * (segments.size() + 2) + 56 * segments.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    elf.put("\177ELF\2\1\1".getBytes(StandardCharsets.ISO_8859_1)).position(16);
    elf.putShort((short) 2).putShort((short) 62).putInt(1).putLong(entryPaddr);
    elf.putLong(headers + 64L * (segments.size() + 2)).putLong(headers).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) segments.size());
    elf.putShort((short) 64).putShort((short) (segments.size() + 2));
    elf.putShort((short) (segments.size() + 1));
    contents.forEach(elf::put);
    elf.put(NAMES.getBytes(StandardCharsets.US_ASCII)).position(headers + 64);
    for (Segment s : segments) {
      elf.putInt(1).putInt(1).putLong(7).putLong(s.paddr()).putLong(s.offsetBytes());
      elf.putLong(s.fileSizeBytes()).putInt(0).putInt(0).putLong(1).putLong(0);
    }
    elf.putInt(7).putInt(3).putLong(0).putLong(0).putLong(contentsEnd);
    elf.putLong(NAMES.length()).putInt(0).putInt(0).putLong(1).putLong(0);
    for (Segment s : segments) {
      elf.putInt(1).putInt(7).putLong(s.offsetBytes()).putLong(s.paddr()).putLong(s.paddr());
      elf.putLong(s.fileSizeBytes()).putLong(s.memorySizeBytes()).putLong(1);
    }
    return elf.array();
  }
}
