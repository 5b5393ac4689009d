package io.thaw.app.doctor;

import io.thaw.linker.assembly.HookAssembler;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keystone: Thaw's own, or its user's, and the architectures that it assembles. */
final class KeystoneCheck {

  private KeystoneCheck() {}

  static Finding ofThisMachine() {
    return of(HookAssembler.ofEnvironment());
  }

  /** Asks an assembler. */
  static Finding of(HookAssembler assembler) {
    List<Architecture> known = new ArrayList<>();
    String trouble = "cannot be loaded";
    try {
      for (Architecture architecture : Architecture.values()) {
        if (assembler.supports(architecture)) {
          known.add(architecture);
        }
      }
    } catch (IOException e) {
      trouble = e.getMessage();
    }
    return new Finding(
        "keystone",
        "assembles hooks",
        assembler.library().map(Path::of),
        Optional.empty(),
        known.isEmpty()
            ? ""
            : "knows " + known.stream().map(Architecture::label).collect(Collectors.joining(", ")),
        known.isEmpty() ? Optional.of(trouble) : Optional.empty(),
        "",
        /* optional= */ true);
  }
}
