package io.thaw.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "90, PT90S",
    "1.5s, PT1.5S",
    "500ms, PT0.5S",
    "10m, PT10M",
    "2h, PT2H",
    "0.25, PT0.25S",
    "999999999h, PT999999999H"
  })
  void durationsAreReadInTheFormsThatTheDocumentationLists(String text, Duration expected) {
    assertThat(Times.parseDuration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0s", "-1", "1 s", "s", "1d", "1.s", "9999999999", "PT1S"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> Times.parseDuration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'");
  }

  @Test
  void instantsAreReadToTheNanosecond() {
    assertThat(Times.parseInstantNanos("1970-01-01T00:00:01.000000002Z")).isEqualTo(1_000_000_002L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-01",
        "1969-12-31T23:59:59Z",
        "2262-04-12T00:00:00Z",
        "+1000000-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z"
      })
  void otherInstantsAreRefused(String text) {
    assertThatThrownBy(() -> Times.parseInstantNanos(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'");
  }
}
