package io.thaw.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyProblemOfAnInputIsALine() {
    int status =
        report(
            new InvalidInputException(
                List.of(
                    new Problem("a.img", "vma_entry 3", "0x7", "a multiple of 0x1000"),
                    new Problem("b.img", "", "nothing", "something"))));

    assertThat(status).isEqualTo(3);
    assertThat(text())
        .isEqualToNormalizingNewlines(
            """
            error: a.img: vma_entry 3: found 0x7, acceptable: a multiple of 0x1000
            error: b.img: found nothing, acceptable: something
            """);
  }

  @Test
  void aFullDiskOrAMissingPrivilegeIsNoBug() {
    assertThat(report(new AccessDeniedException("/root/x"))).isEqualTo(4);
    assertThat(report(new IOException("No space left on device"))).isEqualTo(4);
    assertThat(report(new IOException("cannot write", new IOException("stdout is closed"))))
        .isEqualTo(4);
    assertThat(text())
        .contains("error: /root/x: permission denied")
        .contains("error: cannot write: stdout is closed")
        .contains("No space left on device")
        .doesNotContain("\tat ");
  }

  @Test
  void whatNobodyExpectedIsABugWithAStackTrace() {
    assertThat(report(new IllegalStateException("the impossible"))).isEqualTo(1);
    assertThat(text()).contains("bug in Thaw", "the impossible", "\tat ");
  }

  @Test
  void exhaustedMemoryIsSaidWithTheRemedy() {
    PrintStream stream = new PrintStream(err, /* autoFlush= */ true, StandardCharsets.UTF_8);

    assertThat(Failures.bug(new OutOfMemoryError("Java heap space"), stream)).isEqualTo(4);
    assertThat(text())
        .contains("Java heap space", "THAW_JAVA_OPTIONS=-Xmx")
        .doesNotContain("\tat ");
  }

  private int report(Exception e) {
    return Failures.report(e, new PrintStream(err, /* autoFlush= */ true, StandardCharsets.UTF_8));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
