package io.thaw.linker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SysrootLinksTest {

  @TempDir private Path folder;

  private final SampleTree sample =
      new SampleTree()
          .file("sysroot/usr/lib/libc.so", new byte[] {1})
          .link("sysroot/lib", "/usr/lib")
          .link("sysroot/escape", "../../../../../../../../etc/passwd")
          .link("sysroot/host", "/etc/passwd")
          .link("sysroot/usr/climb", "../lib/libc.so")
          .file("etc/passwd", new byte[] {2});

  @ParameterizedTest
  @EnumSource
  void absoluteLinksBeginAtTheSubtree(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      FileTree sysroot = tree.subtree("sysroot");
      assertThat(SampleTree.bytesOf(sysroot.find("lib/libc.so").orElseThrow())).containsExactly(1);
      assertThat(SampleTree.bytesOf(sysroot.find("usr/climb").orElseThrow())).containsExactly(1);
      assertThat(sysroot.find("host")).isEmpty();
      assertThat(sysroot.name()).isEqualTo("sysroot");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingASubtreeLeavesTheTreeUsable(SampleTree.Form form) throws Exception {
    try (FileTree tree = FileTree.open(sample.write(folder, form))) {
      tree.subtree("sysroot").close();
      assertThat(SampleTree.bytesOf(tree.find("etc/passwd").orElseThrow())).containsExactly(2);
    }
  }

  @Test
  void aSysrootOnDiskIsNeverLeft() throws Exception {
    Path root = sample.write(folder, SampleTree.Form.FOLDER).resolve("sysroot");
    try (FileTree sysroot = FileTree.ofSysroot(root)) {
      assertThat(SampleTree.bytesOf(sysroot.find("lib/libc.so").orElseThrow())).containsExactly(1);
      assertThat(sysroot.find("escape")).isEmpty();
      assertThat(sysroot.find("host")).isEmpty();
      assertThat(sysroot.find("../etc/passwd")).isEmpty();
    }
  }

  @Test
  void theRootOfTheMachineIsASysroot() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[] {3});
    try (FileTree sysroot = FileTree.ofSysroot(Path.of("/"))) {
      String path = file.toAbsolutePath().toString().substring(1);
      assertThat(sysroot.find(path).orElseThrow().name()).isEqualTo("/" + path);
      assertThat(SampleTree.bytesOf(sysroot.find(path).orElseThrow())).containsExactly(3);
    }
  }

  @Test
  void aSysrootThatIsNoFolderIsRefused() {
    assertThatThrownBy(() -> FileTree.ofSysroot(folder.resolve("absent")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("absent");
  }
}
