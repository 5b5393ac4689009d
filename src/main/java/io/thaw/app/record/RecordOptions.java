package io.thaw.app.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to record.
 *
 * @param folder the recording that is made
 * @param target the process
 * @param start where the recording begins
 * @param limit where it ends, besides the end of the program
 * @param isaLevel what a launched program may know of the processor
 * @param dumper what writes the checkpoint; Thaw itself if empty
 * @param leaveRunning whether a launched program goes on when the recording ends
 */
public record RecordOptions(
    Path folder,
    Target target,
    Start start,
    Limit limit,
    IsaLevel isaLevel,
    Optional<DumperKind> dumper,
    boolean leaveRunning) {

  /** Which process. */
  public sealed interface Target {

    /** A program to be started, and its arguments. */
    record Launched(List<String> command) implements Target {

      public Launched {
        command = List.copyOf(command);
      }
    }

    /** One that runs already. */
    record Running(int pid) implements Target {}
  }

  /** Where a recording begins; the delays count from there. */
  public record Start(Point point, Optional<Duration> after, OptionalLong afterCalls) {

    public Start {
      Objects.requireNonNull(point);
      Objects.requireNonNull(after);
      Objects.requireNonNull(afterCalls);
    }
  }

  /** A place in the program. */
  public sealed interface Point {

    /** Wherever it is; for a process that runs. */
    record Now() implements Point {}

    /** Before its first instruction, which is the dynamic loader's. */
    record Exec() implements Point {}

    /** Its entry point: libraries are loaded and initialised. */
    record Entry() implements Point {}

    /** A function of the program or of a library that is loaded with it. */
    record Symbol(String name) implements Point {}
  }

  /** Where a recording ends. */
  public record Limit(Optional<Duration> time, OptionalLong calls) {

    public Limit {
      Objects.requireNonNull(time);
      Objects.requireNonNull(calls);
    }
  }

  /** What writes a checkpoint. */
  public enum DumperKind {
    /** {@code criu dump}. */
    CRIU,
    /** Thaw itself. */
    BUILTIN
  }

  public RecordOptions {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(target);
    Objects.requireNonNull(start);
    Objects.requireNonNull(limit);
    Objects.requireNonNull(isaLevel);
    Objects.requireNonNull(dumper);
  }
}
