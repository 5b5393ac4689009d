package io.thaw.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.rtl.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RocketCheckTest {

  private static final Tool VERILATOR = new Tool("verilator", "translates", "verilator-package");
  private static final Tool COMPILER = new Tool("g++", "compiles", "compiler-package");

  @Test
  void aModelThatCanBeBuiltIsGood() {
    Finding finding = RocketCheck.of(Optional.empty(), List.of());

    assertThat(finding.good()).isTrue();
    assertThat(DiagnosisText.of(new Diagnosis(List.of(finding))))
        .contains("ok       rocket", "is built when first used");
  }

  @Test
  void aModelThatIsThereNeedsNoTools() {
    Finding finding = RocketCheck.of(Optional.of(Path.of("/there/model")), List.of(VERILATOR));

    assertThat(finding.good()).isTrue();
    assertThat(DiagnosisText.of(new Diagnosis(List.of(finding)))).contains("/there/model");
  }

  @Test
  void whatItNeedsIsNamedAndThawIsGoodWithout() {
    Diagnosis diagnosis =
        new Diagnosis(List.of(RocketCheck.of(Optional.empty(), List.of(VERILATOR, COMPILER))));

    assertThat(diagnosis.good()).isTrue();
    assertThat(diagnosis.remedy()).isEmpty();
    assertThat(DiagnosisText.of(diagnosis))
        .contains("absent   rocket", "not on the PATH: verilator, g++")
        .endsWith(
            "for what is absent, as root: apt-get install -y verilator-package compiler-package");
    assertThat(DiagnosisJson.of(diagnosis).get("good").asBoolean()).isTrue();
    assertThat(DiagnosisJson.of(diagnosis).get("optionalRemedy").asText())
        .isEqualTo("apt-get install -y verilator-package compiler-package");
    assertThat(DiagnosisJson.of(diagnosis).get("tools").get(0).get("optional").asBoolean())
        .isTrue();
  }
}
