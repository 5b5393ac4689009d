package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginResultTest {

  static final String TEXT =
      """
      restore_instructions=52
      user_instructions=1000
      stub_instructions=77
      stopped=0
      first_user_pc=0x401000
      last_user_pc=0x402000
      trace_failed=0
      end
      """;

  @Test
  void countsAreRead() throws Exception {
    PluginResult result = PluginResult.parse(TEXT);

    assertThat(result.counts()).isEqualTo(new InstructionCounts(52, 1000, 77));
    assertThat(result.stopped()).isFalse();
    assertThat(result.traceComplete()).isTrue();
  }

  @Test
  void flagsAreRead() throws Exception {
    PluginResult result =
        PluginResult.parse(
            TEXT.replace("stopped=0", "stopped=1").replace("trace_failed=0", "trace_failed=1"));

    assertThat(result.stopped()).isTrue();
    assertThat(result.traceComplete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "user_instructions=1000, user_instructions=-1",
    "user_instructions=1000, user_instructions=18446744073709551615",
    "user_instructions=1000, user_instructions=",
    "stopped=0, stopped=2",
    "stub_instructions, restore_instructions",
    "stub_instructions, calls",
    "trace_failed, trace",
    "end, END"
  })
  void aWrongResultIsRefused(String right, String wrong) {
    assertThatThrownBy(() -> PluginResult.parse(TEXT.replace(right, wrong)))
        .isInstanceOf(MalformedTextException.class);
  }

  @Test
  void anIncompleteResultIsRefused() {
    for (int length = 0; length < TEXT.length(); length++) {
      String cut = TEXT.substring(0, length);
      assertThatThrownBy(() -> PluginResult.parse(cut)).isInstanceOf(MalformedTextException.class);
    }
  }
}
