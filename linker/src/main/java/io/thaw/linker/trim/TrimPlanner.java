package io.thaw.linker.trim;

import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.StubIdentity;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.trim.TrimRequest.MemoryRange;
import io.thaw.linker.trim.TrimRequest.Proof;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans a trimmed image: the frames stay where they are, what the interval does not use goes, and
 * the page tables say so.
 */
public final class TrimPlanner {

  private static final int PAGE_BYTES = TouchedPage.SIZE_BYTES;
  private static final int UNIT_BYTES = 16;

  private final String name;
  private final ImageDescription image;
  private final ImageMemory memory;
  private final TrimRequest request;
  private final Architecture architecture;
  private final PteBits bits;
  private final StubImage stub;
  private final UserTables tables;
  private final Mappings mappings;
  private final Map<Long, TouchedPage> touched = new TreeMap<>();
  private final Set<Long> wholePages = new HashSet<>();
  private final SparseChunks chunks = new SparseChunks();
  private final MappingCounts counts;
  private final long unseenAccesses;
  private long droppedPages;
  private long liveInPages;
  private long liveInWords;
  private long zeroFilledPages;

  private TrimPlanner(
      String name,
      ImageDescription image,
      ImageMemory memory,
      IntervalAnalysis analysis,
      TrimRequest request)
      throws InvalidInputException, IOException {
    this.name = name;
    this.image = image;
    this.memory = memory;
    this.request = request;
    this.architecture = image.architecture();
    this.bits = PteBits.of(architecture);
    this.stub = StubImage.read(name, image, memory);
    this.tables = UserTables.read(name, memory, bits, stub);
    this.mappings = Mappings.read(name, stub, memory);
    this.counts = new MappingCounts(image.manifest().mappings());
    this.unseenAccesses = analysis.unseenAccesses();
    for (TouchedPage page : analysis.pages()) {
      touched.put(page.paddr(), page);
    }
    for (long vaddr : request.extraPages()) {
      long entry = tables.leaf(vaddr);
      if (bits.hasFrame(entry)) {
        wholePages.add(bits.frame(entry));
      }
    }
  }

  /**
   * The plan of a trimmed image.
   *
   * @param name what problems call the image
   * @param image the whole image
   * @param memory its memory
   * @param analysis what the interval uses of it
   * @throws InvalidInputException if the image is not one that can be trimmed
   */
  public static ImagePlan plan(
      String name,
      ImageDescription image,
      ImageMemory memory,
      IntervalAnalysis analysis,
      TrimRequest request)
      throws InvalidInputException, IOException {
    return new TrimPlanner(name, image, memory, analysis, request).plan();
  }

  private ImagePlan plan() throws InvalidInputException, IOException {
    Manifest.Region own = StubImage.region(image.manifest(), name, "page tables");
    addStubTables(own);
    trimTables();
    MarkerFields.mark(tables, bits, request.steps());
    for (UserTables.Table table : tables.all()) {
      chunks.add(table.paddr(), table.toBytes());
    }
    chunks.add(mappings.paddr(), padded(mappings.toBytes()));
    long before = chunks.storedBytes();
    for (TouchedPage page : touched.values()) {
      if (!isInStub(page.paddr()) && !isTable(own, page.paddr()) && !isInMappings(page.paddr())) {
        addPage(page);
      }
    }
    for (long paddr : wholePages) {
      if (!touched.containsKey(paddr)) {
        chunks.add(paddr, memory.read(paddr, PAGE_BYTES));
      }
    }
    long kept = chunks.storedBytes() - before;
    addEnd(own);
    return new ImagePlan(
        architecture,
        image.entryPaddr(),
        architecture == Architecture.X86_64
            ? OptionalLong.of(image.manifest().entryPaddrs().get(0))
            : OptionalLong.empty(),
        chunks.sorted(),
        StubIdentity.compiled(architecture.label()).symbols(),
        manifest(kept),
        /* packed= */ true);
  }

  /** The stub's half, and the direct map: whatever of the linker's own tables is not the user's. */
  private void addStubTables(Manifest.Region own) throws IOException {
    for (long paddr = own.paddr(); paddr < own.paddr() + own.sizeBytes(); paddr += PAGE_BYTES) {
      if (!tables.has(paddr)) {
        chunks.add(paddr, memory.read(paddr, PAGE_BYTES));
      }
    }
  }

  private boolean isTable(Manifest.Region own, long paddr) {
    return tables.has(paddr) || (paddr >= own.paddr() && paddr < own.paddr() + own.sizeBytes());
  }

  private boolean isInStub(long paddr) {
    return paddr >= stub.paddr() && paddr < alignUp(stub.paddr() + stub.sizeBytes());
  }

  private boolean isInMappings(long paddr) {
    return paddr < alignUp(mappings.endPaddr()) && paddr + PAGE_BYTES > mappings.paddr();
  }

  private static long alignUp(long value) {
    return (value + PAGE_BYTES - 1) & -PAGE_BYTES;
  }

  /** Entries of pages that the interval does not use go, and so do tables with nothing else. */
  private void trimTables() {
    BitSet withBirths = mappingsWithBirths();
    long trimmed = stub.number("VMA_TRIMMED");
    for (int i = 0; i < mappings.count(); i++) {
      if (!withBirths.get(i)) {
        mappings.addFlag(i, trimmed);
      }
    }
    long missing = stub.number("PTE_MISSING");
    tables.editLeaves(
        (vaddr, entry) -> {
          boolean isMissing = entry == missing;
          if (!isMissing && !bits.hasFrame(entry)) {
            return entry; // the boot page
          }
          long frame = bits.frame(entry);
          if (!isMissing) {
            counts.add(vaddr, touched.get(frame));
          }
          if (!isMissing && (touched.containsKey(frame) || wholePages.contains(frame))) {
            return entry;
          }
          droppedPages += isMissing ? 0 : 1;
          int mapping = mappings.at(vaddr);
          return mapping >= 0 && !withBirths.get(mapping) ? 0 : missing;
        });
    tables.prune(touched::containsKey);
  }

  /** Mappings in which a page is born in the interval: what is absent there is not missing. */
  private BitSet mappingsWithBirths() {
    BitSet births = new BitSet();
    for (TouchedPage page : touched.values()) {
      if (page.isOfProgram() && !bits.hasFrame(tables.leaf(page.firstVaddr()))) {
        int mapping = mappings.at(page.firstVaddr());
        if (mapping >= 0) {
          births.set(mapping);
        }
      }
    }
    return births;
  }

  private void addPage(TouchedPage page) throws IOException {
    byte[] bytes = memory.read(page.paddr(), PAGE_BYTES);
    if (page.isOfProgram()) {
      if (page.liveIn().isEmpty()) {
        zeroFilledPages++;
      } else {
        liveInPages++;
        liveInWords += page.liveInWords();
      }
    }
    chunks.add(
        page.paddr(),
        wholePages.contains(page.paddr()) ? bytes : request.keep().of(bytes, page.liveIn()));
  }

  private void addEnd(Manifest.Region own) throws InvalidInputException {
    MarkerFields.put(stub, request.steps());
    stub.putField("marker_patches", request.patches() ? 1 : 0);
    stub.putField("marker_checked", request.proof().isPresent() ? 1 : 0);
    if (request.proof().isPresent()) {
      Proof proof = request.proof().get();
      stub.putField("marker_digest", proof.registersDigest());
      stub.putField("marker_memory_digest", proof.memoryDigest());
      stub.putField("marker_range_count", proof.memory().size());
      if (!proof.memory().isEmpty()) {
        byte[] ranges = ranges(proof.memory());
        long paddr = hole(own, ranges.length);
        chunks.add(paddr, ranges);
        stub.putField("marker_ranges_vaddr", stub.field("phys_to_virt") + paddr);
      }
    }
    request.devices().ifPresent(stub::putDevices);
    chunks.add(stub.paddr(), padded(stub.toBytes()));
  }

  private byte[] ranges(List<MemoryRange> ranges) {
    ByteBuffer bytes =
        ByteBuffer.allocate(ranges.size() * 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (MemoryRange range : ranges) {
      bytes.putLong(stub.field("phys_to_virt") + range.paddr()).putLong(range.sizeBytes());
    }
    return bytes.array();
  }

  /** Memory of the image that neither the interval nor the trimmed image uses. */
  private long hole(Manifest.Region own, int sizeBytes) throws InvalidInputException {
    long pages = alignUp(sizeBytes) / PAGE_BYTES;
    for (Manifest.Region region : image.manifest().regions()) {
      long free = 0;
      long end = (region.paddr() + region.sizeBytes()) & -PAGE_BYTES;
      for (long paddr = alignUp(region.paddr()); paddr < end; paddr += PAGE_BYTES) {
        boolean used =
            touched.containsKey(paddr)
                || wholePages.contains(paddr)
                || isTable(own, paddr)
                || isInStub(paddr)
                || isInMappings(paddr);
        free = used ? 0 : free + 1;
        if (free == pages) {
          return paddr + PAGE_BYTES - pages * PAGE_BYTES;
        }
      }
    }
    throw new InvalidInputException(
        name,
        "--check memory",
        sizeBytes + " bytes for what is compared",
        "a dump linked with a larger --heap, or --check registers");
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + UNIT_BYTES - 1) & -UNIT_BYTES);
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(image.manifest().warnings());
    warnings.addAll(request.facts().warnings());
    if (unseenAccesses > 0) {
      warnings.add(
          String.format(
              "%d accesses to memory could not be seen: pages are kept whole", unseenAccesses));
    }
    return warnings;
  }

  private Manifest.Mark border(String symbol) {
    return new Manifest.Mark(StubIdentity.compiled(architecture.label()).symbol(symbol), 1);
  }

  private List<String> needs() {
    List<String> needs = new ArrayList<>(image.manifest().needs());
    if (!request.patches()) {
      needs.addAll(MarkedImage.needs());
    }
    return needs;
  }

  private Manifest manifest(long keptBytes) {
    Manifest whole = image.manifest();
    TrimRequest.Facts facts = request.facts();
    return new Manifest(
        whole.toolVersion(),
        whole.stubSha256(),
        whole.architecture(),
        whole.platform(),
        whole.source(),
        whole.command(),
        whole.pid(),
        whole.restorePath(),
        needs(),
        whole.entryPaddrs(),
        whole.ramEndPaddr(),
        facts.regionBegin().orElse(whole.regionBegin()),
        whole.stubCode(),
        whole.regions(),
        whole.mappings(),
        warnings(),
        new Manifest.Interval(
            facts.sourceSha256(),
            facts.skippedInstructions(),
            facts.warmupInstructions(),
            facts.instructions(),
            request.keep().label(),
            liveInPages,
            liveInWords,
            keptBytes,
            zeroFilledPages,
            droppedPages,
            facts.regionEnd(),
            facts.regionBegin().map(begin -> border("region_begins")).orElse(null),
            border("region_ends"),
            request.steps().stream().mapToLong(MarkerStep::hits).sum(),
            request
                .proof()
                .map(proof -> String.format("%016x", proof.registersDigest()))
                .orElse(""),
            request
                .proof()
                .filter(proof -> !proof.memory().isEmpty())
                .map(proof -> String.format("%016x", proof.memoryDigest()))
                .orElse(null),
            facts.extensions(),
            counts.toList()));
  }
}
