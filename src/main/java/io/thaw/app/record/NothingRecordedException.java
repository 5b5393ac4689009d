package io.thaw.app.record;

import java.io.IOException;

/** There was no event, so that a replay would have nothing to end at. */
final class NothingRecordedException extends IOException {

  private static final long serialVersionUID = 1;

  NothingRecordedException(String message) {
    super(message);
  }
}
