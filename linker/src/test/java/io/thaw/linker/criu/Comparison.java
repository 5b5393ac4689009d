package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.util.List;

/** Compares checkpoints whose pages are in different files. */
final class Comparison {

  private Comparison() {}

  /** Everything but the names of files that hold pages has to be equal, memory byte for byte. */
  static void assertSame(Checkpoint found, Checkpoint wanted) throws IOException {
    assertThat(found.architecture()).isEqualTo(wanted.architecture());
    assertThat(found.pageSizeBytes()).isEqualTo(wanted.pageSizeBytes());
    assertThat(found.identity()).isEqualTo(wanted.identity());
    assertThat(found.threads()).isEqualTo(wanted.threads());
    assertThat(found.descriptors()).isEqualTo(wanted.descriptors());
    assertThat(found.signals()).isEqualTo(wanted.signals());
    assertThat(found.clocks()).isEqualTo(wanted.clocks());
    assertThat(found.auxv()).isEqualTo(wanted.auxv());
    assertThat(found.details()).isEqualTo(wanted.details());
    assertThat(withoutPages(found.addressSpace())).isEqualTo(withoutPages(wanted.addressSpace()));
    assertThat(where(found)).isEqualTo(where(wanted));
    assertSameBytes(found, wanted);
  }

  private static AddressSpace withoutPages(AddressSpace memory) {
    return new AddressSpace(
        memory.vmas(),
        List.of(),
        memory.brkStartVaddr(),
        memory.brkVaddr(),
        memory.stackStartVaddr(),
        memory.stackLimitBytes());
  }

  /** The pages that a checkpoint has, and of which kind they are. */
  private static List<String> where(Checkpoint checkpoint) {
    return checkpoint.addressSpace().pages().stream()
        .map(run -> String.format("0x%x %d %s", run.vaddr(), run.pageCount(), kind(run.content())))
        .toList();
  }

  private static String kind(PageRun.Content content) {
    if (content instanceof PageRun.Stored stored) {
      // Pages of an earlier dump are pages of the only one when they are written.
      PageRun.Origin origin =
          stored.origin() == PageRun.Origin.PARENT ? PageRun.Origin.DUMP : stored.origin();
      return origin + " " + stored.sizeBytes();
    }
    return content.toString();
  }

  private static void assertSameBytes(Checkpoint found, Checkpoint wanted) throws IOException {
    CheckpointMemory foundMemory = new CheckpointMemory(found);
    CheckpointMemory wantedMemory = new CheckpointMemory(wanted);
    int compared = 0;
    for (PageRun run : wanted.addressSpace().pages()) {
      for (long i = 0; i < run.pageCount(); i++) {
        long vaddr = run.vaddr() + i * wanted.pageSizeBytes();
        assertThat(foundMemory.page(vaddr))
            .as(String.format("page 0x%x", vaddr))
            .isEqualTo(wantedMemory.page(vaddr));
        compared++;
      }
    }
    assertThat(compared).isPositive();
    for (Vma vma : wanted.addressSpace().vmas()) {
      assertThat(foundMemory.page(vma.startVaddr())).isEqualTo(wantedMemory.page(vma.startVaddr()));
    }
  }
}
