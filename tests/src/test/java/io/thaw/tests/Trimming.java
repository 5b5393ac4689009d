package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trims to an image in a folder, one after the other, and runs what comes of it. */
record Trimming(Path folder) {

  Path image() {
    return folder.resolve("small.elf");
  }

  /** The report, as JSON. */
  JsonNode trim(Object input, Object... more) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("trim", input, "-o", image(), "--json"));
    arguments.addAll(List.of(more));
    Thaw.Result result = Thaw.run(arguments.toArray());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return new ObjectMapper().readTree(result.stdoutText());
  }

  static Thaw.Result run(Path image, Object... more) throws Exception {
    List<Object> arguments =
        new ArrayList<>(List.of("run", image, "--json", "--count", "--timeout", "60"));
    arguments.addAll(List.of(more));
    return Thaw.run(arguments.toArray());
  }
}
