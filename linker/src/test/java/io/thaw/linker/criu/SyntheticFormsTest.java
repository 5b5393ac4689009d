package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A dump says the same in whatever form it is handed over. */
class SyntheticFormsTest {

  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "tar, ''",
    "gz, ''",
    "xz, ''",
    "zst, ''",
    "tar, checkpoint/",
    "gz, img/",
    "zst, some/folder/"
  })
  void a_tar_says_what_a_folder_says(String form, String prefix) throws Exception {
    TestDump dump = sample();
    Checkpoint folder = dump.writeAndRead(scratch.resolve("folder"));
    Path tar = scratch.resolve("dump");
    try (OutputStream out = compress(form, Files.newOutputStream(tar))) {
      out.write(tar(dump, prefix));
    }

    try (FileTree tree = FileTree.open(tar)) {
      Checkpoint packed = CriuReader.read(tree, CriuReader.Options.defaults());

      assertSame(folder, packed);
    }
  }

  private static void assertSame(Checkpoint first, Checkpoint second) throws IOException {
    assertThat(second)
        .usingRecursiveComparison()
        .ignoringFields("source", "addressSpace.pages")
        .isEqualTo(first);
    assertThat(second.addressSpace().pages())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*\\.file")
        .isEqualTo(first.addressSpace().pages());
    CheckpointMemory one = new CheckpointMemory(first);
    CheckpointMemory other = new CheckpointMemory(second);
    for (var run : first.addressSpace().pages()) {
      assertThat(other.page(run.vaddr())).isEqualTo(one.page(run.vaddr()));
    }
  }

  private static TestDump sample() {
    TestDump dump = TestDump.x86();
    byte[] bytes = new byte[5000];
    bytes[0] = 1;
    dump.mappedFile(3, "/opt/lib", bytes).descriptor(0, 3);
    dump.area(TestAreas.file(0x500000, 0x502000, 3, 0));
    dump.area(TestAreas.shared(0x600000, 0x601000, TestAreas.ANON_SHARED, 9, 0));
    dump.addPages("shmem-9").stored(0, 5);
    return dump;
  }

  private static byte[] tar(TestDump dump, String prefix) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : dump.build().entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(prefix + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static OutputStream compress(String form, OutputStream out) throws IOException {
    return switch (form) {
      case "gz" -> new GZIPOutputStream(out);
      case "xz" -> new XZOutputStream(out, new LZMA2Options());
      case "zst" -> new ZstdOutputStream(out);
      default -> out;
    };
  }
}
