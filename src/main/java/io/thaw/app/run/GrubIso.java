package io.thaw.app.run;

import io.thaw.linker.image.ImageReader;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ISO 9660 file system from which a PC's firmware boots an x86-64 image: GRUB finds the image's
 * Multiboot2 header. Made by {@code grub-mkrescue}, whose programs come from three packages.
 */
final class GrubIso {

  /** What it takes, and the packages of Debian that have it. */
  private static final List<Part> PARTS =
      List.of(
          new Part("grub-mkrescue", "grub-common"),
          new Part("xorriso", "xorriso"),
          new Part("mformat", "mtools"));

  private static final Path BIOS_MODULES = Path.of("/usr/lib/grub/i386-pc");
  private static final String BIOS_PACKAGE = "grub-pc-bin";

  /**
   * A serial port may be as reset left it, with words of 5 bits: line control gets 8 bits, no
   * parity, one stop bit.
   */
  private static final String MENU =
      "set timeout=0\noutb 0x3fb 3\nmultiboot2 /boot/image.elf\nboot\n";

  /** MULTIBOOT_SEARCH of GRUB 2.06: program headers behind it are not read. */
  private static final int MOST_SEGMENTS = 580;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * A program of the recipe.
   *
   * @param program its name
   * @param aptPackage what has it
   */
  private record Part(String program, String aptPackage) {}

  private final List<Path> searchPath;

  private GrubIso(List<Path> searchPath) {
    this.searchPath = List.copyOf(searchPath);
  }

  /** By the programs in these folders. */
  static GrubIso in(List<Path> searchPath) {
    return new GrubIso(searchPath);
  }

  /** Packages that are missing. */
  List<String> missingPackages() {
    List<String> missing = new ArrayList<>();
    for (Part part : PARTS) {
      if (Programs.find(part.program(), searchPath).isEmpty()) {
        missing.add(part.aptPackage());
      }
    }
    if (!Files.isDirectory(BIOS_MODULES)) {
      missing.add(BIOS_PACKAGE);
    }
    return missing;
  }

  /**
   * Makes {@code iso}.
   *
   * @param folder for files on the way
   * @throws InvalidInputException if GRUB would not boot the image
   * @throws ToolMissingException if programs are not installed
   * @throws IOException if they fail
   */
  void make(Path image, Path iso, Path folder)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    List<String> missing = missingPackages();
    if (!missing.isEmpty()) {
      throw new ToolMissingException(
          "what makes a bootable ISO is not installed: " + String.join(", ", missing),
          "apt-get install -y " + String.join(" ", missing));
    }
    int segments = ImageReader.read(image).segments().size();
    if (segments > MOST_SEGMENTS) {
      throw new InvalidInputException(
          image.toString(),
          "program headers",
          segments + " segments",
          "at most " + MOST_SEGMENTS + ", which GRUB reads: an image trimmed with --keep pages");
    }
    Path menu = folder.resolve("grub.cfg");
    Path messages = folder.resolve("grub-messages");
    Files.writeString(menu, MENU);
    SimulatorProcess.End end =
        SimulatorProcess.run(
            List.of(
                Programs.find(PARTS.get(0).program(), searchPath).orElseThrow().toString(),
                "-o",
                iso.toString(),
                "boot/grub/grub.cfg=" + menu,
                "boot/image.elf=" + escape(image.toAbsolutePath())),
            Optional.empty(),
            messages,
            Optional.of(PATIENCE),
            Optional::empty);
    if (!end.equals(new SimulatorProcess.End.Exited(0)) || !Files.exists(iso)) {
      throw new IOException(
          PARTS.get(0).program()
              + " made no ISO: "
              + PrintableText.lines(RunFiles.head(messages, RunGuard.MOST_MESSAGE_BYTES)));
    }
  }

  /** xorriso's pairs of places are parted by an equal sign. */
  private static String escape(Path path) {
    return path.toString().replace("\\", "\\\\").replace("=", "\\=");
  }
}
