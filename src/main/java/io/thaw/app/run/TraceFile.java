package io.thaw.app.run;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A trace on its way: written aside and put in place when it is complete. Devices and named pipes
 * are written to directly.
 *
 * @param target where the user wants it
 * @param aside what the plugin writes
 */
record TraceFile(Path target, Path aside) {

  static TraceFile of(Path wanted) throws InvalidInputException, IOException {
    Path target = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath().normalize();
    if (Files.isDirectory(target)) {
      throw new InvalidInputException(wanted.toString(), "trace", "a directory", "a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return new TraceFile(target, target);
    }
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InvalidInputException(
          wanted.toString(), "trace", "no folder to write to", "a file in an existing folder");
    }
    String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    return new TraceFile(target, folder.resolve(name));
  }

  void commit() throws IOException {
    if (!aside.equals(target)) {
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void discard() throws IOException {
    if (!aside.equals(target)) {
      Files.deleteIfExists(aside);
    }
  }
}
