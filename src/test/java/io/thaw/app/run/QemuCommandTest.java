package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.stubs.CompiledStubs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QemuCommandTest {

  private static final long MIB = 1L << 20;

  @Test
  void microvmHasTheDevicesOfThePlatform() throws Exception {
    try (RunFiles files = RunFiles.create()) {
      List<String> command =
          QemuCommand.of(
              Path.of("/bin/qemu"),
              QemuMachine.MICROVM,
              QemuVariant.MICROVM,
              Path.of("/a/image"),
              Manifests.x86(300 * MIB),
              Optional.empty(),
              files);

      assertThat(command).startsWith("/bin/qemu");
      assertThat(command).containsSequence("-M", "microvm");
      assertThat(command).containsSequence("-cpu", "max");
      assertThat(command).containsSequence("-m", "300M");
      assertThat(command).containsSequence("-kernel", "/a/image");
      assertThat(command).containsSequence("-device", "isa-debugcon,iobase=0xe9,chardev=report");
      assertThat(command).containsSequence("-device", "isa-debug-exit,iobase=0xf4,iosize=4");
      assertThat(command).containsSequence("-serial", "chardev:console");
      assertThat(command).contains("-no-reboot", "file,id=report,path=" + files.report());
      assertThat(command).doesNotContain("-plugin");
    }
  }

  @Test
  void virtReportsBySemihosting() throws Exception {
    try (RunFiles files = RunFiles.create()) {
      List<String> command =
          QemuCommand.of(
              Path.of("/bin/qemu"),
              QemuMachine.VIRT,
              QemuVariant.VIRT,
              Path.of("/a/image"),
              Manifests.aarch64(0x80200000L + 300 * MIB),
              Optional.empty(),
              files);

      assertThat(command).containsSequence("-M", "virt");
      assertThat(command)
          .containsSequence("-semihosting-config", "enable=on,target=native,chardev=console");
      assertThat(command).containsSequence("-m", (1024 + 2 + 300) + "M");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The end of RAM that an image needs, and what microvm has to be given: 3 GiB lie below 4 GiB.
    "0x300000, 128",
    "0x8000001, 129",
    "0x7ef00000, 2031",
    "0x100001000, 3073",
    "0x140000000, 4096",
    "0x4000000000, 261120",
  })
  void microvmHasThreeGibBelowFour(String ramEndPaddr, long mib) {
    assertThat(QemuMachine.MICROVM.ramMib(Manifests.x86(Long.decode(ramEndPaddr)))).isEqualTo(mib);
  }

  @ParameterizedTest
  @CsvSource({
    // Firmware writes below the end of low RAM; much RAM is split at 2 GiB, or at 3.
    "Q35, 0x8000000, 146",
    "Q35, 0x7ef00000, 2049",
    "Q35, 0x100001000, 2816",
    "Q35, 0x200000000, 6144",
    "PC, 0x7ef00000, 2049",
    "PC, 0x100001000, 3584",
    "PC, 0x200000000, 7168",
  })
  void pcsHaveRoomForFirmwareAndSplitMuchRam(QemuVariant variant, String ramEndPaddr, long mib) {
    assertThat(QemuMachine.MICROVM.ramMib(variant, Manifests.x86(Long.decode(ramEndPaddr))))
        .isEqualTo(mib);
  }

  @ParameterizedTest
  @CsvSource({"0x80300000, 1027", "0x80300001, 1028", "0x4000000000, 261120"})
  void virtBeginsAtOneGib(String ramEndPaddr, long mib) {
    assertThat(QemuMachine.VIRT.ramMib(Manifests.aarch64(Long.decode(ramEndPaddr)))).isEqualTo(mib);
  }

  @Test
  void virtOfRiscvHasNoFirmware() throws Exception {
    try (RunFiles files = RunFiles.create()) {
      List<String> command =
          QemuCommand.of(
              Path.of("/bin/qemu"),
              QemuMachine.VIRT_RISCV,
              QemuVariant.VIRT_RISCV64,
              Path.of("/a/image"),
              Manifests.riscv64(0x80000000L + 300 * MIB),
              Optional.empty(),
              files);

      assertThat(command).containsSequence("-M", "virt", "-bios", "none");
      assertThat(command).containsSequence("-cpu", "rv64");
      assertThat(command)
          .containsSequence("-semihosting-config", "enable=on,target=native,chardev=console");
      assertThat(command).containsSequence("-m", "302M");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x80300000, 128",
    "0x90000000, 258",
    "0x90000001, 260",
    "0xbfe00000, 1024",
    "0xc0000001, 1028",
  })
  void virtOfRiscvHasRoomForADeviceTree(String ramEndPaddr, long mib) {
    assertThat(QemuMachine.VIRT_RISCV.ramMib(Manifests.riscv64(Long.decode(ramEndPaddr))))
        .isEqualTo(mib);
  }

  @Test
  void thePluginIsToldOfEntriesAndStub() throws Exception {
    try (RunFiles files = RunFiles.create()) {
      List<String> options =
          QemuCommand.plugin(
              QemuMachine.MICROVM,
              Manifests.x86(300 * MIB),
              files,
              RunOptions.DEFAULT.withInstructionLimit(1000),
              Optional.of(Path.of("/tmp/a,b")));

      assertThat(options)
          .containsExactly(
              "-plugin",
              "file="
                  + files.plugin()
                  + ",result="
                  + files.pluginResult()
                  + ",entry=0x200040,stub=0x200000:0x201000"
                  + ",stub=0xffffffff80001000:0xffffffff80007000"
                  + String.format(",marker=0x%x", CompiledStubs.stub("x86_64").symbol("marker_hit"))
                  + ",limit=1000,trace=/tmp/a,,b");
    }
  }

  @ParameterizedTest
  @CsvSource({"MICROVM, 3, 1", "MICROVM, 15, 7", "VIRT, 1, 1", "VIRT, 7, 7", "VIRT_RISCV, 9, 9"})
  void theExitStatusTellsTheVerdict(QemuMachine machine, int status, long number) {
    assertThat(machine.verdictNumber(status)).hasValue(number);
  }

  @ParameterizedTest
  @CsvSource({"MICROVM, 0", "MICROVM, 1", "MICROVM, 2", "MICROVM, 134", "VIRT, 0", "VIRT_RISCV, 0"})
  void otherStatusesTellNone(QemuMachine machine, int status) {
    assertThat(machine.verdictNumber(status)).isEmpty();
  }
}
