package io.thaw.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "0x1000, 4096",
    "0XfF, 255",
    "1_000_000, 1000000",
    "0x1_0000, 65536",
    "1K, 1000",
    "64M, 64000000",
    "2G, 2000000000",
    "1T, 1000000000000",
    "1Ki, 1024",
    "64Mi, 67108864",
    "1.5Gi, 1610612736",
    "0.5Ki, 512",
    "3Ti, 3298534883328",
    "64MiB, 67108864",
    "64MB, 64000000",
    "512B, 512",
    "0x10Ki, 16384",
    "9223372036854775807, 9223372036854775807"
  })
  void sizesAreReadInTheFormsThatTheDocumentationLists(String text, long expectedBytes) {
    assertThat(Quantities.parseSizeBytes(text)).isEqualTo(expectedBytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "M",
        "64 M",
        "64m",
        "64Q",
        "64MM",
        "64iM",
        "_1",
        "1_",
        "0x",
        "0x_",
        "12ab",
        "1.5",
        "1.M",
        ".5M",
        "0x1.8",
        "1e3",
        "9223372036854775808",
        "9007199254740992Ki",
        "0.0001K",
        "\u0661"
      })
  void anythingElseIsRefusedWithWhatWasFound(String text) {
    assertThatThrownBy(() -> Quantities.parseSizeBytes(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'")
        .hasMessageContaining("acceptable: ");
  }

  @Test
  void countsHaveSuffixesButNoBytes() {
    assertThat(Quantities.parseCount("100M")).isEqualTo(100_000_000L);
    assertThat(Quantities.parseCount("1_000")).isEqualTo(1_000L);
    assertThatThrownBy(() -> Quantities.parseCount("100MB")).hasMessageContaining("'100MB'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "3355443, 3.2 MiB",
    "104857600, 100 MiB",
    "4294967296, 4.0 GiB",
    "-1, 16777216 TiB"
  })
  void sizesAreShownInBinaryUnits(long sizeBytes, String expected) {
    assertThat(Quantities.formatSize(sizeBytes)).isEqualTo(expected);
  }

  @Test
  void countsAreShownWithCommasInEveryLocale() {
    assertThat(Quantities.formatCount(1_234_567)).isEqualTo("1,234,567");
  }
}
