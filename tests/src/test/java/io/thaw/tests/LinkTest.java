package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of linking that every dump has. */
class LinkTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-dynamic", "aarch64-static", "riscv64-dynamic"})
  void identicalInputsGiveIdenticalBytes(String name) throws Exception {
    Dump dump = new Dump(name);
    Path first = folder.resolve("first.elf");
    Path second = folder.resolve("second.elf");
    Path unpacked = dump.unpackTo(folder.resolve("elsewhere"));

    assertThat(Thaw.run("link", dump.archive(), "-o", first).status()).isEqualTo(0);
    assertThat(Thaw.run("link", dump.archive(), "-o", second).status()).isEqualTo(0);
    assertThat(Files.mismatch(first, second)).as("from the same archive").isEqualTo(-1);

    Path third = folder.resolve("third.elf");
    Path copy = dump.unpackTo(folder.resolve("copy"));
    assertThat(Thaw.run("link", unpacked, "-o", second).status()).isEqualTo(0);
    assertThat(Thaw.run("link", copy, "-o", third).status()).isEqualTo(0);
    assertThat(Files.mismatch(second, third)).as("from copies of a folder").isEqualTo(-1);
  }

  @Test
  void inspectTellsOfDumpAndImageAlike() throws Exception {
    Path image = folder.resolve("image.elf");
    Dump dump = new Dump("aarch64-dynamic");
    Thaw.run("link", dump.archive(), "-o", image);

    Thaw.Result ofDump = Thaw.run("inspect", "--json", dump.archive());
    Thaw.Result ofImage = Thaw.run("inspect", "--json", image);

    assertThat(ofDump.status()).as(ofDump.toString()).isEqualTo(0);
    assertThat(ofImage.status()).as(ofImage.toString()).isEqualTo(0);
    JsonNode dumpJson = new ObjectMapper().readTree(ofDump.stdout());
    JsonNode imageJson = new ObjectMapper().readTree(ofImage.stdout());
    assertThat(dumpJson.toString()).contains("libc.so.6", "vdso");
    assertThat(imageJson.toString()).contains("libc.so.6", "vdso", "page tables");
  }
}
