package io.thaw.linker.archive;

import com.github.luben.zstd.ZstdInputStream;
import io.thaw.linker.problem.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Recognises a tar by its first bytes, and decompresses a compressed one into a temporary file. */
final class TarUnpacker {

  private static final int USTAR_OFFSET = 257;
  private static final byte[] USTAR = {'u', 's', 't', 'a', 'r'};
  private static final int BUFFER_SIZE_BYTES = 1 << 20;

  /** Left free on the file system of temporary files. */
  private static final long SPARE_BYTES = 256L << 20;

  private TarUnpacker() {}

  /** The members of a tar, compressed or not. */
  static TarEntries open(Path path, String name) throws InvalidInputException, IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(USTAR_OFFSET + USTAR.length);
    }
    if (isTar(head)) {
      return TarEntries.read(name, path, /* isTemporary= */ false);
    }
    Path plain = Files.createTempFile("thaw", ".tar");
    plain.toFile().deleteOnExit();
    try {
      try (InputStream file =
          new BufferedInputStream(Files.newInputStream(path), BUFFER_SIZE_BYTES)) {
        decompress(name, head, file, plain);
      }
      try (InputStream in = Files.newInputStream(plain)) {
        if (!isTar(in.readNBytes(USTAR_OFFSET + USTAR.length))) {
          throw notAnArchive(name, "compressed data that is no tar");
        }
      }
      return TarEntries.read(name, plain, /* isTemporary= */ true);
    } catch (InvalidInputException | IOException | RuntimeException e) {
      Files.deleteIfExists(plain);
      throw e;
    }
  }

  private static void decompress(String name, byte[] head, InputStream file, Path plain)
      throws InvalidInputException, IOException {
    long room = plain.toFile().getUsableSpace() - SPARE_BYTES;
    byte[] buffer = new byte[BUFFER_SIZE_BYTES];
    try (OutputStream out = Files.newOutputStream(plain);
        InputStream in = decompressor(name, head, file)) {
      while (true) {
        int count = read(name, in, buffer);
        if (count < 0) {
          return;
        }
        room -= count;
        if (room < 0) {
          throw new InvalidInputException(
              name, "", "more data than the folder of temporary files holds", "a smaller archive");
        }
        out.write(buffer, 0, count);
      }
    }
  }

  private static int read(String name, InputStream in, byte[] buffer) throws InvalidInputException {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          name,
          "",
          "damaged or truncated compressed data (" + e.getMessage() + ")",
          "a whole file");
    }
  }

  private static InputStream decompressor(String name, byte[] head, InputStream file)
      throws InvalidInputException, IOException {
    try {
      if (startsWith(head, 0x1f, 0x8b)) {
        return new GZIPInputStream(file, BUFFER_SIZE_BYTES);
      }
      if (startsWith(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
        return new XZInputStream(file, MAX_XZ_MEMORY_KIB);
      }
      if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
        return new ZstdInputStream(file);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          name, "", "a damaged header (" + e.getMessage() + ")", "gzip, xz or zstd data");
    }
    throw notAnArchive(name, "a file of another kind");
  }

  /** Enough for a dictionary of 64 MiB, that of {@code xz -9}. */
  private static final int MAX_XZ_MEMORY_KIB = 100 << 10;

  private static InvalidInputException notAnArchive(String name, String found) {
    return new InvalidInputException(
        name, "", found, "a folder, or a tar (plain, gzip, xz or zstd)");
  }

  private static boolean isTar(byte[] head) {
    return head.length >= USTAR_OFFSET + USTAR.length
        && Arrays.equals(head, USTAR_OFFSET, USTAR_OFFSET + USTAR.length, USTAR, 0, USTAR.length);
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (head.length <= i || (head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
