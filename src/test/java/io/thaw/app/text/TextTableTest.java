package io.thaw.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.app.text.TextTable.Align;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.LEFT);
    table.row("name", "size", "note").row("a", "12345", "").row("bcdef", "1", "x");

    assertThat(table.lines("  "))
        .containsExactly("  name    size  note", "  a      12345", "  bcdef      1  x");
  }

  @Test
  void rowsHaveAllCells() {
    TextTable table = new TextTable(Align.LEFT, Align.LEFT);
    assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
  }
}
