package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes of a dump: {@code pstree.img}. */
final class ProcessTree {

  private static final String IMAGE = "pstree.img";

  private ProcessTree() {}

  /** The process with that number, else the root of the tree, which comes first. */
  static ProcessEntry choose(DumpFolder folder, OptionalLong pid)
      throws InvalidInputException, IOException {
    List<ProcessEntry> processes = folder.readAll(IMAGE, ImageKind.PSTREE, ProcessEntry.parser());
    if (processes.isEmpty()) {
      throw new InvalidInputException(
          folder.get(IMAGE).name(), "", "no process", "at least one pstree_entry");
    }
    for (int i = 0; i < processes.size(); i++) {
      ProcessEntry process = processes.get(i);
      if (pid.isEmpty() || Integer.toUnsignedLong(process.getPid()) == pid.getAsLong()) {
        checkThreads(folder, i, process);
        return process;
      }
    }
    throw new InvalidInputException(
        folder.get(IMAGE).name(),
        "",
        "no process " + pid.getAsLong(),
        "one of "
            + processes.stream()
                .map(process -> Integer.toUnsignedString(process.getPid()))
                .collect(Collectors.joining(", ")));
  }

  private static void checkThreads(DumpFolder folder, int index, ProcessEntry process)
      throws InvalidInputException, IOException {
    Set<Integer> seen = new HashSet<>();
    for (int tid : process.getThreadsList()) {
      if (!seen.add(tid)) {
        throw new InvalidInputException(
            folder.get(IMAGE).name(),
            "pstree_entry " + index,
            "thread " + Integer.toUnsignedString(tid) + " twice",
            "each thread once");
      }
    }
  }
}
