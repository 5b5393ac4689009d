package io.thaw.linker.criu;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a dump is damaged, it is read and planned, or refused; nothing else happens. */
class MutatedDumpTest {

  private static final int ITERATIONS = 1500;
  private static final int BLOCK = 50;
  private static final Duration BLOCK_LIMIT = Duration.ofSeconds(20);

  /** A whole reading and planning of these dumps takes a few MiB. */
  private static final long MAX_ALLOCATED_BYTES = 128L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-static", "aarch64-dynamic", "riscv64-static"})
  void a_damaged_dump_is_read_or_refused(String name) throws Exception {
    long seed = Long.getLong("thaw.mutation.seed", 0x7468_6177L);
    System.out.println("mutations of " + name + " with thaw.mutation.seed=" + seed);
    try (FileTree tree = FileTree.open(Fixtures.packed(name))) {
      Fixtures.unpack(tree, name + "/img", scratch.resolve("img"));
      Fixtures.unpack(tree, name + "/sysroot", scratch.resolve("sysroot"));
    }
    List<Path> images = images();
    Random random = new Random(seed);
    for (int i = 0; i < ITERATIONS; i += BLOCK) {
      String where = "seed " + seed + ", mutations from " + i;
      assertTimeoutPreemptively(
          BLOCK_LIMIT,
          () -> {
            for (int j = 0; j < BLOCK; j++) {
              mutateAndRead(images.get(random.nextInt(images.size())), random, where);
            }
          },
          where);
    }
  }

  private List<Path> images() throws Exception {
    try (Stream<Path> files = Files.list(scratch.resolve("img"))) {
      return files.filter(file -> isRead(file.getFileName().toString())).sorted().toList();
    }
  }

  /** The dump folder has images that are not read, too. */
  private static boolean isRead(String name) {
    return Stream.of(
            "inventory",
            "core-",
            "mm-",
            "pagemap-",
            "pages-",
            "files",
            "fdinfo-",
            "ids-",
            "pstree",
            "timens-")
        .anyMatch(name::startsWith);
  }

  private void mutateAndRead(Path image, Random random, String where) throws Exception {
    byte[] whole = Files.readAllBytes(image);
    byte[] mutated = whole;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      mutated = mutate(mutated, random);
    }
    Files.write(image, mutated);
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    try {
      readAndPlan();
    } catch (InvalidInputException e) {
      if (e.getMessage().isBlank()) {
        fail(where + ", " + image.getFileName() + ": a refusal without a word");
      }
    } catch (Exception | Error e) {
      fail(where + ", " + image.getFileName(), e);
    } finally {
      Files.write(image, whole);
    }
    long allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    if (allocatedBytes > MAX_ALLOCATED_BYTES) {
      fail(where + ", " + image.getFileName() + ": " + allocatedBytes + " bytes allocated");
    }
  }

  private void readAndPlan() throws Exception {
    Checkpoint checkpoint = TestDump.read(scratch.resolve("img"), CriuReader.Options.defaults());
    Planner.plan(
        checkpoint, Platforms.defaultFor(checkpoint.architecture()), LinkOptions.defaults());
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] mutated = bytes.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> mutated[at] = 0;
      case 1 -> mutated[at] = (byte) 0xff;
      case 2 -> mutated[at] = (byte) random.nextInt();
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> mutated[at] = (byte) (mutated[at] ^ 1 << random.nextInt(8));
    }
    return mutated;
  }
}
