package io.thaw.linker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.plan.CheckpointBuilder;
import io.thaw.linker.plan.Chunk;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageWriterTest {

  private static final int PAGE_SIZE_BYTES = 4096;

  @TempDir Path folder;
  private Path pages;
  private Path image;

  @BeforeEach
  void makePages() throws IOException {
    pages = folder.resolve("pages");
    byte[] bytes = new byte[3 * PAGE_SIZE_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / PAGE_SIZE_BYTES + 1);
    }
    Files.write(pages, bytes);
    image = folder.resolve("out.elf");
  }

  private ImagePlan plan(Architecture architecture) throws InvalidInputException {
    Checkpoint checkpoint =
        CheckpointBuilder.on(architecture)
            .anonymous(0x10000000, 0x10010000)
            .content(
                0x10000000,
                2,
                new PageRun.Stored(
                    new DataFile("pages", pages, PAGE_SIZE_BYTES, 2 * PAGE_SIZE_BYTES),
                    0,
                    PAGE_SIZE_BYTES + 100,
                    PageRun.Origin.DUMP))
            .build();
    Checkpoint own = withoutProgram(checkpoint);
    return Planner.plan(own, Platforms.defaultFor(architecture), LinkOptions.defaults());
  }

  /** The builder's program comes from a file that is not there. */
  private static Checkpoint withoutProgram(Checkpoint checkpoint) {
    var space = checkpoint.addressSpace();
    return new Checkpoint(
        checkpoint.source(),
        checkpoint.architecture(),
        checkpoint.pageSizeBytes(),
        checkpoint.identity(),
        checkpoint.threads(),
        new io.thaw.linker.model.AddressSpace(
            space.vmas(),
            space.pages().stream().filter(run -> run.vaddr() != 0x400000).toList(),
            space.brkStartVaddr(),
            space.brkVaddr(),
            space.stackStartVaddr(),
            space.stackLimitBytes()),
        checkpoint.descriptors(),
        checkpoint.signals(),
        checkpoint.clocks(),
        checkpoint.auxv());
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theSamePlanGivesTheSameBytes(Architecture architecture) throws Exception {
    Path second = folder.resolve("second.elf");

    ImageWriter.write(plan(architecture), image, Progress.NONE);
    ImageWriter.write(plan(architecture), second, Progress.NONE);

    assertThat(Files.mismatch(image, second)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void theImageIsReadBackAsPlanned(Architecture architecture) throws Exception {
    ImagePlan plan = plan(architecture);
    ImageWriter.write(plan, image, Progress.NONE);

    ImageDescription description = ImageReader.read(image);

    assertThat(description.manifest()).isEqualTo(plan.manifest());
    assertThat(description.entryPaddr()).isEqualTo(plan.entryPaddr());
  }

  @Test
  void pagesAreWhereThePlanSaysAndZerosFollowTheirLastByte() throws Exception {
    ImagePlan plan = plan(Architecture.X86_64);
    ImageWriter.write(plan, image, Progress.NONE);

    Chunk pagesChunk =
        plan.chunks().stream().filter(Chunk.Copied.class::isInstance).findFirst().orElseThrow();
    ElfFile elf = ElfFile.from(image);
    ElfSegment load = null;
    for (int i = 0; i < elf.e_phnum; i++) {
      if (elf.getProgramHeader(i).p_type == ElfSegment.PT_LOAD) {
        load = elf.getProgramHeader(i);
      }
    }
    byte[] bytes = Files.readAllBytes(image);
    int at = (int) (load.p_offset + pagesChunk.paddr() - load.p_paddr);
    assertThat(load.p_vaddr).isEqualTo(load.p_paddr);
    assertThat(Arrays.copyOfRange(bytes, at, at + PAGE_SIZE_BYTES)).containsOnly(2);
    assertThat(Arrays.copyOfRange(bytes, at + PAGE_SIZE_BYTES, at + PAGE_SIZE_BYTES + 100))
        .containsOnly(3);
    assertThat(Arrays.copyOfRange(bytes, at + PAGE_SIZE_BYTES + 100, at + 2 * PAGE_SIZE_BYTES))
        .containsOnly(0);
  }

  @Test
  void aSourceThatBecameShorterLeavesNothingBehind() throws Exception {
    ImagePlan plan = plan(Architecture.X86_64);
    Files.write(pages, new byte[PAGE_SIZE_BYTES + 1]);

    assertThatThrownBy(() -> ImageWriter.write(plan, image, Progress.NONE))
        .isInstanceOf(EOFException.class);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(pages);
    }
  }

  @Test
  void aFileThatIsNoImageIsRefused() throws Exception {
    Files.write(image, new byte[100]);

    assertThatThrownBy(() -> ImageReader.read(image))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("out.elf: ELF header: found magic");
  }

  @Test
  void everyTruncationOfAnImageIsRefused() throws Exception {
    ImageWriter.write(plan(Architecture.X86_64), image, Progress.NONE);
    byte[] whole = Files.readAllBytes(image);
    Path cut = folder.resolve("cut.elf");

    for (int length = 0; length < 8192; length += 61) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ImageReader.read(cut)).isInstanceOf(InvalidInputException.class);
    }
  }
}
