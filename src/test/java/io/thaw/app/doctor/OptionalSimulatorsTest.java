package io.thaw.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionalSimulatorsTest {

  @Test
  void whatIsMissingOfBochsIsNotNeededButSaid() {
    Finding finding = BochsCheck.of(Optional.empty(), List.of("bochs", "xorriso"));
    Diagnosis diagnosis = new Diagnosis(List.of(finding));

    assertThat(diagnosis.good()).isTrue();
    assertThat(diagnosis.remedy()).isEmpty();
    assertThat(diagnosis.optionalRemedy()).contains("apt-get install -y bochs xorriso");
  }

  @Test
  void aGem5ThatIsNotThereHasNoPackage() {
    Diagnosis diagnosis = new Diagnosis(List.of(Gem5Check.of(Optional.empty())));

    assertThat(diagnosis.good()).isTrue();
    assertThat(diagnosis.optionalRemedy()).isEmpty();
    assertThat(DiagnosisText.of(diagnosis)).contains("absent", "gem5", "THAW_GEM5");
  }

  @Test
  void whatIsThereIsGood() {
    assertThat(BochsCheck.of(Optional.of(Path.of("/usr/bin/bochs")), List.of()).good()).isTrue();
    assertThat(Gem5Check.of(Optional.of(Path.of("/opt/gem5.opt"))).good()).isTrue();
  }
}
