package io.thaw.linker.criu;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of a dump's image files in a tree.
 *
 * @param tree the tree
 * @param path the folder, empty for the root
 */
record DumpFolder(FileTree tree, String path) {

  private static final int MAX_DEPTH = 4;

  /** So that a folder given by mistake, such as the root of the machine, does not take long. */
  private static final int MAX_VISITED_FOLDERS = 10_000;

  /** Where to look first: the folder itself, a container checkpoint, a recording. */
  private static final List<String> USUAL_PLACES = List.of("", "checkpoint", "img");

  /** Finds the dump in a tree; of incremental dumps the last one. */
  static DumpFolder find(FileTree tree) throws InvalidInputException, IOException {
    for (String place : USUAL_PLACES) {
      if (holdsDump(tree, place)) {
        return new DumpFolder(tree, place);
      }
    }
    List<String> found = search(tree);
    Set<String> parents = new HashSet<>();
    for (String folder : found) {
      tree.realPath(join(folder, "parent")).ifPresent(parents::add);
    }
    List<String> last = new ArrayList<>();
    for (String folder : found) {
      if (!parents.contains(tree.realPath(folder).orElse(folder))) {
        last.add(folder);
      }
    }
    if (last.size() != 1) {
      throw new InvalidInputException(
          tree.name(),
          "",
          last.isEmpty()
              ? "no folder with inventory.img and pstree.img"
              : "dumps in " + String.join(", ", last),
          "one CRIU dump");
    }
    return new DumpFolder(tree, last.get(0));
  }

  /** Folders with a dump, from the outermost inwards; none of them is inside another. */
  private static List<String> search(FileTree tree) throws InvalidInputException, IOException {
    List<String> found = new ArrayList<>();
    List<String> level = List.of("");
    int visited = 0;
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      List<String> next = new ArrayList<>();
      for (String folder : level) {
        if (++visited > MAX_VISITED_FOLDERS) {
          return found;
        }
        if (holdsDump(tree, folder)) {
          found.add(folder);
        } else {
          tree.folders(folder).forEach(name -> next.add(join(folder, name)));
        }
      }
      level = next;
    }
    return found;
  }

  private static boolean holdsDump(FileTree tree, String folder)
      throws InvalidInputException, IOException {
    return tree.find(join(folder, "inventory.img")).isPresent()
        && tree.find(join(folder, "pstree.img")).isPresent();
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** The dump that this one is an increment of, if there is one. */
  Optional<DumpFolder> parent() throws InvalidInputException, IOException {
    String link = join(path, "parent");
    return tree.isDirectory(link) ? Optional.of(new DumpFolder(tree, link)) : Optional.empty();
  }

  /** What tells this folder from others, whatever links lead to it. */
  String identity() throws InvalidInputException, IOException {
    return tree.realPath(path).orElse(path);
  }

  /** A path beside the folder. */
  String sibling(String name) {
    return join(path, "../" + name);
  }

  Optional<DataFile> find(String name) throws InvalidInputException, IOException {
    return tree.find(join(path, name));
  }

  /** A file that has to be there. */
  DataFile get(String name) throws InvalidInputException, IOException {
    Optional<DataFile> file = find(name);
    if (file.isEmpty()) {
      throw new InvalidInputException(
          tree.name(), join(path, name), "no such file", "an image file of the dump");
    }
    return file.get();
  }

  /** The only message of an image that has to be there. */
  <T extends Message> T readOne(String name, ImageKind kind, Parser<T> parser)
      throws InvalidInputException, IOException {
    return ImageFile.readOne(get(name), kind, parser);
  }

  /** All messages of an image that has to be there. */
  <T extends Message> List<T> readAll(String name, ImageKind kind, Parser<T> parser)
      throws InvalidInputException, IOException {
    List<T> messages = new ArrayList<>();
    try (ImageFile image = ImageFile.open(get(name), kind)) {
      while (image.hasNext()) {
        messages.add(image.next(parser));
      }
    }
    return messages;
  }
}
