package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CRIU's own tool for images reads the dump of a real process. */
class CritTest {

  /** Debian's, which has the interpreter that its library is installed for. */
  private static final Path CRIT = Path.of("/usr/bin/crit");

  private static final int PAGE = 4096;
  private static final long SHARED_ANONYMOUS = 0x21;

  @TempDir Path folder;

  @Test
  void everyImageIsDecodedAndEncodesToTheSameBytes() throws Exception {
    assertTrue(Files.isExecutable(CRIT), "no " + CRIT + ": apt-get install criu");
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      long area = process.call(HostProcess.MMAP, 0, PAGE, 3, SHARED_ANONYMOUS, -1, 0);
      process.fill(area, PAGE);
      process.call(HostProcess.PIPE, area, 0);
      process.call(HostProcess.EVENTFD, 5, 0);
      process.call(HostProcess.SOCKET, 1, 1, 0);
      ProcessCapture.capture(process.stopped(), List.of(), VdsoData.untouched(), folder);
    }
    Set<String> kinds = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder.resolve("img"))) {
      for (Path image : files.sorted().toList()) {
        String name = image.getFileName().toString();
        kinds.add(name.replaceAll("[-.].*", ""));
        if (!name.startsWith("pages-")) { // bytes of memory, without a format
          assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(again(image)), name);
        }
      }
    }
    assertTrue(
        kinds.containsAll(
            Set.of("core", "fdinfo", "files", "fs", "ids", "inventory", "mm", "pagemap", "pstree")),
        kinds.toString());
  }

  private Path again(Path image) throws IOException, InterruptedException {
    Path text = folder.resolve(image.getFileName() + ".json");
    Path bytes = folder.resolve(image.getFileName() + ".again");
    crit("decode", image, text);
    crit("encode", text, bytes);
    return bytes;
  }

  private static void crit(String what, Path from, Path to)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(CRIT.toString(), what, "-i", from.toString(), "-o", to.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), what + " of " + from.getFileName() + ": " + said);
  }
}
