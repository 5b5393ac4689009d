package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Everything about an image but the copying.
 *
 * @param architecture its instruction set
 * @param entryPaddr {@code e_entry}: the 64-bit entry
 * @param pvhEntryPaddr the 32-bit entry of the PVH note, on x86-64
 * @param chunks what is where, in ascending order of paddr, not overlapping
 * @param symbols symbols for debuggers, as the stub sees them
 * @param manifest what the image says of itself
 * @param packed whether zeros between chunks are left out of the file, however many segments that
 *     makes
 */
public record ImagePlan(
    Architecture architecture,
    long entryPaddr,
    OptionalLong pvhEntryPaddr,
    List<Chunk> chunks,
    Map<String, Long> symbols,
    Manifest manifest,
    boolean packed) {

  /** One of few segments. */
  public ImagePlan(
      Architecture architecture,
      long entryPaddr,
      OptionalLong pvhEntryPaddr,
      List<Chunk> chunks,
      Map<String, Long> symbols,
      Manifest manifest) {
    this(architecture, entryPaddr, pvhEntryPaddr, chunks, symbols, manifest, false);
  }

  public ImagePlan {
    Objects.requireNonNull(architecture);
    Objects.requireNonNull(pvhEntryPaddr);
    chunks = List.copyOf(chunks);
    symbols = Map.copyOf(symbols);
    Objects.requireNonNull(manifest);
  }
}
