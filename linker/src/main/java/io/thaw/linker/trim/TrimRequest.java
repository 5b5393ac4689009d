package io.thaw.linker.trim;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an image is trimmed to.
 *
 * @param keep what of a page is kept
 * @param steps the way to its end
 * @param proof what has to be true there; empty if that is still to be found out
 * @param extraPages vaddrs of pages that are kept whole whatever the analysis says
 * @param devices what the image is given in place of the devices that it was analysed with
 * @param patches whether the end is recognised by a breakpoint instruction in the code, for a
 *     processor without breakpoints of its own
 * @param facts for the manifest
 */
public record TrimRequest(
    Keep keep,
    List<MarkerStep> steps,
    Optional<Proof> proof,
    Set<Long> extraPages,
    Optional<ByteBlock> devices,
    boolean patches,
    Facts facts) {

  /**
   * What has to be true at the end.
   *
   * @param registersDigest digest of the registers
   * @param memory ranges of memory that are compared; empty if none are
   * @param memoryDigest their digest, 0 for none
   */
  public record Proof(long registersDigest, List<MemoryRange> memory, long memoryDigest) {

    public Proof {
      memory = List.copyOf(memory);
    }
  }

  /** Bytes of physical memory. */
  public record MemoryRange(long paddr, int sizeBytes) {}

  /**
   * What the manifest says of the interval besides what the plan knows.
   *
   * @param sourceSha256 of the image
   * @param skippedInstructions before the interval
   * @param warmupInstructions at its beginning
   * @param instructions in all
   * @param regionBegin the last instruction of the warm-up, if there is one
   * @param regionEnd the last instruction
   * @param warnings what the user should know
   * @param extensions of the instruction set
   */
  public record Facts(
      String sourceSha256,
      long skippedInstructions,
      long warmupInstructions,
      long instructions,
      Optional<Manifest.Mark> regionBegin,
      Manifest.Mark regionEnd,
      List<String> warnings,
      List<String> extensions) {

    public Facts {
      warnings = List.copyOf(warnings);
      extensions = List.copyOf(extensions);
    }
  }

  public TrimRequest {
    steps = List.copyOf(steps);
    extraPages = Set.copyOf(extraPages);
  }

  public TrimRequest withProof(Proof newProof) {
    return new TrimRequest(keep, steps, Optional.of(newProof), extraPages, devices, patches, facts);
  }

  public TrimRequest withExtraPages(Set<Long> newPages) {
    return new TrimRequest(keep, steps, proof, newPages, devices, patches, facts);
  }

  public TrimRequest withDevices(ByteBlock newDevices) {
    return new TrimRequest(keep, steps, proof, extraPages, Optional.of(newDevices), patches, facts);
  }
}
