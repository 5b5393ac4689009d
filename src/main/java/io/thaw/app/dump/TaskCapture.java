package io.thaw.app.dump;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.linux.Credentials;
import io.thaw.linker.model.linux.ProgramLayout;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.ThreadDetails;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the kernel keeps of a process and of one of its threads. */
final class TaskCapture {

  private static final int PR_GET_PDEATHSIG = 2;
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_GET_SECUREBITS = 27;
  private static final int PR_GET_CHILD_SUBREAPER = 37;
  private static final int PR_GET_TID_ADDRESS = 40;
  private static final int PR_GET_THP_DISABLE = 42;
  private static final int LIMIT_COUNT = 16;
  private static final int HEXADECIMAL = 16;
  private static final int DECIMAL = 10;
  private static final int NO_LOGIN = -1;

  private final StoppedProcess process;
  private final ProcFiles files;
  private final Scratch scratch;
  private final Stat stat;
  private final Map<String, String> status;

  TaskCapture(StoppedProcess process, ProcFiles files, Scratch scratch, Stat stat)
      throws IOException {
    this.process = process;
    this.files = files;
    this.scratch = scratch;
    this.stat = stat;
    this.status = files.pairs("status");
  }

  TaskDetails task(List<ByteBlock> pendingSignals) throws IOException {
    return new TaskDetails(
        (int) stat.get(Stat.EXIT_CODE),
        files.number("personality", HEXADECIMAL, 0),
        (int) stat.get(Stat.FLAGS),
        files.number("loginuid", DECIMAL, NO_LOGIN),
        files.number("oom_score_adj", DECIMAL, 0),
        askForInt(PR_GET_CHILD_SUBREAPER) != 0,
        (int) ask(PR_GET_DUMPABLE),
        ask(PR_GET_THP_DISABLE) != 0,
        limits(),
        TimerCapture.capture(files, scratch),
        pendingSignals);
  }

  private long ask(int option) throws IOException {
    return scratch.call("prctl", scratch.numbers().prctl(), option, 0, 0, 0, 0);
  }

  private int askForInt(int option) throws IOException {
    scratch.call("prctl", scratch.numbers().prctl(), option, scratch.vaddr(), 0, 0, 0);
    return scratch.answer(Integer.BYTES).getInt();
  }

  private List<TaskDetails.Limit> limits() throws IOException {
    List<TaskDetails.Limit> limits = new ArrayList<>();
    for (int i = 0; i < LIMIT_COUNT; i++) {
      scratch.call("prlimit64", scratch.numbers().prlimit(), 0, i, 0, scratch.vaddr());
      ByteBuffer limit = scratch.answer(2 * Long.BYTES);
      limits.add(new TaskDetails.Limit(limit.getLong(), limit.getLong()));
    }
    return limits;
  }

  ThreadDetails thread(
      SignalState signals, List<ByteBlock> pending, Map<Component, ByteBlock> vectorState)
      throws IOException {
    long clearTidVaddr = 0;
    // Only kernels that are made for checkpoints know this one.
    if (!Scratch.isError(
        scratch.tryCall(scratch.numbers().prctl(), PR_GET_TID_ADDRESS, scratch.vaddr(), 0, 0, 0))) {
      clearTidVaddr = scratch.answer(Long.BYTES).getLong();
    }
    scratch.call(
        "get_robust_list",
        scratch.numbers().getRobustList(),
        0,
        scratch.vaddr(),
        scratch.vaddr() + Long.BYTES);
    ByteBuffer robust = scratch.answer(2 * Long.BYTES);
    return new ThreadDetails(
        command(),
        clearTidVaddr,
        robust.getLong(),
        (int) robust.getLong(),
        process.restartableSequences(),
        new ThreadDetails.Scheduling(
            (int) stat.get(Stat.NICE), (int) stat.get(Stat.POLICY), (int) stat.get(Stat.PRIORITY)),
        askForInt(PR_GET_PDEATHSIG),
        signals.blockedMask(),
        signals.alternateStack(),
        pending,
        credentials(),
        vectorState);
  }

  String command() throws IOException {
    String comm = files.text("comm");
    return comm.endsWith("\n") ? comm.substring(0, comm.length() - 1) : comm;
  }

  int creationMask() {
    return Integer.parseInt(status.getOrDefault("Umask", "0"), 8);
  }

  Credentials credentials() throws IOException {
    return new Credentials(
        ids("Uid"),
        ids("Gid"),
        mask("CapInh"),
        mask("CapPrm"),
        mask("CapEff"),
        mask("CapBnd"),
        (int) ask(PR_GET_SECUREBITS),
        numbers("Groups"));
  }

  /** Real, effective, saved and file system's. */
  private Credentials.Ids ids(String key) throws IOException {
    List<Integer> ids = numbers(key);
    if (ids.size() != 4) {
      throw new IOException(files.name() + ": its status has no four ids as " + key);
    }
    return new Credentials.Ids(ids.get(0), ids.get(1), ids.get(2), ids.get(3));
  }

  private List<Integer> numbers(String key) {
    return Pattern.compile("\\s+")
        .splitAsStream(status.getOrDefault(key, ""))
        .filter(word -> !word.isEmpty())
        .map(Integer::parseUnsignedInt)
        .toList();
  }

  private long mask(String key) {
    return Long.parseUnsignedLong(status.getOrDefault(key, "0"), HEXADECIMAL);
  }

  ProgramLayout layout() {
    return new ProgramLayout(
        stat.get(Stat.START_CODE),
        stat.get(Stat.END_CODE),
        stat.get(Stat.START_DATA),
        stat.get(Stat.END_DATA),
        stat.get(Stat.ARG_START),
        stat.get(Stat.ARG_END),
        stat.get(Stat.ENV_START),
        stat.get(Stat.ENV_END));
  }
}
