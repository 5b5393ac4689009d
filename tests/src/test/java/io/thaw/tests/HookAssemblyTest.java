package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that their user wrote in assembly, from the platform's file to what QEMU prints. */
class HookAssemblyTest {

  private static final String UART =
      """
      [console]
      store = 0x09000000
      width = 4

      [report]
      store = 0x09000000
      width = 4

      """;

  private static final String AARCH64 =
      """
      description = "marks and an end of its own"
      like = "qemu-aarch64"

      """
          + UART
          + """
      [[region-begin]]
      assembly = "ldr x9, =0xffffff8009000000; mov w10, #'<'; str w10, [x9]"

      [[region-end]]
      assembly = '''
        mov     w11, #2
        adr     x9, uart
        ldr     x9, [x9]
      again:
        mov     w10, #'>'
        str     w10, [x9]
        subs    w11, w11, #1
        b.ne    again
        b       out
        .balign 8
      uart:
        .quad   0xffffff8009000000
      out:
      '''

      [[exit]]
      assembly = '''
        add     w10, w0, #'0'       // the verdict's number
        ldr     x9, =0xffffff8009000000
        str     w10, [x9]
        ldr     w0, =0x84000008     // PSCI SYSTEM_OFF
        hvc     #0
      '''
      """;

  @TempDir Path folder;

  private Path platform(String text) throws Exception {
    Path file = folder.resolve("mine.toml");
    Files.writeString(file, text);
    return file;
  }

  private Thaw.Result link(String dump, Path platform) throws Exception {
    return Thaw.run(
        "link",
        new Dump(dump).archive(),
        "--platform",
        platform,
        "-o",
        folder.resolve("whole.elf"));
  }

  @Test
  void theyRunAtTheRegionsBordersAndAtTheEnd() throws Exception {
    Thaw.Result linked = link("aarch64-static", platform(AARCH64));
    assertThat(linked.status()).as(linked.toString()).isZero();
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

    assertThat(PlainQemu.aarch64(image, folder).serial())
        .matches("(?s)[^<>]*<[^<>]*>>\0thaw-report\nverdict=0x8\n.*end\n8");
  }

  /** The first byte of QEMU's virtio-mmio is a v. */
  @Test
  void theyMayUseDevicesThatThePlatformNames() throws Exception {
    Path platform =
        platform(
            """
            description = "asks a device of its own"
            like = "qemu-aarch64"
            devices = [0x0a000000]

            """
                + UART
                + """
                [[exit]]
                assembly = '''
                  ldr     x9, =0xffffff800a000000
                  ldr     w10, [x9]
                  ldr     x9, =0xffffff8009000000
                  str     w10, [x9]
                  ldr     w0, =0x84000008
                  hvc     #0
                '''
                """);
    Thaw.Result linked = link("aarch64-static", platform);
    assertThat(linked.status()).as(linked.toString()).isZero();

    assertThat(PlainQemu.aarch64(folder.resolve("whole.elf"), folder).serial())
        .matches("(?s).*\0thaw-report\nverdict=0x1\n.*end\nv");
  }

  @Test
  void whatDoesNotAssembleIsRefusedWithItsLine() throws Exception {
    String text = AARCH64.replace("subs    w11, w11, #1", "subs    w11, [w11]");

    Thaw.Result result = link("aarch64-static", platform(text));

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr())
        .contains("mine.toml", "region-end", "line 7, 'subs    w11, [w11]': Invalid operand");
    assertThat(folder.resolve("whole.elf")).doesNotExist();
  }

  @Test
  void assemblyThatNothingHereKnowsIsRefusedWithTheWayOut() throws Exception {
    Path platform =
        platform(
            """
            description = "marks"
            like = "qemu-x86_64"

            [[region-begin]]
            assembly = "mov al, 0x3c"
            """);

    Thaw.Result result = link("x86-64-static", platform);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr())
        .contains("line 5", "assembly of x86-64", "'object' with an ELF object file")
        .contains("THAW_KEYSTONE");
  }
}
