package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thaw.linker.assembly.HookAssembler;
import io.thaw.linker.model.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of the architectures that only a keystone of the user's assembles. */
class OwnKeystoneTest {

  @TempDir Path folder;

  private static void assumeKeystoneFor(Architecture architecture) throws Exception {
    HookAssembler assembler = HookAssembler.ofEnvironment();
    assumeTrue(
        assembler.supports(architecture),
        "SKIPPED: needs a keystone for " + architecture.label() + " in " + HookAssembler.VARIABLE);
  }

  private Path trimmed(String dump, String text) throws Exception {
    Path platform = folder.resolve("mine.toml");
    Files.writeString(platform, text);
    Path whole = folder.resolve("whole.elf");
    Thaw.Result linked =
        Thaw.run("link", new Dump(dump).archive(), "--platform", platform, "-o", whole);
    assertThat(linked.status()).as(linked.toString()).isZero();
    Path image = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run("trim", whole, "-o", image, "--warmup", 1000, "--instructions", 20_000);
    assertThat(trimmed.status()).as(trimmed.toString()).isZero();
    return image;
  }

  /** Of QEMU's virt: a serial port, and a device that ends it with a status. */
  @Test
  void riscv64() throws Exception {
    assumeKeystoneFor(Architecture.RISCV64);
    Path image =
        trimmed(
            "riscv64-static",
            """
            description = "marks and an end of its own"
            like = "qemu-riscv64"
            devices = [0x100000]

            [console]
            store = 0x10000000
            width = 1

            [report]
            store = 0x10000000
            width = 1

            [[region-begin]]
            assembly = '''
              li      t0, -0x100
              slli    t0, t0, 30
              lui     t1, 0x10000
              or      t0, t0, t1
              li      t2, 0x3c
              sb      t2, 0(t0)
            '''

            [[exit]]
            assembly = '''
              li      t0, -0x100
              slli    t0, t0, 30
              lui     t1, 0x100
              or      t0, t0, t1
              slli    a0, a0, 16
              lui     t1, 3
              addi    t1, t1, 0x333
              or      a0, a0, t1
              sw      a0, 0(t0)
            '''
            """);

    PlainQemu.Result run = PlainQemu.riscv64(image, folder);

    assertThat(run.status()).as("complete").isEqualTo(8);
    assertThat(run.serial()).matches("(?s)[^<]*<[^<]*thaw-report\nverdict=0x8\n[^<]*");
  }

  @Test
  void x86InIntelsSyntax() throws Exception {
    assumeKeystoneFor(Architecture.X86_64);
    Path image =
        trimmed(
            "x86-64-static",
            """
            description = "a mark on the serial port"
            like = "qemu-x86_64"

            [[region-begin]]
            assembly = '''
              mov     dx, 0x3f8
              mov     al, 0x3c
              out     dx, al
            '''
            """);

    PlainQemu.Result run = PlainQemu.x86(image, folder);

    assertThat(run.status()).as("complete").isEqualTo(8 << 1 | 1);
    assertThat(run.serial()).matches("(?s)[^<]*<[^<]*");
  }
}
