package io.thaw.linker.plan;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.CompiledStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Plans an image: stub, page tables, pages, tables, pool, in this order from the bottom of the
 * platform's RAM.
 */
public final class Planner {

  private final Checkpoint checkpoint;
  private final Platform platform;
  private final LinkOptions options;
  private final CompiledStub stub;
  private final PteFormat format;
  private final DirectMap directMap;
  private final List<String> warnings;
  private final Optional<Interval> interval;

  /** A recording, and what its events need. */
  private record Interval(Recording recording, VectorStates vectors, IntervalSurvey survey) {

    EventSpace space() {
      return new EventSpace(
          survey.recordCount() * EventLog.RECORD_BYTES, recording.data(), survey.areas());
    }
  }

  private Planner(
      Checkpoint checkpoint,
      Platform platform,
      LinkOptions options,
      List<String> warnings,
      Optional<Interval> interval)
      throws InvalidInputException {
    this.interval = interval;
    this.checkpoint = checkpoint;
    this.platform = platform;
    this.options = options;
    this.warnings = warnings;
    this.stub = StubIdentity.compiled(platform.architecture());
    this.format =
        switch (platform.architecture()) {
          case X86_64 -> new X86PteFormat();
          case AARCH64 -> Aarch64PteFormat.choose(checkpoint, platform);
          case RISCV64 -> Riscv64PteFormat.choose(checkpoint, platform);
        };
    this.directMap = DirectMap.of(platform, format);
  }

  /**
   * The plan of an image.
   *
   * @throws InvalidInputException if the checkpoint has state that the platform cannot hold, or
   *     needs more RAM than it has
   */
  public static ImagePlan plan(Checkpoint checkpoint, Platform platform, LinkOptions options)
      throws InvalidInputException {
    List<String> warnings = SupportCheck.check(checkpoint, platform);
    return new Planner(checkpoint, platform, options, warnings, Optional.empty()).plan();
  }

  /**
   * The plan of an image that replays a recording.
   *
   * @throws InvalidInputException as for a checkpoint, or if an event needs what the platform does
   *     not have
   */
  public static ImagePlan plan(Recording recording, Platform platform, LinkOptions options)
      throws InvalidInputException {
    Checkpoint start = recording.checkpoint();
    List<String> warnings = SupportCheck.checkRecorded(recording, platform);
    Optional<X86RestorePath> path =
        start.leader().registers() instanceof X86Registers registers
            ? Optional.of(X86RestorePath.choose(registers, start.auxv(), platform))
            : Optional.empty();
    VectorStates vectors = VectorStates.of(recording, path);
    IntervalSurvey survey = IntervalSurvey.of(recording, vectors);
    long spareBytes = Math.min(survey.newBytes(), platform.ramSizeBytes() / 4);
    LinkOptions enlarged =
        new LinkOptions(options.heapSizeBytes() + spareBytes, options.realtimeNanos());
    return new Planner(
            survey.checkpoint(),
            platform,
            enlarged,
            warnings,
            Optional.of(new Interval(recording, vectors, survey)))
        .plan();
  }

  private ImagePlan plan() throws InvalidInputException {
    RestorePath<?> path = restorePath();
    long stubPaddr =
        BootPagePlace.choose(checkpoint, platform, format, stub.offset(path.entrySymbols().get(0)));
    UserPages pages = UserPages.of(checkpoint, platform.ramSizeBytes());
    PageTables tables = new PageTables(format);
    reserveTables(tables, pages, stubPaddr);
    MemoryPlan memory = layOut(tables, pages, stubPaddr);
    fillTables(tables, pages, memory);
    StubCode code = new StubCode(stub, stubPaddr, platform);
    fill(path, code, tables);
    BootBlock.fill(code, checkpoint, platform, options, format, tables, memory);
    List<Chunk> eventChunks = events(code, pages, memory);
    return new ImagePlan(
        platform.architecture(),
        entryPaddr(path.entrySymbols().get(path.entrySymbols().size() - 1), stubPaddr),
        platform.architecture() == Architecture.X86_64
            ? OptionalLong.of(entryPaddr(path.entrySymbols().get(0), stubPaddr))
            : OptionalLong.empty(),
        chunks(code, tables, memory, eventChunks),
        stub.symbols(),
        manifest(path, memory));
  }

  /** Makes every table that the image will need but those of the direct map of RAM. */
  private void reserveTables(PageTables tables, UserPages pages, long stubPaddr)
      throws InvalidInputException {
    long pageSize = checkpoint.pageSizeBytes();
    if (format.bootPage(stubPaddr).isPresent()) {
      tables.reserve(stubPaddr, CompiledStub.BOOT_PAGE_SIZE_BYTES, 0);
    }
    for (UserPages.Frames frames : pages.frames()) {
      tables.reserve(frames.vaddr(), frames.pageCount() * pageSize, 0);
    }
    for (UserPages.Alias alias : pages.aliases()) {
      tables.reserve(alias.vaddr(), pageSize, 0);
    }
    for (UserPages.Missing missing : pages.missing()) {
      tables.reserve(missing.vaddr(), missing.pageCount() * pageSize, 0);
    }
    tables.reserve(StubAddresses.STUB_VADDR, StubAddresses.STUB_BLOCK_SIZE_BYTES, 1);
    directMap.reserveDevices(tables);
  }

  /**
   * Lays out physical memory, and makes the tables of the direct map for it.
   *
   * <p>How much that has to cover depends on the number of tables, and this number on what it
   * covers: tables only become more, so that a layout is found that needs no others.
   */
  private MemoryPlan layOut(PageTables tables, UserPages pages, long stubPaddr)
      throws InvalidInputException {
    while (true) {
      long tablesSizeBytes = tables.sizeBytes();
      MemoryPlan memory =
          MemoryPlan.of(
              checkpoint,
              platform,
              stub,
              stubPaddr,
              tablesSizeBytes,
              pages,
              interval.map(Interval::space),
              options);
      for (MemoryPlan.Region region : memory.regions()) {
        directMap.reserve(tables, region);
      }
      if (tables.sizeBytes() == tablesSizeBytes) {
        return memory;
      }
    }
  }

  private void fillTables(PageTables tables, UserPages pages, MemoryPlan memory) {
    tables.place(memory.tablesPaddr());
    format.bootPage(memory.stubPaddr()).ifPresent(page -> tables.set(memory.stubPaddr(), 0, page));
    tables.set(StubAddresses.STUB_VADDR, 1, format.stubBlock(memory.stubPaddr()));
    directMap.fill(tables, memory.regions());
    long pageSize = checkpoint.pageSizeBytes();
    for (MemoryPlan.Placed placed : memory.placed()) {
      setPages(
          tables,
          placed.vaddr(),
          placed.pageCount() * pageSize,
          placed.paddr(),
          placed.vma().protection());
    }
    long missing = stub.layout().number("PTE_MISSING");
    for (UserPages.Missing run : pages.missing()) {
      long end = run.vaddr() + run.pageCount() * pageSize;
      for (long vaddr = run.vaddr(); vaddr < end; vaddr += PageTables.HARDWARE_PAGE_SIZE_BYTES) {
        tables.set(vaddr, 0, missing);
      }
    }
    for (UserPages.Alias alias : pages.aliases()) {
      setAlias(tables, alias, memory);
    }
  }

  private void setPages(
      PageTables tables, long vaddr, long sizeBytes, long paddr, Protection protection) {
    for (long offset = 0; offset < sizeBytes; offset += PageTables.HARDWARE_PAGE_SIZE_BYTES) {
      tables.set(vaddr + offset, 0, format.userPage(paddr + offset, protection));
    }
  }

  private void setAlias(PageTables tables, UserPages.Alias alias, MemoryPlan memory) {
    Long paddr = memory.framePaddr(alias.firstVaddr());
    if (paddr != null) {
      setPages(tables, alias.vaddr(), checkpoint.pageSizeBytes(), paddr, alias.vma().protection());
      return;
    }
    for (long offset = 0;
        offset < checkpoint.pageSizeBytes();
        offset += PageTables.HARDWARE_PAGE_SIZE_BYTES) {
      tables.set(alias.vaddr() + offset, 0, stub.layout().number("PTE_MISSING"));
    }
  }

  private RestorePath<?> restorePath() {
    if (checkpoint.leader().registers() instanceof X86Registers registers) {
      return X86RestorePath.choose(registers, checkpoint.auxv(), platform);
    }
    if (checkpoint.leader().registers() instanceof Aarch64Registers registers) {
      return Aarch64RestorePath.choose(registers, checkpoint.auxv(), stub, format.levels());
    }
    return new Riscv64RestorePath(format.levels());
  }

  /** Each path with registers of its own architecture, of which it was chosen. */
  private <R extends Registers> void fill(RestorePath<R> path, StubCode code, PageTables tables) {
    path.fill(code, path.registerType().cast(checkpoint.leader().registers()), tables);
  }

  private long entryPaddr(String symbol, long stubPaddr) {
    return stubPaddr + stub.offset(symbol);
  }

  /** The events as records, now that everything has its place. */
  private List<Chunk> events(StubCode code, UserPages pages, MemoryPlan memory)
      throws InvalidInputException {
    if (interval.isEmpty()) {
      return List.of();
    }
    Interval from = interval.get();
    MemoryPlan.Region region = memory.region(MemoryPlan.EVENTS);
    ByteBlock records =
        EventLog.encode(
            from.recording(),
            stub.layout(),
            format,
            from.vectors(),
            new FrameMap(memory, pages, checkpoint.pageSizeBytes()),
            new UnionMappings(from.survey().mappings().toList()),
            Map.of(
                OperationSink.Area.DATA, directVaddr(memory, MemoryPlan.EVENT_DATA),
                OperationSink.Area.CONTENTS, directVaddr(memory, MemoryPlan.EVENT_CONTENTS),
                OperationSink.Area.VALUES, directVaddr(memory, MemoryPlan.EVENT_VALUES)),
            from.survey().recordCount());
    code.putField("event_vaddr", format.directVaddr(region.paddr()));
    code.putField("event_count", from.recording().events().size());
    return List.of(new Chunk.Made(region.paddr(), records));
  }

  private long directVaddr(MemoryPlan memory, String region) {
    return format.directVaddr(memory.region(region).paddr());
  }

  private List<Chunk> chunks(
      StubCode code, PageTables tables, MemoryPlan memory, List<Chunk> eventChunks) {
    List<Chunk> chunks = new ArrayList<>(eventChunks);
    chunks.add(new Chunk.Made(memory.stubPaddr(), code.toBytes()));
    chunks.add(new Chunk.Made(memory.tablesPaddr(), tables.toBytes()));
    chunks.addAll(memory.chunks());
    chunks.sort((a, b) -> Long.compare(a.paddr(), b.paddr()));
    return chunks;
  }

  private Manifest manifest(RestorePath<?> path, MemoryPlan memory) {
    return new Manifest(
        ToolVersion.current(),
        StubIdentity.sha256(stub),
        platform.architecture().label(),
        platform.name(),
        checkpoint.source(),
        checkpoint.identity().command(),
        checkpoint.identity().pid(),
        path.name(),
        path.needs(),
        path.entrySymbols().stream().map(s -> entryPaddr(s, memory.stubPaddr())).toList(),
        memory.endPaddr(),
        new Manifest.Mark(entryPaddr(path.lastSymbol(), memory.stubPaddr()), 1),
        List.of(
            new Manifest.Range(
                memory.stubPaddr(), memory.stubPaddr() + CompiledStub.BOOT_PAGE_SIZE_BYTES),
            new Manifest.Range(
                stub.vaddr(), stub.vaddr() + HookTable.stubSizeBytes(platform, stub))),
        memory.manifestRegions(),
        MappingSummary.of(checkpoint),
        warnings,
        null);
  }
}
