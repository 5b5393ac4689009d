package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are framed well and damaged in themselves. */
class ImageFileTest {

  private static final int START_OF_GROUP = 1 << 3 | 3;
  private static final int END_OF_GROUP = 1 << 3 | 4;

  @TempDir private Path folder;
  private final TestDump dump = TestDump.x86();

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> dump.writeAndRead(folder.resolve("img")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  private static byte[] image(ImageKind kind, byte[] message) {
    byte[] magic = TestImages.image(kind, List.of());
    return ByteBuffer.allocate(magic.length + Integer.BYTES + message.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(magic)
        .putInt(message.length)
        .put(message)
        .array();
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageKind.class,
      names = {"INVENTORY", "PSTREE", "CORE", "MM", "PAGEMAP", "FILES", "FDINFO", "IDS", "TIMENS"})
  void aMessageWithoutAnyFieldIsRefusedByFieldNumber(ImageKind kind) {
    String name =
        switch (kind) {
          case FDINFO -> "fdinfo-7.img";
          case TIMENS -> "timens-0.img";
          case CORE, MM, PAGEMAP, IDS -> kind.name().toLowerCase(Locale.ROOT) + "-157.img";
          default -> kind.name().toLowerCase(Locale.ROOT) + ".img";
        };
    dump.others.put(name, image(kind, new byte[0]));

    assertRefused(name + ": message 0 at 0x", "a message without field ", " (");
  }

  @Test
  void aFieldThatIsMissingDeepInsideIsNamedWithItsPlace() {
    Mm.Builder mm = dump.mm.clone();
    mm.getVmasBuilder(1).clearStatus();
    dump.others.put("mm-157.img", image(ImageKind.MM, mm.buildPartial().toByteArray()));

    assertRefused("mm-157.img: message 0", "without field 14[1].7 (vmas[1].status)");
  }

  @Test
  void messagesNestedTooDeepAreRefused() {
    ByteArrayOutputStream nested = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      nested.write(START_OF_GROUP);
    }
    for (int i = 0; i < 100_000; i++) {
      nested.write(END_OF_GROUP);
    }
    dump.others.put("mm-157.img", image(ImageKind.MM, nested.toByteArray()));

    assertRefused("mm-157.img: message 0 at 0x8: found a damaged message");
  }

  @Test
  void aListThatSaysItIsLongerThanItsMessageIsRefused() {
    // Field 13, packed, of 2 GiB.
    byte[] message = {13 << 3 | 2, -1, -1, -1, -1, 7, 1, 2};
    dump.others.put("mm-157.img", image(ImageKind.MM, message));

    assertRefused("mm-157.img: message 0 at 0x8: found a damaged message");
  }

  @Test
  void bytesBehindTheOnlyMessageAreRefused() {
    byte[] core = dump.build().get("core-157.img");
    dump.others.put("core-157.img", Arrays.copyOf(core, core.length + 3));

    assertRefused("core-157.img: message 1 at 0x", "found 3 more bytes");
  }

  @Test
  void anImageThatIsAFolderIsAbsent() throws Exception {
    Path images = dump.write(folder.resolve("img"));
    Files.delete(images.resolve("mm-157.img"));
    Files.createDirectory(images.resolve("mm-157.img"));

    assertThatThrownBy(() -> TestDump.read(images, CriuReader.Options.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mm-157.img: found no such file");
  }

  @Test
  void anImageThatIsALinkToItselfIsRefused() throws Exception {
    Path images = dump.write(folder.resolve("img"));
    Files.delete(images.resolve("mm-157.img"));
    Files.createSymbolicLink(images.resolve("mm-157.img"), Path.of("mm-157.img"));

    assertThatThrownBy(() -> TestDump.read(images, CriuReader.Options.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mm-157.img")
        .hasMessageContaining("a loop");
  }
}
