package io.thaw.rtl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model's own sources, which come with Thaw. */
final class ModelSources {

  private static final List<String> NAMES =
      List.of(
          "pom.xml",
          "Soc.java",
          "dtc.sh",
          "memories.v",
          "black_boxes.v",
          "commit_watch.v",
          "harness/devices.cc",
          "harness/devices.h",
          "harness/image.cc",
          "harness/image.h",
          "harness/main.cc",
          "harness/memory.cc",
          "harness/memory.h",
          "harness/options.cc",
          "harness/options.h",
          "harness/output_file.cc",
          "harness/output_file.h",
          "harness/watch.cc",
          "harness/watch.h");

  private ModelSources() {}

  /** Contents by the path in the folder in which the model is built. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      files.put(name, resource("rocket/" + name));
    }
    files.put("bootrom/bootrom.img", BootRom.bytes());
    return files;
  }

  static void unpackTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : all().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = ModelSources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
