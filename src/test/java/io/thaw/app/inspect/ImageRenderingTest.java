package io.thaw.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageRenderingTest {

  private final ImageDescription image =
      new ImageDescription(
          new Manifest(
              "1.2.3",
              "00ff",
              "x86-64",
              "qemu-x86_64",
              "sample.tar",
              "sample",
              7,
              "xrstor",
              List.of("avx"),
              List.of(0x200000L, 0x200010L),
              0x4000000,
              new Manifest.Mark(0x200100, 1),
              List.of(new Manifest.Range(0x200000, 0x201000)),
              List.of(
                  new Manifest.Region("boot", 0x200000, 4096, /* stored= */ true),
                  new Manifest.Region("pool", 0x300000, 64 << 20, /* stored= */ false)),
              List.of(
                  new Manifest.Mapping(
                      new Manifest.Range(0x400000, 0x402000), "r-x", "file", "/bin/x", 0, 2, 0, 0)),
              List.of("be warned\033[2J"),
              null),
          0x200010,
          123_456,
          List.of(new ImageDescription.Segment(0x200000, 0x1000, 8192, 64 << 20)));

  @Test
  void textSaysWhatIsWhere() {
    assertThat(ImageText.of(image))
        .contains("image of process 7 (sample) of sample.tar, linked by thaw 1.2.3")
        .contains("x86-64 for qemu-x86_64, restore path xrstor, file of 121 KiB", "; needs avx")
        .contains("e_entry 0x200010; entries 0x200000, 0x200010; RAM must reach 0x4000000")
        .containsPattern("0x200000 +0x1000 +8.0 KiB +64.0 MiB")
        .containsPattern("0x200000 +0x201000 +4.0 KiB +stored +boot")
        .containsPattern("0x300000 +0x4300000 +64.0 MiB +zero +pool")
        .containsPattern("400000 +402000 +r-x +file +0 +2 +0 +0 +/bin/x")
        .endsWith("warning: be warned\\x1b[2J");
  }

  @Test
  void jsonHasTheSame() {
    ObjectNode json = ImageJson.of(image);

    assertThat(json.get("kind").asText()).isEqualTo("image");
    assertThat(json.get("restorePath").asText()).isEqualTo("xrstor");
    assertThat(json.get("needs").get(0).asText()).isEqualTo("avx");
    assertThat(json.get("entry").asText()).isEqualTo("0x200010");
    assertThat(json.at("/entries/1").asText()).isEqualTo("0x200010");
    assertThat(json.at("/stubCode/0/end").asText()).isEqualTo("0x201000");
    assertThat(json.at("/segments/0/memorySizeBytes").asLong()).isEqualTo(64 << 20);
    assertThat(json.at("/regions/1/stored").asBoolean()).isFalse();
    assertThat(json.at("/mappings/0/filePages").asLong()).isEqualTo(2);
    assertThat(json.at("/warnings/0").asText()).startsWith("be warned");
  }
}
