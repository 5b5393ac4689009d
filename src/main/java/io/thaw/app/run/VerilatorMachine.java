package io.thaw.app.run;

import io.thaw.linker.model.Architecture;

/** The model of a Rocket core. Its exit status is what the image stored to the exit device. */
final class VerilatorMachine implements Machine {

  /** The one platform whose images it runs. */
  static final String PLATFORM = "rocket";

  @Override
  public Architecture architecture() {
    return Architecture.RISCV64;
  }

  @Override
  public String program() {
    return "the model of the Rocket core";
  }

  @Override
  public boolean confirms(Verdict verdict, int exitStatus, String messages) {
    return exitStatus == verdict.stubNumber();
  }
}
