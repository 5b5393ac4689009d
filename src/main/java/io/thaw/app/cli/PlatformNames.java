package io.thaw.app.cli;

import io.thaw.linker.platform.Platforms;
import java.util.Iterator;

/** The platforms, for help and completion. */
final class PlatformNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Platforms.names().iterator();
  }
}
