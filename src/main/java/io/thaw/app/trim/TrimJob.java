package io.thaw.app.trim;

import io.thaw.app.bench.AnalysisFailedException;
import io.thaw.app.bench.ImageDigest;
import io.thaw.app.bench.Workbench;
import io.thaw.app.run.ReportKey;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.run.Verdict;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.image.AsideFile;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.isa.IsaExtensions;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import io.thaw.linker.trim.ImageMemory;
import io.thaw.linker.trim.MarkedImage;
import io.thaw.linker.trim.MarkerStep;
import io.thaw.linker.trim.MarkerStep.Action;
import io.thaw.linker.trim.Snapshot;
import io.thaw.linker.trim.TrimPlanner;
import io.thaw.linker.trim.TrimRequest;
import io.thaw.linker.trim.TrimRequest.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Trims an image to an interval. QEMU runs the whole image and shows what the interval uses and
 * what is true at its end; the trimmed image is run before it is given its name.
 */
public final class TrimJob {

  /**
   * An analysis may not have seen each access, and says so then: pages that a trial run misses are
   * added, so many times.
   */
  private static final int MOST_TRIALS = 32;

  /** So many stops are worth a word. */
  private static final long MANY_HITS = 64;

  private static final int STEPS_OF_WORK = 5;

  private final String name;
  private final Path source;
  private final TrimOptions options;
  private final Progress progress;
  private final TargetPlatform platform;

  /**
   * @param name what problems call the image
   * @param source an image of thaw link
   * @param platform what it was linked for, if that is known
   */
  public TrimJob(
      String name,
      Path source,
      Optional<Platform> platform,
      TrimOptions options,
      Progress progress) {
    this.name = name;
    this.source = source;
    this.platform = new TargetPlatform(name, platform);
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trims.
   *
   * @return the manifest of what was written
   * @throws InvalidInputException if there is no such interval, or its end cannot be recognised
   * @throws AnalysisFailedException if a run of QEMU does not come to where it should
   */
  public Manifest trim(Path target)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    try (Workbench bench = new Workbench()) {
      refuseOthers();
      String sourceSha256 = ImageDigest.sha256(source);
      Optional<ByteBlock> devices = bench.retarget(source);
      Path start = devices.isPresent() ? bench.retargeted() : source;
      Path whole = options.skip() == 0 ? start : skip(bench, start);
      done(1);
      IntervalAnalysis analysis = analysis(bench, whole, sourceSha256);
      List<String> extensions = extensions(analysis);
      done(2);
      Optional<IntervalAnalysis> warmup =
          options.warmup() == 0
              ? Optional.empty()
              : Optional.of(bench.analyse(whole, 0, options.warmup()));
      List<MarkerStep> steps = steps(bench, whole, warmup, analysis);
      TrimRequest request =
          request(
              steps,
              facts(
                  sourceSha256,
                  warmup,
                  analysis,
                  warnings(bench, whole, analysis, steps),
                  extensions));
      request = request.withProof(prove(bench, whole, analysis, steps));
      done(3);
      try (AsideFile aside = AsideFile.of(target)) {
        request = trial(bench, whole, analysis, request, aside.path());
        if (devices.isPresent()) {
          write(whole, analysis, request.withDevices(devices.get()), aside.path());
        }
        Manifest manifest = ImageReader.read(aside.path()).manifest();
        aside.publish();
        done(STEPS_OF_WORK);
        return manifest;
      }
    }
  }

  private void done(int steps) {
    progress.advance("trimming", steps, STEPS_OF_WORK);
  }

  private void refuseOthers() throws InvalidInputException, IOException {
    ImageDescription image = ImageReader.read(source);
    if (image.manifest().interval() != null) {
      throw new InvalidInputException(
          name, "manifest", "a trimmed image", "a whole one, of thaw link");
    }
  }

  /** An image that begins where {@code start} is after so many instructions. */
  private Path skip(Workbench bench, Path start)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    IntervalAnalysis analysis = analyse(bench, start, "--skip", options.skip());
    List<MarkerStep> steps =
        new MarkerSearch(bench, start, /* onlyOverStraight= */ false).find(analysis, 0, Action.END);
    Path ram = bench.file("skipped-ram");
    runToMarker(bench, start, steps, ram, options.skip());
    Path skipped = bench.file("skipped.elf");
    ImageDescription description = ImageReader.read(start);
    ImagePlan plan = Snapshot.plan(name, description, ram, Workbench.ramPieces(start));
    ImageWriter.write(plan, skipped, Progress.NONE);
    Files.delete(ram);
    return skipped;
  }

  /**
   * The analysis of the interval: a kept one, or a new one, which may be kept. If there were
   * accesses that it does not have, whatever is on its pages may have been used.
   */
  private IntervalAnalysis analysis(Workbench bench, Path whole, String sourceSha256)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    AnalysisFile of = new AnalysisFile(sourceSha256, architecture(), options.skip());
    Optional<Path> file = options.analysisFile();
    IntervalAnalysis analysis;
    if (file.isPresent() && Files.exists(file.get())) {
      analysis = KeptAnalysis.read(file.get(), of, options.total());
    } else {
      analysis = analyse(bench, whole, "--instructions", options.total());
      if (file.isPresent()) {
        of.keep(bench.rawAnalysis(), file.get());
      }
    }
    return analysis.unseenAccesses() > 0 ? analysis.withWholePages() : analysis;
  }

  private IntervalAnalysis analyse(Workbench bench, Path image, String option, long end)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    IntervalAnalysis analysis = bench.analyse(image, 0, end);
    if (analysis.isShort()) {
      throw new InvalidInputException(
          name,
          option,
          String.format("an interval that ends after %,d user instructions", end),
          String.format("fewer than %,d: then the image comes to its own end", analysis.end()));
    }
    return analysis;
  }

  private List<MarkerStep> steps(
      Workbench bench, Path whole, Optional<IntervalAnalysis> warmup, IntervalAnalysis analysis)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    MarkerSearch search = new MarkerSearch(bench, whole, onlyOverStraight());
    List<MarkerStep> steps = new ArrayList<>();
    if (warmup.isPresent()) {
      steps.addAll(search.find(warmup.get(), 0, Action.BEGIN));
    }
    steps.addAll(search.find(analysis, options.warmup(), Action.END));
    long hits = hits(steps);
    if (hits > options.mostHits()) {
      throw new InvalidInputException(
          "interval",
          "end",
          String.format(
              "the processor would have to stop %,d times to find it (pc 0x%x, in a loop)",
              hits, analysis.nextPc()),
          String.format("at most %,d (--most-stops), or another length", options.mostHits()));
    }
    return steps;
  }

  /** Stops cost hundreds of instructions each, on the slow machine. */
  private List<String> warnings(
      Workbench bench, Path whole, IntervalAnalysis analysis, List<MarkerStep> steps)
      throws InvalidInputException, IOException {
    long hits = 0; // behind the warm-up
    for (MarkerStep step : steps) {
      hits = step.action() == Action.BEGIN ? 0 : hits + step.hits();
    }
    OptionalLong cheapEnd =
        new MarkerSearch(bench, whole, onlyOverStraight()).cheapEnd(analysis, options.warmup());
    return hits < MANY_HITS || cheapEnd.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                "the processor stops %,d times on the way to the end, which is in a loop;"
                    + " --instructions %d would take one stop",
                hits, cheapEnd.getAsLong() - options.warmup()));
  }

  /** Extensions that the interval executes; the platform must have them. */
  private List<String> extensions(IntervalAnalysis analysis)
      throws InvalidInputException, IOException {
    List<String> extensions =
        IsaExtensions.of(
            architecture(), analysis.code().values().stream().map(ByteBlock::copyOf).toList());
    platform.require("interval", "instructions", extensions);
    return extensions;
  }

  private static long hits(List<MarkerStep> steps) {
    return steps.stream().mapToLong(MarkerStep::hits).sum();
  }

  private Architecture architecture() throws InvalidInputException, IOException {
    return ImageReader.read(source).architecture();
  }

  /** Whether the stub has to be told where the program goes from a breakpoint. */
  private boolean onlyOverStraight() throws InvalidInputException, IOException {
    return patches() && architecture() == Architecture.X86_64;
  }

  /** Whether the platform's processor has no breakpoints. */
  private boolean patches() {
    return !platform.lacking(MarkedImage.needs()).isEmpty();
  }

  private TrimRequest request(List<MarkerStep> steps, TrimRequest.Facts facts)
      throws InvalidInputException, IOException {
    return new TrimRequest(
        options.keep(),
        steps,
        Optional.empty(),
        options.extraPages(),
        Optional.empty(),
        patches(),
        facts);
  }

  private TrimRequest.Facts facts(
      String sourceSha256,
      Optional<IntervalAnalysis> warmup,
      IntervalAnalysis analysis,
      List<String> warnings,
      List<String> extensions) {
    return new TrimRequest.Facts(
        sourceSha256,
        options.skip(),
        options.warmup(),
        options.total(),
        warmup.map(IntervalAnalysis::last),
        analysis.last(),
        warnings,
        extensions);
  }

  /** What the whole image is like at the end of the interval. */
  private Proof prove(
      Workbench bench, Path whole, IntervalAnalysis analysis, List<MarkerStep> steps)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    Path ram = bench.file("proof-ram");
    RunResult result = runToMarker(bench, whole, steps, ram, options.total());
    Proof proof;
    try (ImageMemory memory = ImageMemory.of(ram, Workbench.ramPieces(whole))) {
      proof =
          EndState.proof(
              result, options.checkMemory() ? EndState.written(analysis) : List.of(), memory);
    }
    Files.delete(ram);
    return proof;
  }

  private static RunResult runToMarker(
      Workbench bench, Path image, List<MarkerStep> steps, Path ram, long instructions)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    RunResult result = bench.runToMarker(image, steps, ram, instructions);
    if (result.verdict() != Verdict.MARKER
        || result.counts().orElseThrow().user() != instructions) {
      throw new AnalysisFailedException("the run up to instruction " + instructions, result);
    }
    return result;
  }

  /** Writes the image and runs it, until it comes to its end; what it took is returned. */
  private TrimRequest trial(
      Workbench bench, Path whole, IntervalAnalysis analysis, TrimRequest first, Path target)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    Set<Long> pages = new HashSet<>(first.extraPages());
    RunResult result = null;
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      TrimRequest request = first.withExtraPages(pages);
      write(whole, analysis, request, target);
      ImageDescription trimmed = ImageReader.read(target);
      result = bench.run(target, trimmed, RunOptions.DEFAULT.withCount(), options.total());
      if (result.verdict() == Verdict.COMPLETE
          && result.counts().orElseThrow().user() == options.total()) {
        return request;
      }
      if (result.verdict() != Verdict.MISSING_PAGE
          || !pages.add(
              result.report().orElseThrow().value(ReportKey.ADDRESS).orElseThrow() & -4096L)) {
        break;
      }
    }
    throw new AnalysisFailedException("the trimmed image", result);
  }

  private void write(Path whole, IntervalAnalysis analysis, TrimRequest request, Path target)
      throws InvalidInputException, IOException {
    ImageDescription description = ImageReader.read(whole);
    try (ImageMemory memory = ImageMemory.ofImage(whole, description)) {
      ImageWriter.write(
          TrimPlanner.plan(name, description, memory, analysis, request), target, Progress.NONE);
    }
  }
}
