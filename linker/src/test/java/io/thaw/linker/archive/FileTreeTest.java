package io.thaw.linker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTreeTest {

  private static final byte[] PAGES =
      "a page of a frozen process ".repeat(100).getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  private final SampleTree sample =
      new SampleTree()
          .folder("img")
          .file("img/pages-1.img", PAGES)
          .file("img/empty.img", new byte[0])
          .file("root.txt", new byte[] {1, 2, 3})
          .link("img/parent", "../older")
          .file("older/mm-7.img", new byte[] {7})
          .link("latest", "img")
          .link("chain", "latest/pages-1.img")
          .link("dangling", "nowhere")
          .link("loop-a", "loop-b")
          .link("loop-b", "loop-a");

  @ParameterizedTest
  @EnumSource
  void everyFormGivesTheSameBytes(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      DataFile pages = tree.find("img/pages-1.img").orElseThrow();
      assertThat(SampleTree.bytesOf(pages)).isEqualTo(PAGES);
      assertThat(SampleTree.bytesOf(tree.find("img/empty.img").orElseThrow())).isEmpty();
      assertThat(SampleTree.bytesOf(tree.find("root.txt").orElseThrow())).containsExactly(1, 2, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormListsTheSameNames(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      assertThat(tree.list("img")).containsExactly("empty.img", "pages-1.img", "parent");
      assertThat(tree.list(""))
          .containsExactly(
              "chain", "dangling", "img", "latest", "loop-a", "loop-b", "older", "root.txt");
      assertThat(tree.list("root.txt")).isEmpty();
      assertThat(tree.list("absent")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormTellsFilesFromFolders(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      assertThat(tree.isDirectory("img")).isTrue();
      assertThat(tree.isDirectory("older")).as("implied by its file").isTrue();
      assertThat(tree.isDirectory("latest")).isTrue();
      assertThat(tree.isDirectory("root.txt")).isFalse();
      assertThat(tree.isDirectory("absent")).isFalse();
      assertThat(tree.find("img")).isEmpty();
      assertThat(tree.find("root.txt/inside")).isEmpty();
      assertThat(tree.find("bad\0name")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void linksAreFollowedAlongTheWayAndAtTheEnd(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      assertThat(SampleTree.bytesOf(tree.find("chain").orElseThrow())).isEqualTo(PAGES);
      assertThat(SampleTree.bytesOf(tree.find("latest/parent/mm-7.img").orElseThrow()))
          .containsExactly(7);
      assertThat(SampleTree.bytesOf(tree.find("img/../older/./mm-7.img").orElseThrow()))
          .containsExactly(7);
      assertThat(tree.find("dangling")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneFolderHasOneRealPath(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      assertThat(tree.realPath("latest/parent")).isPresent().isEqualTo(tree.realPath("older"));
      assertThat(tree.realPath("img")).isNotEqualTo(tree.realPath("older"));
      assertThat(tree.realPath("absent")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoopOfLinksIsRefused(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      assertThatThrownBy(() -> tree.find("loop-a"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("loop-a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesInMessagesTellTheTreeAndThePath(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      String separator = form == SampleTree.Form.FOLDER ? "/" : "!";
      assertThat(tree.find("older/mm-7.img").orElseThrow().name())
          .isEqualTo(tree.name() + separator + "older/mm-7.img");
    }
  }

  @Test
  void aFolderOnDiskMayBeLeftThroughALink() throws Exception {
    Path outside = Files.write(folder.resolve("outside"), new byte[] {9});
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("absolute"), outside.toAbsolutePath());
    try (FileTree tree = FileTree.open(inside)) {
      assertThat(SampleTree.bytesOf(tree.find("absolute").orElseThrow())).containsExactly(9);
      assertThat(SampleTree.bytesOf(tree.find("../outside").orElseThrow())).containsExactly(9);
    }
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a tar\n".repeat(200));
    assertThatThrownBy(() -> FileTree.open(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("notes.txt");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThatThrownBy(() -> FileTree.open(empty)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> FileTree.open(folder.resolve("absent")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("absent");
  }
}
