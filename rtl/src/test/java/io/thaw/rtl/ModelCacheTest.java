package io.thaw.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are built once, and appear whole or not at all. */
class ModelCacheTest {

  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();
  private ModelCache cache;
  private int builds;

  @BeforeEach
  void openCache() {
    cache = new ModelCache(folder.resolve("cache"));
  }

  private Path build(Path in) throws IOException {
    builds++;
    assertThat(in).isEmptyDirectory();
    Files.writeString(RocketBuild.log(in), "said\n");
    Files.writeString(in.resolve("leftover"), "large");
    Path program = Files.writeString(in.resolve("program"), "program " + builds);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private Path get(String digest) throws Exception {
    return cache.get(digest, this::build, progress::add);
  }

  @Test
  void aModelIsBuiltOnce() throws Exception {
    Path first = get("one");

    assertThat(first).isExecutable().hasContent("program 1");
    assertThat(get("one")).isEqualTo(first).hasContent("program 1");
    assertThat(builds).isEqualTo(1);
  }

  @Test
  void anotherDigestIsAnotherModel() throws Exception {
    get("one");

    assertThat(get("two")).hasContent("program 2");
    assertThat(cache.program("one")).hasContent("program 1");
  }

  @Test
  void onlyTheProgramAndTheLogAreKept() throws Exception {
    Path program = get("one");

    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactlyInAnyOrder(
              program,
              program.resolveSibling("build.log"),
              folder.resolve("cache").resolve("lock"));
    }
  }

  @Test
  void whatABuildThatFailedLeftIsNoModelAndInNobodysWay() throws Exception {
    assertThatThrownBy(
            () ->
                cache.get(
                    "one",
                    in -> {
                      build(in);
                      throw new ModelBuildException("broken");
                    },
                    progress::add))
        .isInstanceOf(ModelBuildException.class)
        .hasMessage("broken");
    assertThat(cache.program("one")).doesNotExist();

    assertThat(get("one")).hasContent("program 2");
  }

  @Test
  void aModelThatLostItsProgramIsBuiltAgain() throws Exception {
    Files.delete(get("one"));

    assertThat(get("one")).hasContent("program 2");
  }

  @Test
  void twoProcessesDoNotBuildAtOnce() throws Exception {
    Path lock = Files.createDirectories(folder.resolve("cache")).resolve("lock");
    Process other = lockedByAnotherProcess(lock);
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).as("the other process has it").isNull();
    }
    Thread releases =
        new Thread(
            () -> {
              while (progress.isEmpty()) {
                Thread.onSpinWait();
              }
              other.destroy();
            });
    releases.start();

    assertThat(get("one")).hasContent("program 1");
    assertThat(progress).containsExactly("waiting for another process that builds it");
    releases.join();
  }

  /** A process that has the lock until it is ended. */
  private Process lockedByAnotherProcess(Path lock) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Holder.java"),
            """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class Holder {
              public static void main(String[] args) throws Exception {
                FileChannel.open(
                    Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
                System.out.println("locked");
                Thread.sleep(60_000);
              }
            }
            """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                source.toString(),
                lock.toString())
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("locked");
    assertThat(process.waitFor(0, TimeUnit.SECONDS)).isFalse();
    return process;
  }
}
