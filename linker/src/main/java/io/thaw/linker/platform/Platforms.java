package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The platforms that Thaw knows by name: files as users write them, in the resources. */
public final class Platforms {

  private static final List<String> NAMES =
      List.of(
          "qemu-x86_64",
          "qemu-aarch64",
          "qemu-riscv64",
          "bochs",
          "gem5-x86_64",
          "gem5-aarch64",
          "gem5-riscv64",
          "rocket");

  private static final Map<String, Platform> READ = new ConcurrentHashMap<>();

  private Platforms() {}

  public static List<String> names() {
    return NAMES;
  }

  public static Optional<Platform> byName(String name) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    if (!READ.containsKey(name)) { // one may be read while another one is, which is like it
      READ.putIfAbsent(name, read(name));
    }
    return Optional.of(READ.get(name));
  }

  /** The platform that is linked for when none is asked for. */
  public static Platform defaultFor(Architecture architecture) {
    return byName(
            switch (architecture) {
              case X86_64 -> "qemu-x86_64";
              case AARCH64 -> "qemu-aarch64";
              case RISCV64 -> "qemu-riscv64";
            })
        .orElseThrow();
  }

  /** The file of a platform of Thaw's own. */
  public static String text(String name) {
    String file = name + ".toml";
    try (InputStream in = Platforms.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Platform read(String name) {
    try {
      return PlatformReader.parse(name + ".toml", name, text(name));
    } catch (InvalidInputException e) {
      throw new IllegalStateException(e); // a bug: tests read them all
    }
  }
}
