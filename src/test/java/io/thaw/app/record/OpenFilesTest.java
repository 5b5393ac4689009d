package io.thaw.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On descriptors of the process that runs the tests. */
class OpenFilesTest {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final Architecture HERE =
      System.getProperty("os.arch").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;

  private final OpenFiles files = new OpenFiles((int) ProcessHandle.current().pid());

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "not on Linux");
    file = Files.writeString(folder.toRealPath().resolve("file"), "text");
  }

  @Test
  void aFileIsReadThroughThePageCache() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      assertThat(channel.isOpen()).isTrue();
      assertThat(files.readsDirectly(descriptor(), HERE)).isFalse();
    }
  }

  @Test
  void aFileCanBeReadPastThePageCache() throws IOException {
    List<OpenOption> options = List.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
    try (FileChannel channel = FileChannel.open(file, options.toArray(OpenOption[]::new))) {
      assertThat(channel.isOpen()).isTrue();
      assertThat(files.readsDirectly(descriptor(), HERE)).isTrue();
    }
  }

  @Test
  void whatIsNotOpenIsNotRead() {
    assertThat(files.readsDirectly(-1, HERE)).isFalse();
    assertThat(files.readsDirectly(Integer.MAX_VALUE, HERE)).isFalse();
  }

  private int descriptor() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        int fd = Integer.parseInt(path.getFileName().toString());
        if (files.name(fd).equals(file.toString())) {
          return fd;
        }
      }
    }
    throw new IOException(file + " is not open");
  }
}
