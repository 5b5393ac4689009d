package io.thaw.linker.criu;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The real dumps that the tests of the whole program have too. */
final class Fixtures {

  private static final Path FOLDER = Path.of("..", "tests", "fixtures", "dumps");

  private Fixtures() {}

  static Path packed(String name) {
    return FOLDER.resolve(name + ".tar.xz");
  }

  /** Writes the files of one folder of a dump, and those in folders in it, to disk. */
  static void unpack(FileTree tree, String folder, Path target)
      throws InvalidInputException, IOException {
    Files.createDirectories(target);
    for (String name : tree.list(folder)) {
      String path = folder + "/" + name;
      if (tree.isDirectory(path)) {
        unpack(tree, path, target.resolve(name));
      } else {
        copy(tree.find(path).orElseThrow(), target.resolve(name));
      }
    }
  }

  static void copy(DataFile file, Path target) throws IOException {
    try (FileChannel in = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      in.position(file.startBytes());
      Files.write(
          target, Channels.newInputStream(in).readNBytes(Math.toIntExact(file.sizeBytes())));
    }
  }
}
