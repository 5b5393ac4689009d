package io.thaw.app.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A dump of the tests' fixtures, with what its program had written when it was frozen and what it
 * writes in all.
 *
 * @param name architecture and program
 * @param file the packed dump
 * @param outputAtDump what the program had written
 * @param outputInAll what it writes from start to end if it is never frozen
 */
public record BundledDump(String name, Path file, String outputAtDump, String outputInAll) {

  /** In the order in which they are shown. */
  static final List<String> NAMES =
      List.of(
          "x86-64-static",
          "x86-64-dynamic",
          "aarch64-static",
          "aarch64-dynamic",
          "riscv64-static",
          "riscv64-dynamic");

  private static final String AT_DUMP = "stdout.at-dump";
  private static final String IN_ALL = "stdout.expected";

  public BundledDump {
    if (!outputInAll.startsWith(outputAtDump)) {
      throw new IllegalArgumentException(name + ": output at the dump is no start of all output");
    }
  }

  /** The dump {@code name} in {@code folder}. */
  static BundledDump read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".tar.xz");
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    Map<String, String> texts = new HashMap<>();
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry();
          entry != null && texts.size() < 2;
          entry = tar.getNextEntry()) {
        for (String text : List.of(AT_DUMP, IN_ALL)) {
          if (entry.getName().equals(name + "/" + text)) {
            texts.put(text, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    if (texts.size() != 2) {
      throw new IOException(file + ": has no " + AT_DUMP + " and " + IN_ALL);
    }
    return new BundledDump(name, file, texts.get(AT_DUMP), texts.get(IN_ALL));
  }

  /** What is left for the program to write. */
  String outputToCome() {
    return outputInAll.substring(outputAtDump.length());
  }
}
