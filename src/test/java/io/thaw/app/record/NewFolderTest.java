package io.thaw.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {

  @TempDir Path scratch;

  @Test
  void whatWasNotFinishedIsRemovedWithAllThatIsInIt() throws Exception {
    Path folder = scratch.resolve("p.rec");
    try (NewFolder made = new NewFolder(folder)) {
      fill(folder);
      assertThat(made).isNotNull();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsFinishedStays() throws Exception {
    Path folder = scratch.resolve("p.rec");
    try (NewFolder made = new NewFolder(folder)) {
      fill(folder);
      made.keep();
    }
    assertThat(folder.resolve("img/a")).exists();
  }

  @Test
  void aFolderOfSomebodyElseStays() throws Exception {
    Path folder = scratch.resolve("p.rec");
    fill(folder);
    try (NewFolder made = new NewFolder(folder)) {
      assertThat(made).isNotNull();
    }
    assertThat(folder.resolve("img/a")).exists();
  }

  private static void fill(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("img"));
    Files.writeString(folder.resolve("img/a"), "a");
  }
}
