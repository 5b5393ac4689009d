package io.thaw.app.run;

import io.thaw.linker.image.AsideFile;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.model.Architecture;
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
 * Multiboot2 header. GRUB is made of what it takes for that alone, without menus; identical images
 * give identical files.
 */
public final class GrubIso {

  private static final String GRUB = "grub-mkimage";
  private static final String FILE_SYSTEM = "xorriso";

  private static final Path BIOS_MODULES = Path.of("/usr/lib/grub/i386-pc");
  private static final List<String> MODULES =
      List.of("biosdisk", "iso9660", "iorw", "multiboot2", "boot");

  /**
   * A serial port may be as reset left it, with words of 5 bits: line control gets 8 bits, no
   * parity, one stop bit.
   */
  private static final String COMMANDS = "outb 0x3fb 3\nmultiboot2 /boot/image.elf\nboot\n";

  /** When everything in the file system was made: 2000-01-01, in xorriso's form. */
  private static final String DATE = "2000010100000000";

  /** MULTIBOOT_SEARCH of GRUB 2.06: program headers behind it are not read. */
  private static final int MOST_SEGMENTS = 580;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<Path> searchPath;

  private GrubIso(List<Path> searchPath) {
    this.searchPath = List.copyOf(searchPath);
  }

  /** By the programs that are installed. */
  public static GrubIso installed() {
    return new GrubIso(Programs.searchPath());
  }

  /** By the programs in these folders. */
  static GrubIso in(List<Path> searchPath) {
    return new GrubIso(searchPath);
  }

  /** Debian's packages that are missing. */
  List<String> missingPackages() {
    List<String> missing = new ArrayList<>();
    if (Programs.find(GRUB, searchPath).isEmpty()) {
      missing.add("grub-common");
    }
    if (Programs.find(FILE_SYSTEM, searchPath).isEmpty()) {
      missing.add("xorriso");
    }
    if (!Files.isDirectory(BIOS_MODULES)) {
      missing.add("grub-pc-bin");
    }
    return missing;
  }

  /**
   * Makes {@code iso}, which appears whole or not at all.
   *
   * @throws InvalidInputException if GRUB would not boot the image
   * @throws ToolMissingException if programs are not installed
   * @throws IOException if they fail
   */
  public void make(Path image, Path iso)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    checkBoots(image);
    List<String> missing = missingPackages();
    if (!missing.isEmpty()) {
      throw new ToolMissingException(
          "what makes a bootable ISO is not installed: " + String.join(", ", missing),
          "apt-get install -y " + String.join(" ", missing));
    }
    try (RunFiles files = RunFiles.create();
        AsideFile aside = AsideFile.of(iso)) {
      Path grub = makeGrub(files);
      makeFileSystem(grub, image, aside.path(), files);
      aside.publish();
    }
  }

  private static void checkBoots(Path image) throws InvalidInputException, IOException {
    ImageDescription description = ImageReader.read(image);
    if (description.architecture() != Architecture.X86_64) {
      throw new InvalidInputException(
          image.toString(),
          "architecture",
          description.architecture().label(),
          Architecture.X86_64.label() + ", which a PC boots");
    }
    int segments = description.segments().size();
    if (segments > MOST_SEGMENTS) {
      throw new InvalidInputException(
          image.toString(),
          "program headers",
          segments + " segments",
          "at most " + MOST_SEGMENTS + ", which GRUB reads: an image trimmed with --keep pages");
    }
  }

  private Path makeGrub(RunFiles files) throws IOException, InterruptedException {
    Path commands = files.folder().resolve("commands");
    Files.writeString(commands, COMMANDS);
    Path grub = files.folder().resolve("grub.img");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-O",
                "i386-pc-eltorito",
                "-o",
                grub.toString(),
                "-p",
                "/boot",
                "-c",
                commands.toString()));
    arguments.addAll(MODULES);
    run(GRUB, arguments, grub, files);
    return grub;
  }

  private void makeFileSystem(Path grub, Path image, Path iso, RunFiles files)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "-as",
            "mkisofs",
            "-o",
            iso.toString(),
            "-r",
            "-iso-level",
            "3",
            "--modification-date=" + DATE,
            "--set_all_file_dates",
            DATE,
            "-b",
            "boot/grub.img",
            "-no-emul-boot",
            "-boot-load-size",
            "4",
            "-boot-info-table",
            "--grub2-boot-info",
            "-graft-points",
            "boot/grub.img=" + escape(grub),
            "boot/image.elf=" + escape(image.toAbsolutePath()));
    run(FILE_SYSTEM, arguments, iso, files);
  }

  /** Runs a program that is to make a file. */
  private void run(String program, List<String> arguments, Path made, RunFiles files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.find(program, searchPath).orElseThrow().toString());
    command.addAll(arguments);
    SimulatorProcess.End end =
        SimulatorProcess.run(
            command, Optional.empty(), files.messages(), Optional.of(PATIENCE), Optional::empty);
    if (!end.equals(new SimulatorProcess.End.Exited(0))
        || !Files.exists(made)
        || Files.size(made) == 0) {
      throw new IOException(
          program
              + " made nothing: "
              + PrintableText.lines(RunFiles.head(files.messages(), RunGuard.MOST_MESSAGE_BYTES)));
    }
  }

  /** xorriso's pairs of places are parted by an equal sign. */
  private static String escape(Path path) {
    return path.toString().replace("\\", "\\\\").replace("=", "\\=");
  }
}
