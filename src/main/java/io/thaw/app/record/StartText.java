package io.thaw.app.record;

import io.thaw.app.record.RecordOptions.Point;
import io.thaw.app.record.RecordOptions.Start;
import java.util.Locale;

/** Where a recording begins, in words. */
final class StartText {

  private StartText() {}

  static String of(Start start) {
    StringBuilder text = new StringBuilder(of(start.point()));
    start.after().ifPresent(time -> text.append(" + ").append(time.toMillis()).append(" ms"));
    start.afterCalls().ifPresent(calls -> text.append(" + ").append(calls).append(" calls"));
    return text.toString();
  }

  private static String of(Point point) {
    if (point instanceof Point.Symbol symbol) {
      return symbol.name();
    }
    return point.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
