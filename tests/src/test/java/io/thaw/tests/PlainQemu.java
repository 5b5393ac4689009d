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
    return run(
        List.of(
            "qemu-system-x86_64",
            "-M",
            "microvm",
            "-cpu",
            "max",
            "-m",
            "256M",
            "-device",
            "isa-debug-exit,iobase=0xf4,iosize=4"),
        image,
        folder);
  }

  static Result aarch64(Path image, Path folder) throws Exception {
    return run(
        List.of("qemu-system-aarch64", "-M", "virt", "-cpu", "max", "-m", "2G"), image, folder);
  }

  static Result riscv64(Path image, Path folder) throws Exception {
    return run(
        List.of("qemu-system-riscv64", "-M", "virt", "-m", "2G", "-bios", "none"), image, folder);
  }

  private static Result run(List<String> machine, Path image, Path folder) throws Exception {
    Path serial = folder.resolve("serial");
    List<String> command = new ArrayList<>(machine);
    command.addAll(List.of("-nodefaults", "-no-reboot", "-display", "none"));
    command.addAll(List.of("-serial", "file:" + serial, "-kernel", image.toString()));
    Process qemu = new ProcessBuilder(command).inheritIO().start();
    assertThat(qemu.waitFor(2, TimeUnit.MINUTES)).as("QEMU ends by itself").isTrue();
    return new Result(qemu.exitValue(), Files.readString(serial, StandardCharsets.ISO_8859_1));
  }
}
