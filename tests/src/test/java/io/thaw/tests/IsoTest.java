package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CDs that boot images by the firmware of a PC. Bochs boots from one of its own, too. */
class IsoTest {

  @TempDir Path folder;

  private Path link(String dump) throws Exception {
    Path image = folder.resolve(dump + ".elf");
    Thaw.Result linked = Thaw.run("link", new Dump(dump).archive(), "-o", image);
    assertThat(linked.status()).as(linked.toString()).isZero();
    return image;
  }

  private Path iso(Path image, String name) throws Exception {
    Path iso = folder.resolve(name);
    Thaw.Result made = Thaw.run("iso", image, "-o", iso);
    assertThat(made.status()).as(made.toString()).isZero();
    assertThat(made.stdoutText()).contains(name, "MiB");
    return iso;
  }

  @Test
  void aPcBootsTheImageFromIt() throws Exception {
    Path image = link("x86-64-dynamic");

    PlainQemu.Result run = PlainQemu.pcFromCd(iso(image, "boot.iso"), folder);

    assertThat(run.status()).as("exited 0").isEqualTo(1 << 1 | 1);
    assertThat(run.serial()).isEqualTo(new Dump("x86-64-dynamic").expectedOutput());
  }

  @Test
  void theSameImageGivesTheSameBytes() throws Exception {
    Path image = link("x86-64-static");
    Path first = iso(image, "first.iso");
    Files.copy(image, folder.resolve("a=copy.elf"));

    assertThat(iso(folder.resolve("a=copy.elf"), "second.iso")).hasSameBinaryContentAs(first);
  }

  @Test
  void whatNoPcBootsIsRefused() throws Exception {
    Path image = link("riscv64-static");
    Path iso = folder.resolve("boot.iso");

    Thaw.Result other = Thaw.run("iso", image, "-o", iso);
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.stderr()).contains("architecture: found riscv64, acceptable: x86-64");

    Thaw.Result none = Thaw.run("iso", new Dump("x86-64-static").archive(), "-o", iso);
    assertThat(none.status()).isEqualTo(3);
    assertThat(iso).doesNotExist();
  }

  @Test
  void anOutputThatCannotBeIsBadUsage() throws Exception {
    Path image = link("x86-64-static");

    assertThat(Thaw.run("iso", image, "-o", image).status()).isEqualTo(2);
    assertThat(Thaw.run("iso", image, "-o", folder.resolve("no/such.iso")).status()).isEqualTo(2);
  }
}
