package io.thaw.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptsTest {

  @Test
  void theLastLinesBeforeMeetTheFirstLinesAfter() {
    assertThat(Excerpts.of("1\n2\n3\n", "4\n5\n6\n7\n8\n9\n10\n"))
        .isEqualTo(
            """
              written when it was frozen:
                2
                3
              written by the image:
                4
                5
                6
                ... 2 lines more ...
                9
                10\
            """);
  }

  @Test
  void silenceIsSaid() {
    assertThat(Excerpts.of("", ""))
        .isEqualTo("  written when it was frozen: nothing\n  written by the image: nothing");
  }

  @Test
  void whatAnImageWritesCannotDriveTheTerminal() {
    assertThat(Excerpts.of("", "a\033[2Jb\n")).contains("a\\x1b[2Jb");
  }
}
