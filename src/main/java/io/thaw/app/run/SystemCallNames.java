package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names of Linux's system calls, from the kernel's {@code unistd.h} files. */
public final class SystemCallNames {

  private SystemCallNames() {}

  public static Optional<String> name(Architecture architecture, long number) {
    return Optional.ofNullable(table(architecture).get(number));
  }

  /** Names by number; read anew each time. */
  public static Map<Long, String> table(Architecture architecture) {
    String resource = "calls-" + architecture.label() + ".txt";
    try (InputStream in = SystemCallNames.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(row -> Long.valueOf(row[0]), row -> row[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
