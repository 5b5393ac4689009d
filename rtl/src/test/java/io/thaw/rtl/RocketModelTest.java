package io.thaw.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RocketModelTest {

  private static final Path SOURCES = Path.of("rocket");

  @Test
  void theDigestIsTheSameEachTime() {
    assertThat(RocketModel.digest()).matches("[0-9a-f]{16}").isEqualTo(RocketModel.digest());
  }

  @Test
  void noSourceIsForgotten() throws IOException {
    Set<String> expected;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      expected =
          files
              .filter(Files::isRegularFile)
              .map(file -> SOURCES.relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    expected.add("bootrom/bootrom.img");

    assertThat(ModelSources.all().keySet()).isEqualTo(expected);
  }

  /** Verilator is told of each file of C++ and Verilog. */
  @Test
  void noSourceIsLeftOutOfTheCompilation() {
    List<String> command = RocketRecipe.COMPILE.get(0).command();

    assertThat(command)
        .containsAll(
            ModelSources.all().keySet().stream()
                .filter(name -> name.endsWith(".v") || name.endsWith(".cc"))
                .toList());
  }
}
