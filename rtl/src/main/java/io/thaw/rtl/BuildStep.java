package io.thaw.rtl;

import java.time.Duration;
import java.util.List;

/**
 * One program to be run in the folder in which a model is built.
 *
 * @param name what it does, for users
 * @param limit after which it hangs; many times what it took on a slow machine
 * @param makes a file that is there afterwards
 * @param command the program's name, and arguments that do not depend on the machine
 */
record BuildStep(String name, Duration limit, String makes, List<String> command) {

  BuildStep {
    command = List.copyOf(command);
  }

  String program() {
    return command.get(0);
  }
}
