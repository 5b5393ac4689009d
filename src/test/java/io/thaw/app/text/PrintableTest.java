package io.thaw.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void controlCharactersCannotReachTheTerminal() {
    assertThat(Printable.line("a\033[2Jb\nc\u009bd")).isEqualTo("a\\x1b[2Jb\\x0ac\\x9bd");
  }

  @Test
  void otherTextIsLeftAlone() {
    assertThat(Printable.line("/tmp/größe 目录")).isEqualTo("/tmp/größe 目录");
  }
}
