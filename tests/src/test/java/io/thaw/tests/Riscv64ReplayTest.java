package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Digests;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.Trigger;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replay on riscv64. Nothing records there, so what the kernel did for {@code replayed.S} is made
 * up here, with a counter read, a call that fills memory, and a fault whose handler finds other F
 * registers.
 */
class Riscv64ReplayTest {

  private static final long PROGRAM = SyntheticCheckpoint.PROGRAM_VADDR;
  private static final long BUFFER = PROGRAM + 0x1000;
  private static final long HANDLER = PROGRAM + 0x30;
  private static final long COUNTER = 0x1122334455667788L;
  private static final long RANDOM = 0x99aabbccddeeff00L;
  private static final long F0 = 0x4009_21fb_5444_2d18L;
  private static final int FCSR = 0x1f;
  private static final int VECTOR_BYTES = 264;
  private static final List<String> NAMES = RegisterRow.names(Architecture.RISCV64);

  @TempDir Path folder;

  private final Riscv64Registers start = Patterns.riscv64();
  private final long[] words = new long[NAMES.size()];
  private final List<RegisterRow> rows = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final ByteBuffer data = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

  @BeforeAll
  static void build() throws Exception {
    Rocket.build();
  }

  @BeforeEach
  void begin() {
    for (int i = 0; i < start.x().size(); i++) {
      words[i] = start.x().get(i);
    }
  }

  private void set(String register, long value) {
    words[NAMES.indexOf(register)] = value;
  }

  private RegisterRow row() {
    return RegisterRow.of(Architecture.RISCV64, words);
  }

  /** An event at the registers as they are set. */
  private void event(Trigger trigger, long number, Resume resume, Effect... effects) {
    rows.add(row());
    events.add(new Event(trigger, number, List.of(effects), resume));
  }

  private void call(long number, long a0, long a1, long a2, long pc) {
    set("a0", a0);
    set("a1", a1);
    set("a2", a2);
    set("a7", number);
    set("pc", pc);
  }

  /** What the program does from its start to its end, and the kernel for it. */
  private void everything() {
    set("s0", BUFFER);
    set("pc", PROGRAM + 0x08);
    RegisterRow atCounter = row();
    set("s1", COUNTER);
    set("pc", PROGRAM + 0x0c);
    rows.add(atCounter);
    events.add(new Event(Trigger.COUNTER, 0, List.of(), new Resume.At(row())));

    data.putLong(0, RANDOM);
    call(278, BUFFER, 8, 0, PROGRAM + 0x20);
    event(
        Trigger.CALL,
        278,
        new Resume.Result(8),
        new Effect.Written(BUFFER, new DataRef(0, Long.BYTES)));

    data.putLong(64, F0).putInt(64 + 32 * Long.BYTES, FCSR);
    set("a0", 8);
    set("s2", RANDOM);
    set("t0", 0x10);
    set("pc", PROGRAM + 0x28);
    RegisterRow atFault = row();
    set("pc", HANDLER);
    rows.add(atFault);
    events.add(
        new Event(
            Trigger.FAULT,
            0x10,
            List.of(new Effect.VectorState(new DataRef(64, VECTOR_BYTES))),
            new Resume.At(row())));

    set("s4", F0 + FCSR);
    set("s5", FCSR);
    call(64, 1, BUFFER, 24, PROGRAM + 0x5c);
    event(
        Trigger.CALL,
        64,
        new Resume.Result(24),
        new Effect.Output(1, 1, BUFFER, 24, Digests.ofBytes(output())));

    call(94, 0, BUFFER, 24, PROGRAM + 0x68);
    event(Trigger.CALL, 94, new Resume.End(OptionalInt.of(0)));
  }

  private static ByteBuffer output() {
    ByteBuffer output = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    return output.putLong(COUNTER).putLong(RANDOM).putLong(F0 + FCSR).flip();
  }

  private Thaw.Result replay() throws Exception {
    return replay("qemu-riscv64");
  }

  private Thaw.Result replay(String platform) throws Exception {
    Checkpoint checkpoint =
        new SyntheticCheckpoint(Architecture.RISCV64, "replayed", start).build();
    ByteBuffer registers =
        ByteBuffer.allocate(rows.size() * NAMES.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (RegisterRow row : rows) {
      for (long word : row.toArray()) {
        registers.putLong(word);
      }
    }
    Recording recording =
        new Recording(
            checkpoint,
            new RecordingDescription(
                List.of(), "entry", "exit", "none", "host", "none", "none", List.of(), List.of()),
            events,
            file("registers.bin", registers.array()),
            file("data.bin", data.array()));
    Path image = folder.resolve("image.elf");
    ImageWriter.write(
        Planner.plan(recording, Platforms.byName(platform).orElseThrow(), LinkOptions.defaults()),
        image,
        Progress.NONE);
    return Thaw.run("run", "--json", image);
  }

  private DataFile file(String name, byte[] bytes) throws Exception {
    return new DataFile(name, Files.write(folder.resolve(name), bytes), 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-riscv64", Rocket.PLATFORM})
  void everyKindOfEventIsReplayed(String platform) throws Exception {
    everything();

    Thaw.Result result = replay(platform);

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("complete");
    assertThat(result.json().get("events").asInt()).isEqualTo(5);
    assertThat(result.stdout()).isEqualTo(output().array());
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-riscv64", Rocket.PLATFORM})
  void aRegisterThatDiffersIsFoundAtItsEvent(String platform) throws Exception {
    everything();
    long[] changed = rows.get(3).toArray();
    changed[NAMES.indexOf("t6")] ^= 1L << 63;
    rows.set(3, RegisterRow.of(Architecture.RISCV64, changed));

    Thaw.Result result = replay(platform);

    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).isEqualTo("diverged");
    assertThat(json.get("event").asInt()).isEqualTo(3);
    assertThat(json.get("registers").get("a7").asText()).isEqualTo("0x40");
  }

  /** The pc stands where other architectures have their flags. */
  @Test
  void aPcThatDiffersIsFoundAtItsEvent() throws Exception {
    everything();
    long[] changed = rows.get(0).toArray();
    changed[NAMES.indexOf("pc")] += 4;
    rows.set(0, RegisterRow.of(Architecture.RISCV64, changed));

    Thaw.Result result = replay();

    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    assertThat(result.json().get("verdict").asText()).isEqualTo("diverged");
    assertThat(result.json().get("event").asInt()).isEqualTo(0);
  }
}
