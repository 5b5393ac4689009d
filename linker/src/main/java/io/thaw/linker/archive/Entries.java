package io.thaw.linker.archive;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.List;

/**
 * Files by path, without following links. A path is a list of names; the empty one is the root. On
 * disk the root is that of the machine.
 */
interface Entries extends AutoCloseable {

  /** What a path leads to. */
  enum Kind {
    ABSENT,
    FILE,
    FOLDER,
    LINK
  }

  Kind kind(List<String> path) throws IOException;

  /** Target of a link. */
  String linkTarget(List<String> path) throws IOException;

  /** The file at a path; {@code name} is what users call it. */
  DataFile file(List<String> path, String name) throws InvalidInputException, IOException;

  /** Names in a folder, sorted. */
  List<String> list(List<String> path) throws IOException;

  @Override
  void close() throws IOException;
}
