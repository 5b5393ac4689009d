package io.thaw.linker.image;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import java.util.List;
import java.util.Objects;

/**
 * What an image's file says, without its pages.
 *
 * @param manifest what the linker said of it
 * @param entryPaddr {@code e_entry}
 * @param fileSizeBytes size of the file
 * @param segments its PT_LOADs
 */
public record ImageDescription(
    Manifest manifest, long entryPaddr, long fileSizeBytes, List<Segment> segments) {

  /**
   * A PT_LOAD.
   *
   * @param paddr where it is loaded
   * @param offsetBytes where it is in the file
   * @param fileSizeBytes bytes of it in the file
   * @param memorySizeBytes bytes of it in memory
   */
  public record Segment(long paddr, long offsetBytes, long fileSizeBytes, long memorySizeBytes) {

    /** The first address behind it. */
    public long endPaddr() {
      return paddr + memorySizeBytes;
    }
  }

  /** Its instruction set, which the reader has found to be a known one. */
  public Architecture architecture() {
    return Architecture.byLabel(manifest.architecture()).orElseThrow();
  }

  public ImageDescription {
    Objects.requireNonNull(manifest);
    segments = List.copyOf(segments);
  }
}
