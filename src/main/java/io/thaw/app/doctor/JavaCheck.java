package io.thaw.app.doctor;

import java.nio.file.Path;
import java.util.Optional;

/** The Java that runs this. It is there; which one it is helps whoever asks for help. */
final class JavaCheck {

  private JavaCheck() {}

  static Finding ofThisProcess() {
    return new Finding(
        "java",
        "runs Thaw",
        Optional.of(Path.of(System.getProperty("java.home"), "bin", "java")),
        Optional.of(Runtime.version() + " (" + System.getProperty("java.vendor") + ")"),
        "host " + System.getProperty("os.arch"),
        Optional.empty(),
        "default-jdk-headless",
        /* optional= */ false);
  }
}
