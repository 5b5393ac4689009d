package io.thaw.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reasons to end a run early: what it writes is out of bounds, or there is no place for it. */
final class RunGuard {

  static final int MOST_MESSAGE_BYTES = 1 << 16;

  private static final long LEAST_FREE_BYTES = 32L << 20;

  private final RunFiles files;
  private final OutputTail tail;

  RunGuard(RunFiles files, OutputTail tail) {
    this.files = files;
    this.tail = tail;
  }

  /** The first reason, in words. */
  Optional<String> reason() {
    try {
      if (tail.failure().isPresent()) {
        return Optional.of("the program's output could not be written");
      }
      if (Files.size(files.report()) > ReportParser.MAX_BYTES) {
        return Optional.of("the report is longer than any report");
      }
      if (Files.size(files.messages()) > MOST_MESSAGE_BYTES
          || Files.size(files.standardOutput()) > MOST_MESSAGE_BYTES) {
        return Optional.of("endless messages");
      }
      return lackOfSpace(files.folder());
    } catch (IOException e) {
      return Optional.of("files of the run are gone: " + e);
    }
  }

  /** QEMU would go on and drop output. */
  private static Optional<String> lackOfSpace(Path folder) throws IOException {
    long freeBytes = folder.toFile().getUsableSpace();
    return freeBytes < LEAST_FREE_BYTES
        ? Optional.of("only " + freeBytes + " bytes are free in " + folder.getParent())
        : Optional.empty();
  }
}
