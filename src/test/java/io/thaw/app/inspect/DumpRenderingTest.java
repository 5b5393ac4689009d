package io.thaw.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DumpRenderingTest {

  private static final Manifest.Mapping MAPPING =
      new Manifest.Mapping(
          new Manifest.Range(0x10000, 0x13000), "rw-", "anonymous", "", 2, 0, 1, 0);

  private static final RecordingInspection RECORDING =
      new RecordingInspection(
          new RecordingDescription(
              List.of("ls", "-l\n"),
              "main",
              "exit",
              "builtin",
              "x86-64-v3",
              "a processor",
              "6.1.0",
              List.of("CPUID"),
              List.of("shared memory")),
          1234,
          Map.of("openat", 7L),
          4096,
          12);

  private final DumpInspection linkable =
      new DumpInspection(
          SampleCheckpoints.of(Architecture.X86_64, SampleCheckpoints.x86(/* hasXsave= */ true)),
          List.of(MAPPING),
          List.of("signal 14 was pending"),
          List.of(),
          Optional.of(RECORDING));

  private final DumpInspection unlinkable =
      new DumpInspection(
          SampleCheckpoints.of(Architecture.AARCH64, SampleCheckpoints.aarch64()),
          List.of(MAPPING),
          List.of(),
          List.of(new Problem("sample.tar", "registers", "this", "that")),
          Optional.empty());

  @Test
  void textOfARecordingSaysHowItWasMadeAndWhatHappened() {
    assertThat(DumpText.of(linkable))
        .startsWith("recording of ls -l\\x0a\n  from main, ended by exit\n")
        .contains("on a processor, Linux 6.1.0; level x86-64-v3; dumped by builtin")
        .contains("not trapped: CPUID")
        .contains("1,234 events, 4,096 bytes written to memory, 12 bytes of output")
        .contains("openat 7")
        .contains("warning: shared memory");
    assertThat(DumpText.of(unlinkable)).doesNotContain("recording");
  }

  @Test
  void jsonOfARecordingHasTheSame() {
    assertThat(DumpJson.of(linkable).get("kind").asText()).isEqualTo("recording");
    assertThat(DumpJson.of(linkable).at("/recording/calls/openat").asLong()).isEqualTo(7);
    assertThat(DumpJson.of(unlinkable).get("kind").asText()).isEqualTo("dump");
  }

  @Test
  void textHasProcessRegistersMemoryFilesAndSignals() {
    assertThat(DumpText.of(linkable))
        .contains("process 7 (sam\\x0aple) of sample.tar: x86-64, 1 thread, pages of 4096 bytes")
        .contains("parent 1, group 6, session 5; user 1000 (effective 1001), group 1002")
        .contains("clocks: monotonic 12.000000345 s")
        .containsPattern("rip +0x401234")
        .contains("  ymm15  ")
        .containsPattern("10000 +13000 +rw- +anonymous +2 +0 +1 +0")
        .contains("with content: 8.0 KiB")
        .containsPattern("3 +regular +write +40 +50 +/tmp/log")
        .contains("blocked 0x2000")
        .contains("14: handler at 0x400500")
        .contains("14: pending")
        .contains("armed: interval timer ITIMER_REAL")
        .contains("warning: signal 14 was pending")
        .endsWith("linkable with the defaults of 'thaw link'");
  }

  @Test
  void textSaysWhyADumpCannotBeLinked() {
    assertThat(DumpText.of(unlinkable))
        .contains("aarch64")
        .endsWith("not linkable: sample.tar: registers: found this, acceptable: that");
  }

  @Test
  void jsonHasTheSame() {
    ObjectNode json = DumpJson.of(linkable);

    assertThat(json.get("kind").asText()).isEqualTo("recording");
    assertThat(json.at("/process/command").asText()).isEqualTo("sam\nple");
    assertThat(json.at("/threads/0/registers/rip").asText()).isEqualTo("0x401234");
    assertThat(json.at("/threads/0/registers/rsp").asText()).isEqualTo("0x10f");
    assertThat(json.at("/mappings/0/dumpPages").asLong()).isEqualTo(2);
    assertThat(json.at("/mappings/0/start").asText()).isEqualTo("0x10000");
    assertThat(json.at("/descriptors/1/name").asText()).isEqualTo("/tmp/log");
    assertThat(json.at("/signals/actions/0/handler").asText()).isEqualTo("0x400500");
    assertThat(json.at("/signals/pending/0").asInt()).isEqualTo(14);
    assertThat(json.at("/warnings/0").asText()).isEqualTo("signal 14 was pending");
    assertThat(json.get("problems")).isEmpty();
    assertThat(DumpJson.of(unlinkable).at("/problems/0/acceptable").asText()).isEqualTo("that");
  }
}
