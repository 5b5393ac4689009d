package io.thaw.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to CRIU and back, with a script in its place: CRIU itself does not run everywhere. */
class CriuDumpTest {

  /** What a script finds as its arguments. */
  private static final String NAMES = "pid=$3; images=$5\n";

  private static final int SIGALRM = 14;

  @TempDir Path folder;

  private Tracee tracee;
  private SignalWatch signals;

  @BeforeEach
  void start() throws Exception {
    tracee = Tracee.launch(List.of("/bin/true"), Map.of(), HostProcessor.architecture());
    MappedRange vdso =
        MappedRange.ofProcess(tracee.pid()).stream()
            .filter(range -> range.name().equals("[vdso]"))
            .findFirst()
            .orElseThrow();
    signals = new SignalWatch(tracee, RemoteCalls.in(tracee, vdso.startVaddr(), vdso.endVaddr()));
  }

  @AfterEach
  void runToTheEnd() throws Exception {
    tracee.resume(Resumption.CONTINUE, 0);
    assertThat(tracee.await()).isEqualTo(new Stop.Exited(0));
    tracee.close();
  }

  private void dump(String script) throws IOException {
    Path criu = folder.resolve("criu");
    Files.writeString(criu, "#!/bin/sh\n" + NAMES + script);
    assertThat(criu.toFile().setExecutable(true)).isTrue();
    new CriuDump(criu, tracee, signals).dump(folder.resolve("img"));
  }

  @Test
  void criuFindsTheProcessStoppedAndUntracedAndLeavesItWhereItStood() throws Exception {
    UserRegisters before = tracee.registers();

    dump("cat /proc/$pid/status > $images/status");

    assertThat(Files.readString(folder.resolve("img/status")))
        .contains("State:\tT (stopped)", "TracerPid:\t0");
    assertThat(tracee.registers()).isEqualTo(before);
  }

  @Test
  void theLastOfItsErrorsAreSaidAndTheProcessStandsWhereItStood() throws Exception {
    UserRegisters before = tracee.registers();

    assertThatThrownBy(
            () ->
                dump(
                    """
                    echo 'Error (a.c:1): first' >&2
                    echo 'Error (a.c:2): second' >&2
                    echo 'Warn  (a.c:3): nothing'
                    echo 'Error (a.c:4): third' >&2
                    echo 'Error (a.c:5): fourth' >&2
                    exit 7
                    """))
        .hasMessage(
            """
            criu dump ended with status 7
              Error (a.c:2): second
              Error (a.c:4): third
              Error (a.c:5): fourth
            --dumper builtin does without criu""");
    assertThat(tracee.registers()).isEqualTo(before);
  }

  @Test
  void aSignalThatComesMeanwhileIsHeldForLater() throws Exception {
    UserRegisters before = tracee.registers();

    dump("kill -ALRM $pid");

    assertThat(signals.injectNext()).isEqualTo(SIGALRM);
    assertThat(tracee.registers()).isEqualTo(before);
  }
}
