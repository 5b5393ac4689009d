package io.thaw.linker.trim;

import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.plan.Chunk;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.StubIdentity;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory of a machine at a marker as an image that goes on from there: the stub has put the
 * program's state where its restore path takes it from.
 */
public final class Snapshot {

  private static final int BLOCK_BYTES = 1 << 20;
  private static final int PAGE_BYTES = TouchedPage.SIZE_BYTES;

  private Snapshot() {}

  /**
   * Plans the image.
   *
   * @param image what ran
   * @param ramFile the machine's RAM, which has to stay until the image is written
   * @param pieces how RAM lies in it
   */
  public static ImagePlan plan(
      String name, ImageDescription image, Path ramFile, List<ImageMemory.Piece> pieces)
      throws InvalidInputException, IOException {
    Manifest manifest = image.manifest();
    Architecture architecture = image.architecture();
    List<Chunk> chunks = new ArrayList<>();
    try (ImageMemory memory = ImageMemory.of(ramFile, pieces)) {
      StubImage stub = StubImage.read(name, image, memory);
      stub.putVariable("reports_begun", 0);
      for (Manifest.Region region : manifest.regions()) {
        if (region.paddr() == stub.paddr()) {
          chunks.add(new Chunk.Made(region.paddr(), ByteBlock.copyOf(stub.toBytes())));
        } else {
          addPages(chunks, region, memory, ramFile, pieces);
        }
      }
    }
    chunks.sort((a, b) -> Long.compare(a.paddr(), b.paddr()));
    return new ImagePlan(
        architecture,
        image.entryPaddr(),
        architecture == Architecture.X86_64
            ? OptionalLong.of(manifest.entryPaddrs().get(0))
            : OptionalLong.empty(),
        chunks,
        StubIdentity.compiled(architecture.label()).symbols(),
        manifest);
  }

  private static void addPages(
      List<Chunk> chunks,
      Manifest.Region region,
      ImageMemory memory,
      Path ramFile,
      List<ImageMemory.Piece> pieces)
      throws IOException {
    long end = region.paddr() + region.sizeBytes();
    for (long block = region.paddr(); block < end; block += BLOCK_BYTES) {
      byte[] bytes = memory.read(block, (int) Math.min(BLOCK_BYTES, end - block));
      for (int at = 0; at < bytes.length; ) {
        boolean zero = isZero(bytes, at);
        int next = at;
        while (next < bytes.length && isZero(bytes, next) == zero) {
          next = Math.min(next + PAGE_BYTES, bytes.length);
        }
        long paddr = block + at;
        chunks.add(
            zero
                ? new Chunk.Zeros(paddr, next - at)
                : new Chunk.Copied(paddr, next - at, stored(ramFile, pieces, paddr, next - at)));
        at = next;
      }
    }
  }

  private static boolean isZero(byte[] bytes, int page) {
    for (int i = page; i < Math.min(page + PAGE_BYTES, bytes.length); i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static PageRun.Stored stored(
      Path ramFile, List<ImageMemory.Piece> pieces, long paddr, long sizeBytes) throws IOException {
    for (ImageMemory.Piece piece : pieces) {
      if (paddr >= piece.paddr() && paddr + sizeBytes <= piece.paddr() + piece.fileSizeBytes()) {
        DataFile file =
            new DataFile(ramFile.toString(), ramFile, piece.offsetBytes(), piece.fileSizeBytes());
        return new PageRun.Stored(file, paddr - piece.paddr(), sizeBytes, PageRun.Origin.DUMP);
      }
    }
    throw new IOException(String.format("no RAM at 0x%x", paddr));
  }
}
