package io.thaw.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

  private static final long MILLISECOND = 1_000_000L;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final TerminalProgress progress =
      new TerminalProgress(
          new PrintStream(screen, /* autoFlush= */ true, StandardCharsets.UTF_8), nanos::get);

  @Test
  void shortWorkDrawsNothing() {
    nanos.set(299 * MILLISECOND);
    progress.advance("writing image", 1, 2);
    progress.close();

    assertThat(shown()).isEmpty();
  }

  @Test
  void longWorkIsDrawnOverItselfAndWiped() {
    nanos.set(300 * MILLISECOND);
    progress.advance("writing image", 1 << 20, 4 << 20);
    nanos.set(400 * MILLISECOND);
    progress.advance("writing image", 4 << 20, 4 << 20);
    progress.close();

    assertThat(shown())
        .isEqualTo(
            "\r\033[Kwriting image:  25% (1.0 MiB of 4.0 MiB)"
                + "\r\033[Kwriting image: 100% (4.0 MiB of 4.0 MiB)"
                + "\r\033[K");
  }

  @Test
  void drawingsAreATenthOfASecondApart() {
    nanos.set(300 * MILLISECOND);
    progress.advance("writing image", 1, 3);
    String first = shown();
    nanos.set(399 * MILLISECOND);
    progress.advance("writing image", 2, 3);

    assertThat(shown()).isEqualTo(first).isNotEmpty();
  }

  @Test
  void workOfUnknownSizeShowsWhatIsDone() {
    nanos.set(300 * MILLISECOND);
    progress.advance("unpacking", 2048, 0);

    assertThat(shown()).isEqualTo("\r\033[Kunpacking: 2.0 KiB");
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
