package io.thaw.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.app.ptrace.Tracee;
import io.thaw.app.record.RecordOptions.Point;
import io.thaw.app.record.RecordOptions.Start;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartPointsTest {

  private static final int SIGUSR1 = 10;

  /** A grandchild, for Java would take the stops of a child. */
  private static final String WAITS =
      """
      exec 3<&0
      /bin/sh -c 'trap : USR1; echo ready; until read x; do :; done; echo "got $x"; exit 7' \
      <&3 3<&- &
      echo $!
      wait $!
      """;

  @Test
  void aHandlerThatComesBeforeTheInterruptedCallIsNotTakenForIt() throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-c", WAITS).start();
    try (BufferedReader out = shell.inputReader();
        BufferedWriter in = shell.outputWriter()) {
      List<String> lines = Stream.of(out.readLine(), out.readLine()).sorted().toList();
      assertThat(lines.get(1)).isEqualTo("ready");
      int pid = Integer.parseInt(lines.get(0));
      while (!Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tS")) {
        Thread.sleep(1);
      }
      Tracee tracee = Tracee.attach(pid, HostProcessor.architecture());
      assertThat(tracee.await().isOver()).isFalse();
      tracee.kill(SIGUSR1);

      new StartPoints(tracee)
          .reach(new Start(new Point.Now(), Optional.empty(), OptionalLong.empty()));

      tracee.detach(0);
      in.write("hello\n");
      in.flush();
      assertThat(out.readLine()).isEqualTo("got hello");
      assertThat(shell.waitFor()).isEqualTo(7);
    }
  }
}
