package io.thaw.app.demo;

import io.thaw.app.link.DumpOptions;
import io.thaw.app.link.ImageNames;
import io.thaw.app.link.LinkJob;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.Simulator;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.format.FormatKind;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Links, boots and compares the bundled dumps, and tells what it does meanwhile. */
public final class Demo {

  /** Each runs for a few seconds; a busy machine is no reason to give up. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Path dumps;
  private final Path images;
  private final Simulator simulator;
  private final PrintStream out;

  /**
   * A demonstration.
   *
   * @param dumps folder of the bundled dumps
   * @param images existing folder that the images are written to
   * @param simulator what runs them
   * @param out what is told
   */
  public Demo(Path dumps, Path images, Simulator simulator, PrintStream out) {
    this.dumps = dumps;
    this.images = images;
    this.simulator = simulator;
    this.out = out;
  }

  /** Shows every dump; returns what came of each, the failed ones too. */
  public List<DemoResult> run()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    List<DemoResult> results = new ArrayList<>();
    for (String name : BundledDump.NAMES) {
      BundledDump dump = BundledDump.read(dumps, name);
      out.printf("[%d/%d] %s%n", results.size() + 1, BundledDump.NAMES.size(), name);
      DemoResult result = show(dump);
      out.println(Excerpts.of(dump.outputAtDump(), result.output()));
      out.println();
      results.add(result);
    }
    out.println(DemoReport.of(results));
    return results;
  }

  private DemoResult show(BundledDump dump)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    Path image = images.resolve(ImageNames.of(dump.file(), FormatKind.ELF));
    LinkJob job =
        new LinkJob(
            new DumpOptions(dump.file(), Optional.empty(), OptionalLong.empty()),
            Platforms::defaultFor,
            LinkOptions.defaults());
    long start = System.nanoTime();
    ImagePlan plan = job.link(image, Progress.NONE);
    Duration linkTime = Duration.ofNanos(System.nanoTime() - start);

    ByteArrayOutputStream output = new ByteArrayOutputStream();
    start = System.nanoTime();
    RunResult result =
        simulator.run(
            image, plan.manifest(), RunOptions.DEFAULT.withCount().withTimeout(TIMEOUT), output);
    Duration runTime = Duration.ofNanos(System.nanoTime() - start);
    return new DemoResult(
        dump,
        Files.size(image),
        linkTime,
        runTime,
        result,
        output.toString(StandardCharsets.UTF_8));
  }
}
