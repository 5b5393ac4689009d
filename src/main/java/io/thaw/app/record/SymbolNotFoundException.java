package io.thaw.app.record;

import java.io.IOException;

/** No file of the program has such a symbol. */
final class SymbolNotFoundException extends IOException {

  private static final long serialVersionUID = 1;

  SymbolNotFoundException(String name) {
    super(
        name
            + ": neither the program nor a library that it has loaded has a symbol of that name"
            + " (stripped programs have few; try --at entry)");
  }
}
