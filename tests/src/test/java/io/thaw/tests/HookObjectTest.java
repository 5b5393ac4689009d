package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hooks that a C compiler made. */
class HookObjectTest {

  private static final String PLATFORM =
      """
      description = "marks on the serial port, made by functions"
      like = "qemu-x86_64"

      [[region-begin]]
      object = "begin.o"

      [[region-end]]
      object = "end.o"
      """;

  private static final String OUT =
      """
      static void out(unsigned short port, unsigned char byte)
      {
        __asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port));
      }
      """;

  private final Dump dump = new Dump("x86-64-static");
  @TempDir Path folder;
  private Path platform;

  @BeforeEach
  void makePlatform() throws Exception {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"),
        "SKIPPED: the compiler of an x86-64 host makes these hooks");
    platform = folder.resolve("marks.toml");
    Files.writeString(platform, PLATFORM);
    compile("begin", OUT + "void thaw_hook(long verdict) { out(0x3f8, verdict ? '?' : '<'); }");
    compile(
        "end",
        OUT
            + "__attribute__((noinline)) static void twice(int c) { out(0x3f8, c); out(0x3f8, c); }"
            + "void thaw_hook(long verdict) { twice(verdict ? '?' : '>'); }");
  }

  private void compile(String name, String source) throws Exception {
    Path file = folder.resolve(name + ".c");
    Files.writeString(file, source);
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-c",
                "-O1",
                "-ffreestanding",
                "-fno-pic",
                "-mcmodel=kernel",
                "-mgeneral-regs-only",
                "-fcf-protection=none",
                "-fno-asynchronous-unwind-tables",
                file.toString(),
                "-o",
                folder.resolve(name + ".o").toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
  }

  private Thaw.Result link() throws Exception {
    return Thaw.run(
        "link", dump.archive(), "--platform", platform, "-o", folder.resolve("whole.elf"));
  }

  @Test
  void theyRunAtTheRegionsBorders() throws Exception {
    assertThat(link().status()).isZero();
    Path image = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run(
            "trim",
            folder.resolve("whole.elf"),
            "-o",
            image,
            "--warmup",
            1000,
            "--instructions",
            20_000);
    assertThat(trimmed.status()).as(trimmed.toString()).isZero();

    PlainQemu.Result run = PlainQemu.x86(image, folder);

    assertThat(run.status()).as("complete").isEqualTo(8 << 1 | 1);
    assertThat(run.serial()).matches("(?s)[^<>]*<[^<>]*>>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int other(int); void thaw_hook(long v) { other(v); } | relocations",
        "static void thaw_hook(long v) {} void f(void) { thaw_hook(0); } | no global one",
        "int thaw_hook = 1; | a section without code",
      })
  void whatCannotRunInAnImageIsRefusedWithLineAndReason(String source, String reason)
      throws Exception {
    compile("begin", source);

    Thaw.Result result = link();

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("marks.toml", "line 5", "begin.o", reason);
  }

  @Test
  void anObjectOfAnotherMachineOrNoneIsRefused() throws Exception {
    byte[] object = Files.readAllBytes(folder.resolve("end.o"));
    object[18] = (byte) 183;
    Files.write(folder.resolve("begin.o"), object);
    Files.writeString(folder.resolve("end.o"), "hello");

    Thaw.Result result = link();

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("e_machine: 183", "no object file");
  }

  @Test
  void anObjectThatIsNotThereIsRefused() throws Exception {
    Files.delete(folder.resolve("begin.o"));

    Thaw.Result result = link();

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("begin.o", "no such file");
  }
}
