package io.thaw.app.record;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a recording: unless it is kept, what is in it goes when this is closed. */
final class OutputFolder implements AutoCloseable {

  private final Path folder;
  private final boolean wasThere;
  private boolean kept;

  private OutputFolder(Path folder, boolean wasThere) {
    this.folder = folder;
    this.wasThere = wasThere;
  }

  /**
   * Makes it, or takes one that is empty.
   *
   * @throws InvalidInputException if something is there
   */
  static OutputFolder make(Path folder) throws InvalidInputException, IOException {
    boolean wasThere = Files.exists(folder);
    if (wasThere && !isEmpty(folder)) {
      throw new InvalidInputException(
          folder.toString(), "", "something that is there", "the name of a new recording");
    }
    Files.createDirectories(folder);
    return new OutputFolder(folder, wasThere);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> members = Files.list(folder)) {
      return members.findAny().isEmpty();
    } catch (NotDirectoryException e) {
      return false;
    }
  }

  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (kept) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!wasThere || !visited.equals(folder)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
