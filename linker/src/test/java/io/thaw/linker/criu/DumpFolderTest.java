package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the image files of a dump are in what the user names. */
class DumpFolderTest {

  @TempDir private Path folder;

  private static TestDump named(String command) {
    TestDump dump = TestDump.x86();
    dump.core.getTaskBuilder().setCommand(command);
    return dump;
  }

  private String commandIn(String place) throws Exception {
    return TestDump.read(folder.resolve(place), CriuReader.Options.defaults()).identity().command();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in", "in/img", "in/checkpoint", "in/img/2", "in/a/b/c/img"})
  void itIsFoundUpToFourFoldersBelow(String place) throws Exception {
    named("found").write(folder.resolve(place));

    assertThat(commandIn("in")).isEqualTo("found");
    assertThat(commandIn(place)).isEqualTo("found");
  }

  @Test
  void itIsNotLookedForBelowThat() throws Exception {
    named("found").write(folder.resolve("in/a/b/c/d/img"));

    assertThatThrownBy(() -> commandIn("in")).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theParentsOfAnIncrementalDumpAreNotMeant() throws Exception {
    for (int i = 1; i <= 3; i++) {
      TestDump dump = named("number " + i);
      if (i < 3) {
        dump.links.put("parent", "../" + (i + 1));
      }
      dump.write(folder.resolve("in/img/" + i));
    }

    assertThat(commandIn("in")).isEqualTo("number 1");
  }

  @Test
  void ofTwoDumpsNoneIsMeant() throws Exception {
    named("one").write(folder.resolve("in/a/img"));
    named("other").write(folder.resolve("in/b/img"));

    assertThatThrownBy(() -> commandIn("in"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("dumps in a/img, b/img");
  }

  @Test
  void linkedFoldersAreNotSearched() throws Exception {
    named("found").write(folder.resolve("in/a/img"));
    Files.createSymbolicLink(folder.resolve("in/again"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("in/a/loop"), Path.of("."));

    assertThat(commandIn("in")).isEqualTo("found");
  }

  @Test
  void imagesOfAnotherVersionAreRefused() {
    TestDump dump = named("old");
    byte[] inventory = dump.build().get("inventory.img");
    inventory[inventory.length - 1] = 1;
    dump.others.put("inventory.img", inventory);

    assertThatThrownBy(() -> dump.writeAndRead(folder.resolve("in")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("in/inventory.img: img_version: found 1, acceptable: 2");
  }

  @Test
  void everyImageThatHasToBeThereIsNamedIfItIsNot() throws Exception {
    for (String name :
        List.of("core-157.img", "mm-157.img", "pagemap-157.img", "pages-1.img", "ids-157.img")) {
      Path images = named("sample").write(folder.resolve(name).resolve("img"));
      Files.delete(images.resolve(name));

      assertThatThrownBy(() -> TestDump.read(images, CriuReader.Options.defaults()))
          .as(name)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(name + ": found no such file");
    }
  }
}
