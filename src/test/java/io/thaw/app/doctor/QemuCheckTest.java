package io.thaw.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuCheckTest {

  private static final String VERSION = "echo 'QEMU emulator version 9.9.9 (Test)'";

  @TempDir private Path folder;

  @Test
  void aQemuWithPluginsIsGood() throws Exception {
    Finding finding =
        check("case $1 in --version) " + VERSION + ";; *) printf 'x\\n-plugin [file=]F\\n';; esac");

    assertThat(finding.good()).isTrue();
    assertThat(finding.version()).hasValue("9.9.9 (Test)");
    assertThat(finding.note()).isEqualTo("TCG plugins");
  }

  @Test
  void aQemuWithoutPluginsIsNot() throws Exception {
    Finding finding = check("case $1 in --version) " + VERSION + ";; *) echo no help;; esac");

    assertThat(finding.good()).isFalse();
    assertThat(finding.trouble().orElseThrow()).contains("--count, --trace and --instructions");
  }

  @Test
  void aProgramThatFailsIsNoQemu() throws Exception {
    Finding finding = check(VERSION + "; exit 1");

    assertThat(finding.good()).isFalse();
    assertThat(finding.version()).isEmpty();
  }

  @Test
  void aProgramThatIsNotThereIsNamedWithItsPackage() throws Exception {
    Diagnosis diagnosis =
        new Diagnosis(
            List.of(QemuCheck.installed("qemu-system-absent", "runs nothing", "qemu-absent")));

    assertThat(diagnosis.good()).isFalse();
    assertThat(diagnosis.remedy()).hasValue("apt-get install -y qemu-absent");
    assertThat(DiagnosisText.of(diagnosis))
        .contains("MISSING  qemu-system-absent (runs nothing)", "not on the PATH")
        .endsWith("run as root: apt-get install -y qemu-absent");
    assertThat(DiagnosisJson.of(diagnosis).get("good").asBoolean()).isFalse();
    assertThat(DiagnosisJson.of(diagnosis).get("remedy").asText()).contains("qemu-absent");
  }

  @Test
  void theJavaOfThisProcessIsGood() {
    Diagnosis diagnosis = new Diagnosis(List.of(JavaCheck.ofThisProcess()));

    assertThat(diagnosis.good()).isTrue();
    assertThat(diagnosis.remedy()).isEmpty();
    assertThat(DiagnosisText.of(diagnosis)).contains("ok       java").contains("version 1");
  }

  private Finding check(String script) throws IOException, InterruptedException {
    Path program = Files.writeString(folder.resolve("qemu-test"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return QemuCheck.of(program, "qemu-test", "tests", "qemu-test-package");
  }
}
