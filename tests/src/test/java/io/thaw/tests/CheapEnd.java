package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends of intervals where a processor without breakpoints can end them. */
final class CheapEnd {

  private static final Pattern NAMED = Pattern.compile("as instruction ([\\d,]+)");

  private CheapEnd() {}

  /** The end that is named when another one is refused, for an image that then is not there. */
  static long of(Path input, Object platform, long instructions, Path image) throws Exception {
    Thaw.Result refused =
        Thaw.run(
            "trim", input, "--platform", platform, "--instructions", instructions, "-o", image);
    assertThat(refused.status()).as(refused.toString()).isEqualTo(3);
    Matcher end = NAMED.matcher(refused.stderr());
    assertThat(end.find()).as(refused.toString()).isTrue();
    assertThat(image).doesNotExist();
    return Long.parseLong(end.group(1).replace(",", ""));
  }
}
