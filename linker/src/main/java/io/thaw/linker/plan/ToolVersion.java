package io.thaw.linker.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Thaw, as Maven built it. */
public final class ToolVersion {

  private ToolVersion() {}

  public static String current() {
    try (InputStream in =
        ToolVersion.class.getResourceAsStream("/io/thaw/linker/version.properties")) {
      if (in == null) {
        throw new IllegalStateException("built without version.properties");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
