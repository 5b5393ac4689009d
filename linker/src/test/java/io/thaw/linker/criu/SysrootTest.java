package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the files are that the process had mapped. */
class SysrootTest {

  private static final long START = 0x10_0000;
  private static final int PAGE = 4096;

  @TempDir private Path folder;
  private final TestDump dump = TestDump.x86();

  /** A page of the file {@code /lib/lib.so} is mapped. */
  private void mapLibrary(int protection) {
    dump.regularFile(TestDump.regular("/lib/lib.so", PAGE).build(), 3);
    dump.area(
        TestAreas.file(START, START + PAGE, 3, 0).toBuilder().setProtection(protection).build());
  }

  private static void writeFile(Path file, int fill) throws Exception {
    byte[] bytes = new byte[PAGE];
    bytes[0] = (byte) fill;
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static int firstByte(Checkpoint checkpoint) throws Exception {
    return new CheckpointMemory(checkpoint).page(START)[0];
  }

  private static CriuReader.Options sysroot(Path path) {
    return new CriuReader.Options(Optional.of(path), OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"in/img/sysroot", "in/sysroot", "sysroot"})
  void itIsInOrBesideTheDumpOrBesideItsParent(String place) throws Exception {
    mapLibrary(TestAreas.READ);
    dump.write(folder.resolve("in/img"));
    writeFile(folder.resolve(place).resolve("lib/lib.so"), 5);

    assertThat(firstByte(TestDump.read(folder.resolve("in"), CriuReader.Options.defaults())))
        .isEqualTo(5);
  }

  @Test
  void theOneThatTheUserNamesComesFirst() throws Exception {
    mapLibrary(TestAreas.READ);
    Path images = dump.write(folder.resolve("img"));
    writeFile(folder.resolve("sysroot/lib/lib.so"), 5);
    writeFile(folder.resolve("chosen/lib/lib.so"), 6);

    assertThat(firstByte(TestDump.read(images, sysroot(folder.resolve("chosen"))))).isEqualTo(6);
  }

  @Test
  void theOneThatTheUserNamesHasToBeThere() throws Exception {
    Path images = dump.write(folder.resolve("img"));

    assertThatThrownBy(() -> TestDump.read(images, sysroot(folder.resolve("nowhere"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void theRootOfThisMachineIsTheLastResort() throws Exception {
    Path library = folder.toRealPath().resolve("library.so");
    writeFile(library, 7);
    dump.regularFile(TestDump.regular(library.toString(), PAGE).build(), 3);
    dump.area(TestAreas.file(START, START + PAGE, 3, 0));

    assertThat(firstByte(dump.writeAndRead(folder.resolve("img")))).isEqualTo(7);
  }

  @Test
  void linksInItStayInIt() throws Exception {
    mapLibrary(TestAreas.READ);
    Path images = dump.write(folder.resolve("img"));
    writeFile(folder.resolve("sysroot/usr/lib/real.so"), 8);
    Files.createSymbolicLink(folder.resolve("sysroot/lib"), Path.of("/usr/lib"));
    Files.createSymbolicLink(folder.resolve("sysroot/usr/lib/lib.so"), Path.of("real.so"));

    assertThat(firstByte(TestDump.read(images, CriuReader.Options.defaults()))).isEqualTo(8);
  }

  @Test
  void aFileWhosePagesAreAllInTheDumpIsNotNeeded() throws Exception {
    mapLibrary(TestAreas.READ);
    dump.addPages("157").stored(START, 9).stored(TestDump.CODE, 1);

    assertThat(firstByte(dump.writeAndRead(folder.resolve("img")))).isEqualTo(9);
  }

  @Test
  void aFileThatCannotBeAccessedIsReadIfItIsThereAndNotNeededIfNot() throws Exception {
    mapLibrary(0);
    Path images = dump.write(folder.resolve("img"));
    assertThat(firstByte(TestDump.read(images, CriuReader.Options.defaults()))).isZero();

    writeFile(folder.resolve("sysroot/lib/lib.so"), 10);
    assertThat(firstByte(TestDump.read(images, CriuReader.Options.defaults()))).isEqualTo(10);
  }

  @Test
  void whatIsMappedBehindTheEndOfAFileHasNoPages() throws Exception {
    dump.mappedFile(3, "/lib/lib.so", new byte[] {1});
    dump.area(TestAreas.file(START, START + PAGE, 3, PAGE));

    assertThat(dump.writeAndRead(folder.resolve("img")).addressSpace().pages())
        .extracting(PageRun::vaddr)
        .doesNotContain(START);
  }

  @Test
  void namesThatNoFileCanHaveAreThoseOfAbsentFiles() {
    dump.regularFile(TestDump.regular("/lib/\0\u00e9", PAGE).build(), 3);
    dump.area(TestAreas.file(START, START + PAGE, 3, 0));

    assertThatThrownBy(() -> dump.writeAndRead(folder.resolve("img")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no such file");
  }
}
