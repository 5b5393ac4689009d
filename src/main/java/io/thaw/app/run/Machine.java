package io.thaw.app.run;

import io.thaw.linker.model.Architecture;

/** What is particular to a simulator's machine when a run is judged. */
interface Machine {

  Architecture architecture();

  /** The simulator's program, as messages name it. */
  String program();

  /** Whether the report comes on the console, behind a byte 0. */
  default boolean reportsOnConsole() {
    return false;
  }

  /**
   * Whether the way in which the simulator ended bears out a report's verdict.
   *
   * @param exitStatus its exit status
   * @param messages what it wrote itself
   */
  boolean confirms(Verdict verdict, int exitStatus, String messages);
}
