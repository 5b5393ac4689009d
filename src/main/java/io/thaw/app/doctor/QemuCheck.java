package io.thaw.app.doctor;

import io.thaw.app.run.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A QEMU system emulator: its version, and whether it was built with TCG plugins. */
final class QemuCheck {

  private static final Pattern VERSION = Pattern.compile("QEMU emulator version (.*)");

  private QemuCheck() {}

  static Finding installed(String program, String purpose, String aptPackage)
      throws InterruptedException {
    Optional<Path> path = Programs.find(program);
    return path.isEmpty()
        ? finding(
            program,
            purpose,
            path,
            Optional.empty(),
            "",
            Optional.of("not on the PATH"),
            aptPackage)
        : of(path.get(), program, purpose, aptPackage);
  }

  /** Asks the program at {@code path}. */
  static Finding of(Path path, String program, String purpose, String aptPackage)
      throws InterruptedException {
    Optional<String> version =
        Probe.output(List.of(path.toString(), "--version"))
            .map(VERSION::matcher)
            .filter(Matcher::find)
            .map(match -> match.group(1).strip());
    if (version.isEmpty()) {
      return finding(
          program,
          purpose,
          Optional.of(path),
          version,
          "",
          Optional.of("does not answer to --version as QEMU does"),
          aptPackage);
    }
    boolean plugins =
        Probe.output(List.of(path.toString(), "-help"))
            .filter(help -> help.contains("\n-plugin "))
            .isPresent();
    return finding(
        program,
        purpose,
        Optional.of(path),
        version,
        plugins ? "TCG plugins" : "no TCG plugins",
        plugins
            ? Optional.empty()
            : Optional.of(
                "built without TCG plugins: --count, --trace and --instructions do not work"),
        aptPackage);
  }

  private static Finding finding(
      String program,
      String purpose,
      Optional<Path> path,
      Optional<String> version,
      String note,
      Optional<String> trouble,
      String aptPackage) {
    return new Finding(
        program, purpose, path, version, note, trouble, aptPackage, /* optional= */ false);
  }
}
