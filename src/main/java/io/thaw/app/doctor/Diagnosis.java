package io.thaw.app.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All findings, and what follows from them. */
public record Diagnosis(List<Finding> findings) {

  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Looks at this machine. */
  public static Diagnosis ofThisMachine() throws InterruptedException {
    return new Diagnosis(
        List.of(
            JavaCheck.ofThisProcess(),
            QemuCheck.installed("qemu-system-x86_64", "runs x86-64 images", "qemu-system-x86"),
            QemuCheck.installed("qemu-system-aarch64", "runs AArch64 images", "qemu-system-arm"),
            QemuCheck.installed("qemu-system-riscv64", "runs riscv64 images", "qemu-system-misc"),
            BochsCheck.ofThisMachine(),
            Gem5Check.ofThisMachine(),
            RocketCheck.ofThisMachine(),
            KeystoneCheck.ofThisMachine()));
  }

  public boolean good() {
    return findings.stream().allMatch(finding -> finding.good() || finding.optional());
  }

  /** The one line that installs what is missing, if installing helps. */
  public Optional<String> remedy() {
    return remedy(/* optional= */ false);
  }

  /** The same for what need not be there. */
  public Optional<String> optionalRemedy() {
    return remedy(/* optional= */ true);
  }

  private Optional<String> remedy(boolean optional) {
    String packages =
        findings.stream()
            .filter(finding -> !finding.good() && finding.optional() == optional)
            .map(Finding::aptPackages)
            .filter(names -> !names.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    return packages.isEmpty() ? Optional.empty() : Optional.of("apt-get install -y " + packages);
  }
}
