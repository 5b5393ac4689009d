package io.thaw.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** A real dump among the fixtures, and what is known of it. */
record Dump(String name) {

  /** Where {@code fixtures/dumps/README.md} tells how they were made. */
  private static final Path FOLDER = Path.of("fixtures", "dumps");

  Path archive() {
    return FOLDER.resolve(name + ".tar.xz");
  }

  String qemuArchitecture() {
    return name.startsWith("x86-64") ? "x86_64" : name.substring(0, name.indexOf('-'));
  }

  /** What the program has left to print: the expected lines without those printed at the dump. */
  String expectedOutput() throws IOException {
    String whole = text("stdout.expected");
    String printed = text("stdout.at-dump");
    if (!whole.startsWith(printed)) {
      throw new IOException(name + ": stdout.at-dump is no beginning of stdout.expected");
    }
    return whole.substring(printed.length());
  }

  String text(String ending) throws IOException {
    return new String(bytes(ending), StandardCharsets.UTF_8);
  }

  /** The member of the archive whose path ends so. */
  byte[] bytes(String ending) throws IOException {
    try (InputStream file = Files.newInputStream(archive());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getName().endsWith("/" + ending)) {
          return tar.readAllBytes();
        }
      }
    }
    throw new IOException(name + " has no " + ending);
  }

  /** The folder's files unpacked, for tests that change them. */
  Path unpackTo(Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(archive());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isFile()) {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
        }
      }
    }
    return folder.resolve(name);
  }
}
