package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.app.run.QemuSimulator;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.Verdict;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import io.thaw.linker.trim.MarkedImage;
import io.thaw.linker.trim.MarkerStep;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The breakpoint. The n-th execution of an instruction is found by getting over the ones before:
 * where the processor does not help, by a breakpoint on the instruction that comes next, of which
 * the stub has to know which one it is.
 */
class BreakpointTest {

  /** The instruction of {@code branches.S} that touches the page of its data. */
  private static final int TOUCHING = 2;

  private static final long DATA = SyntheticCheckpoint.PROGRAM_VADDR + 0x15000;

  /** {@code csrw tselect, zero} and {@code csrw tdata1, a0}. */
  private static final int SELECT_TRIGGER = 0x7a001073;

  private static final int SET_TRIGGER = 0x7a151073;

  /** {@code csrw 0x7ff, zero}. */
  private static final int NO_SUCH_CSR = 0x7ff01073;

  private static final int NOP = 0x13;
  private static final int PAGE_BYTES = 4096;

  @TempDir Path folder;

  private Path image;
  private ImageDescription description;
  private LongBuffer trace;

  private void runTheProgram(Architecture architecture) throws Exception {
    image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(
            new SyntheticCheckpoint(architecture, "branches", Patterns.of(architecture)).build(),
            Platforms.defaultFor(architecture),
            LinkOptions.defaults()),
        image,
        Progress.NONE);
    description = ImageReader.read(image);
    Path file = folder.resolve("trace");
    assertThat(run(image, RunOptions.DEFAULT.withTraceFile(file)).verdict())
        .isEqualTo(Verdict.EXITED);
    trace = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  private RunResult run(Path which, RunOptions options) throws Exception {
    return QemuSimulator.installed()
        .run(which, description.manifest(), options, OutputStream.nullOutputStream());
  }

  /** User instructions before the n-th execution of an instruction behind the touch. */
  private RunResult runTo(long pc, long hits, boolean patches) throws Exception {
    Path marked = folder.resolve("marked.elf");
    MarkedImage.write(
        image,
        description,
        List.of(new MarkerStep(new MarkerStep.Arm.Touch(DATA), pc, hits, 0, MarkerStep.Action.END)),
        patches,
        marked);
    return run(marked, RunOptions.DEFAULT.withCount());
  }

  /** The image on a core without triggers, as far as it can tell: no such CSR, and no effect. */
  private void takeTriggersAway() throws Exception {
    byte[] bytes = Files.readAllBytes(image);
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int bootPage = new TrimmedImage(image).offset(description.manifest().entryPaddrs().get(0));
    List<Integer> changed = new ArrayList<>();
    for (int at = bootPage; at < bootPage + PAGE_BYTES; at += Integer.BYTES) {
      int code = words.getInt(at);
      if (code == SELECT_TRIGGER || code == SET_TRIGGER) {
        words.putInt(at, code == SELECT_TRIGGER ? NO_SUCH_CSR : NOP);
        changed.add(code);
      }
    }
    assertThat(changed).containsExactly(SELECT_TRIGGER, SET_TRIGGER);
    Files.write(image, bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "AARCH64, processor, 80",
    "AARCH64, patch, 80",
    "RISCV64, processor, 70",
    "RISCV64, patch, 70",
    "RISCV64, no processor, 70",
  })
  void everyInstructionIsFoundTheLastTimeThatItIsExecuted(
      Architecture architecture, String by, int fewest) throws Exception {
    runTheProgram(architecture);
    if (by.equals("no processor")) {
      takeTriggersAway();
    }
    Map<Long, List<Integer>> executions = new HashMap<>();
    for (int i = TOUCHING + 1; i < trace.remaining(); i++) {
      executions.computeIfAbsent(trace.get(i), pc -> new ArrayList<>()).add(i);
    }
    assertThat(executions).hasSizeGreaterThan(fewest);
    for (Map.Entry<Long, List<Integer>> one : executions.entrySet()) {
      List<Integer> indices = one.getValue();
      RunResult result = runTo(one.getKey(), indices.size(), by.equals("patch"));
      assertThat(result.verdict())
          .as("0x%x, %d times: %s", one.getKey(), indices.size(), result)
          .isEqualTo(Verdict.MARKER);
      assertThat(result.counts().orElseThrow().user())
          .as("0x%x, %d times", one.getKey(), indices.size())
          .isEqualTo((long) indices.get(indices.size() - 1));
    }
  }
}
