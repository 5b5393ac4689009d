package io.thaw.app.dump;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the images that CRIU wrote a dump that needs no other file. */
public final class ForeignDump {

  private ForeignDump() {}

  /**
   * Copies what the process maps next to the images, and reads the dump: what cannot be read is
   * found out while the process is there.
   *
   * @param pid stands still as it was dumped
   * @param folder has the images in {@code img}; {@code sysroot} is made
   * @throws InvalidInputException if a file cannot be copied, or the dump not be read
   */
  public static Checkpoint complete(int pid, Path folder)
      throws InvalidInputException, IOException {
    ProcFiles files = new ProcFiles(pid);
    MappedFileCopies copies =
        new MappedFileCopies(files, folder.resolve("sysroot").toAbsolutePath().normalize());
    for (Mapping mapping : Mappings.read(files)) {
      if (MappingKind.of(files, mapping) == Vma.Kind.FILE) {
        var unused = copies.add(mapping, mapping.offsetBytes());
      }
    }
    return ProcessCapture.read(folder);
  }
}
