package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.write.CriuWriter;
import io.thaw.linker.model.Checkpoint;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes checkpoints of real dumps, and reads them back. */
class RoundTripTest {

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86-64-static",
        "x86-64-dynamic",
        "x86-64-static-sse",
        "aarch64-static",
        "aarch64-dynamic",
        "riscv64-static",
        "riscv64-dynamic"
      })
  void what_is_read_back_is_what_was_written(String name) throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed(name))) {
      Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
      assertThat(checkpoint.details()).isPresent();
      Fixtures.unpack(tree, name + "/sysroot", scratch.resolve("sysroot"));
      CriuWriter.write(checkpoint, scratch.resolve("img"));
      try (FileTree written = FileTree.open(scratch)) {
        Checkpoint again = CriuReader.read(written, CriuReader.Options.defaults());
        Comparison.assertSame(again, checkpoint);
      }
    }
  }

  /** That of Debian 12, which is older than riscv64 in CRIU. */
  @ParameterizedTest
  @ValueSource(strings = {"x86-64-static", "x86-64-dynamic", "aarch64-dynamic"})
  void criu_s_own_library_decodes_every_image(String name) throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed(name))) {
      Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
      CriuWriter.write(checkpoint, scratch.resolve("img"));
      List<String> said = CriuLibrary.check(scratch.resolve("img"));
      assertThat(said)
          .contains(
              "inventory.img: as CRIU has it",
              "pstree.img: as CRIU has it",
              "files.img: as CRIU has it")
          .allMatch(line -> line.endsWith(": as CRIU has it"));
      assertThat(said).hasSize(imageCount() - 1);
    }
  }

  private int imageCount() throws Exception {
    try (Stream<Path> files = Files.list(scratch.resolve("img"))) {
      return (int) files.count();
    }
  }

  @Test
  void equal_checkpoints_give_equal_bytes() throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed("x86-64-dynamic"))) {
      Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
      CriuWriter.write(checkpoint, scratch.resolve("one"));
      CriuWriter.write(
          CriuReader.read(tree, CriuReader.Options.defaults()), scratch.resolve("two"));
      try (Stream<Path> files = Files.list(scratch.resolve("one"))) {
        for (Path file : files.toList()) {
          assertThat(Files.mismatch(file, scratch.resolve("two").resolve(file.getFileName())))
              .as(file.getFileName().toString())
              .isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void a_dump_that_is_there_is_not_written_over() throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed("x86-64-static"))) {
      Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
      CriuWriter.write(checkpoint, scratch.resolve("img"));
      assertThatThrownBy(() -> CriuWriter.write(checkpoint, scratch.resolve("img")))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
  }
}
