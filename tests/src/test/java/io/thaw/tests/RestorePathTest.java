package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import io.thaw.stubs.CompiledStubs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many instructions lie between reset and the program, counted on QEMU's machines. */
class RestorePathTest {

  private static final int VERDICT_EXITED_ON_X86 = 1 << 1 | 1;

  private static final long MIB = 1L << 20;
  private static final long BIG_VADDR = 0x10000000000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"microvm", "q35", "pc"})
  void onX86WithoutAvxItIsAtMost56(String machine) throws Exception {
    long count = count(x86("registers", false).build(), machine);

    assertThat(count).isBetween(40L, 56L).isEqualTo(54);
  }

  @ParameterizedTest
  @ValueSource(strings = {"microvm", "q35", "pc"})
  void onX86WithAvxItIsAtMost64(String machine) throws Exception {
    long count = count(x86("registers_avx", true).build(), machine);

    assertThat(count).isBetween(40L, 64L).isEqualTo(58);
  }

  /** The entry of loaders that prepare 64-bit mode, which is in the ELF header. */
  @ParameterizedTest
  @CsvSource({"registers, false, 52", "registers_avx, true, 56"})
  void onX86TheEntryIn64BitModeIsTwoShorter(String program, boolean avx, long exactly)
      throws Exception {
    assumeTrue(hostArchitecture().equals("x86_64"), "SKIPPED: needs a compiler for x86-64");
    Path image = folder.resolve("image.elf");
    ImagePlan plan = write(x86(program, avx).build(), image);
    Path loader = folder.resolve("loader.elf");
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-nostdlib",
                "-static",
                "-Wl,-Ttext=0x100000,--build-id=none",
                String.format("-DENTRY=0x%x", plan.entryPaddr()),
                "programs/loaders/long_mode.S",
                "-o",
                loader.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    List<String> command = command(plan.manifest(), "q35", "max", loader, result());
    command.addAll(List.of("-device", "loader,file=" + image));

    assertThat(plan.manifest().entryPaddrs()).hasSize(2).contains(plan.entryPaddr());
    assertThat(count(command, VERDICT_EXITED_ON_X86)).isEqualTo(exactly);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "virt                               | 72 | 64",
        "virt,virtualization=on             | 78 | 70",
        "virt,secure=on                     | 84 | 76",
        "virt,secure=on,virtualization=on   | 84 | 76",
      })
  void onAarch64ItDependsOnTheExceptionLevelAlone(String machine, long most, long exactly)
      throws Exception {
    Checkpoint checkpoint =
        new SyntheticCheckpoint(Architecture.AARCH64, "registers", Patterns.aarch64()).build();

    assertThat(count(checkpoint, machine)).isLessThanOrEqualTo(most).isEqualTo(exactly);
  }

  @Test
  void onRiscv64ItIsAtMost90() throws Exception {
    Checkpoint checkpoint =
        new SyntheticCheckpoint(Architecture.RISCV64, "registers", Patterns.riscv64()).build();

    assertThat(count(checkpoint, "virt")).isBetween(70L, 90L).isEqualTo(84);
  }

  /**
   * A core without PMP has none of its two CSRs: each is passed over by thirteen instructions of
   * machine_trap.
   */
  @ParameterizedTest
  @CsvSource({"rv64, 84", "sifive-u54, 84", "'rv64,pmp=off', 110"})
  void onRiscv64CoresMayDiffer(String processor, long exactly) throws Exception {
    Checkpoint checkpoint =
        new SyntheticCheckpoint(Architecture.RISCV64, "registers", Patterns.riscv64()).build();

    assertThat(count(checkpoint, "virt", processor)).isEqualTo(exactly);
  }

  @ParameterizedTest
  @ValueSource(longs = {1 * MIB, 1024 * MIB})
  void itDoesNotDependOnTheSizeOfTheProcess(long sizeBytes) throws Exception {
    Path pages = folder.resolve("pages");
    try (var out = Files.newOutputStream(pages)) {
      byte[] block = Patterns.bytes((int) MIB, 3);
      for (long done = 0; done < sizeBytes; done += MIB) {
        out.write(block);
      }
    }
    SyntheticCheckpoint x86 = x86("registers", false).vma(BIG_VADDR, sizeBytes, 3);
    SyntheticCheckpoint aarch64 =
        new SyntheticCheckpoint(Architecture.AARCH64, "registers", Patterns.aarch64())
            .vma(BIG_VADDR, sizeBytes, 3);
    SyntheticCheckpoint riscv64 =
        new SyntheticCheckpoint(Architecture.RISCV64, "registers", Patterns.riscv64())
            .vma(BIG_VADDR, sizeBytes, 3);

    assertThat(count(x86.pages(BIG_VADDR, pages).build(), "microvm")).isEqualTo(54);
    assertThat(count(aarch64.pages(BIG_VADDR, pages).build(), "virt")).isEqualTo(64);
    assertThat(count(riscv64.pages(BIG_VADDR, pages).build(), "virt")).isEqualTo(84);
  }

  private SyntheticCheckpoint x86(String program, boolean avx) throws IOException {
    return new SyntheticCheckpoint(Architecture.X86_64, program, Patterns.x86(avx))
        .vma(0x10000000, 4096, 3);
  }

  private long count(Checkpoint checkpoint, String machine) throws Exception {
    boolean riscv64 = checkpoint.architecture() == Architecture.RISCV64;
    return count(checkpoint, machine, riscv64 ? "rv64" : "max");
  }

  private long count(Checkpoint checkpoint, String machine, String processor) throws Exception {
    Path image = folder.resolve("image.elf");
    ImagePlan plan = write(checkpoint, image);
    return count(
        command(plan.manifest(), machine, processor, image, result()),
        checkpoint.architecture() == Architecture.X86_64 ? VERDICT_EXITED_ON_X86 : 1);
  }

  private static ImagePlan write(Checkpoint checkpoint, Path image) throws Exception {
    ImagePlan plan =
        Planner.plan(
            checkpoint, Platforms.defaultFor(checkpoint.architecture()), LinkOptions.defaults());
    ImageWriter.write(plan, image, Progress.NONE);
    return plan;
  }

  private Path result() {
    return folder.resolve("result");
  }

  private long count(List<String> command, int exitStatus) throws Exception {
    Path messages = folder.resolve("qemu.txt");
    Process qemu =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile())
            .start();
    assertThat(qemu.waitFor(2, TimeUnit.MINUTES)).as("QEMU ends by itself").isTrue();
    assertThat(qemu.exitValue())
        .as(
            "verdict exited; QEMU said: %s",
            Files.readString(messages, StandardCharsets.ISO_8859_1))
        .isEqualTo(exitStatus);
    for (String line : Files.readAllLines(result())) {
      if (line.startsWith("restore_instructions=")) {
        return Long.decode(line.substring(line.indexOf('=') + 1));
      }
    }
    throw new AssertionError("no count in " + Files.readString(result()));
  }

  private List<String> command(
      Manifest manifest, String machine, String processor, Path image, Path result)
      throws IOException {
    Path plugin = folder.resolve("plugin.so");
    Files.write(plugin, CompiledStubs.tcgPlugin(hostArchitecture()));
    StringBuilder options = new StringBuilder("file=" + plugin + ",result=" + result);
    manifest.entryPaddrs().forEach(entry -> options.append(String.format(",entry=0x%x", entry)));
    for (Manifest.Range range : manifest.stubCode()) {
      options.append(String.format(",stub=0x%x:0x%x", range.start(), range.end()));
    }
    List<String> command = new ArrayList<>();
    boolean x86 = manifest.architecture().equals(Architecture.X86_64.label());
    boolean riscv64 = manifest.architecture().equals(Architecture.RISCV64.label());
    command.add("qemu-system-" + (x86 ? "x86_64" : manifest.architecture()));
    command.addAll(List.of("-M", machine, "-cpu", processor, "-m", "2560M"));
    command.addAll(riscv64 ? List.of("-bios", "none") : List.of());
    command.add("-nodefaults");
    command.addAll(List.of("-display", "none", "-no-reboot", "-serial", "null"));
    command.addAll(List.of("-kernel", image.toString(), "-plugin", options.toString()));
    command.addAll(
        x86
            ? List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=4")
            : List.of("-semihosting-config", "enable=on,target=native"));
    return command;
  }

  private static String hostArchitecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
  }
}
