package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** QEMU as a user starts it, without {@code thaw run}, for images of platforms of one's own. */
final class PlainQemu {

  /**
   * A run that ended by itself.
   *
   * @param status QEMU's exit status
   * @param serial what came out of the serial port
   */
  record Result(int status, String serial) {}

  private PlainQemu() {}

  static Result x86(Path image, Path folder) throws Exception {
    return run(x86("microvm"), "-kernel", image, folder);
  }

  /** By a BIOS, which boots from the CD. */
  static Result pcFromCd(Path iso, Path folder) throws Exception {
    return run(x86("pc"), "-cdrom", iso, folder);
  }

  static Result aarch64(Path image, Path folder) throws Exception {
    return run("qemu-system-aarch64 -M virt -cpu max -m 2G", "-kernel", image, folder);
  }

  static Result riscv64(Path image, Path folder) throws Exception {
    return run("qemu-system-riscv64 -M virt -m 2G -bios none", "-kernel", image, folder);
  }

  private static String x86(String machine) {
    return "qemu-system-x86_64 -cpu max -m 512M -device isa-debug-exit,iobase=0xf4,iosize=4 -M "
        + machine;
  }

  private static Result run(String machine, String boot, Path image, Path folder) throws Exception {
    Path serial = folder.resolve("serial");
    List<String> command = new ArrayList<>(List.of(machine.split(" ")));
    command.addAll(List.of("-nodefaults", "-no-reboot", "-display", "none"));
    command.addAll(List.of("-serial", "file:" + serial, boot, image.toString()));
    Process qemu = new ProcessBuilder(command).inheritIO().start();
    assertThat(qemu.waitFor(2, TimeUnit.MINUTES)).as("QEMU ends by itself").isTrue();
    return new Result(qemu.exitValue(), Files.readString(serial, StandardCharsets.ISO_8859_1));
  }
}
