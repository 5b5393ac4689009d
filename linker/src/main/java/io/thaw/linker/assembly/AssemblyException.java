package io.thaw.linker.assembly;

import java.util.Objects;

/** Assembly that cannot become machine code. */
public final class AssemblyException extends Exception {

  private static final long serialVersionUID = 1;

  private final String found;
  private final String acceptable;

  AssemblyException(String found, String acceptable) {
    super(found + "; acceptable: " + acceptable);
    this.found = Objects.requireNonNull(found);
    this.acceptable = Objects.requireNonNull(acceptable);
  }

  /** What is wrong, and in which line. */
  public String found() {
    return found;
  }

  public String acceptable() {
    return acceptable;
  }
}
