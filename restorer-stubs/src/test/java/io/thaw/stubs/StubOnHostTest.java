package io.thaw.stubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The C that all stubs share, compiled for this host, against a model of its memory and against
 * what the host's own kernel answers to the same calls.
 */
class StubOnHostTest {

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void systemCallsAndMemoryAreWhatAModelAndTheHostsKernelSay() throws Exception {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64")
            && System.getProperty("os.name").equals("Linux"),
        "SKIPPED: the stub's C is compared with the kernel of an x86-64 Linux host only");
    Process process =
        new ProcessBuilder("sh", "src/test/c/run.sh", "4").redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.startsWith("ok: "))).hasSize(1 + 4 * 4);
  }
}
