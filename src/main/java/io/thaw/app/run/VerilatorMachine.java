package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.platform.Platforms;
import java.util.List;

/** The model of a Rocket core. Its exit status is what the image stored to the exit device. */
final class VerilatorMachine implements Machine {

  /** The one platform whose images it runs. */
  static final String PLATFORM = "rocket";

  static List<String> platformNames() {
    return List.of(PLATFORM);
  }

  @Override
  public Architecture architecture() {
    return Platforms.byName(PLATFORM).orElseThrow().architecture();
  }

  @Override
  public String program() {
    return "the model of the Rocket core";
  }

  @Override
  public boolean reportsOnConsole() {
    return false;
  }

  @Override
  public boolean confirms(Verdict verdict, int exitStatus, String messages) {
    return exitStatus == verdict.stubNumber();
  }
}
