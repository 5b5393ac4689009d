package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.recording.RecordedRegisters;
import io.thaw.linker.recording.RecordingReader;
import io.thaw.linker.recording.RecordingWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording in which one thing is not as it was: the replay finds it where it shows. */
class ChangedRecordingTest {

  private static final long READ = 0;

  @TempDir Path folder;

  private Path original;
  private Path changed;

  @BeforeEach
  void record() throws Exception {
    RecordedPrograms.assumePossible();
    Path lines = folder.resolve("lines.txt");
    Files.writeString(lines, "one\ntwo\nthree\n");
    original = folder.resolve("original.rec");
    changed = folder.resolve("changed.rec");
    assertThat(RecordedPrograms.record(original, "sort", lines.toString()).status()).isEqualTo(0);
  }

  /** How an event and what belongs to it is written again. */
  private interface Change {
    RegisterRow registers(long index, RegisterRow row);

    Event event(long index, Event event);

    byte[] data(long index, byte[] bytes);
  }

  private abstract static class NoChange implements Change {
    @Override
    public RegisterRow registers(long index, RegisterRow row) {
      return row;
    }

    @Override
    public Event event(long index, Event event) {
      return event;
    }

    @Override
    public byte[] data(long index, byte[] bytes) {
      return bytes;
    }
  }

  /** Copies the recording with a change, checksums and all. */
  private void change(Change change) throws Exception {
    copyFolder(original.resolve("img"), changed.resolve("img"));
    copyFolder(original.resolve("sysroot"), changed.resolve("sysroot"));
    try (FileTree tree = FileTree.open(original)) {
      Recording recording = RecordingReader.read(tree);
      byte[] data = Files.readAllBytes(original.resolve("data.bin"));
      try (RecordingWriter writer =
          RecordingWriter.create(changed, recording.checkpoint().architecture())) {
        for (int i = 0; i < recording.events().size(); i++) {
          Event event = recording.events().get(i);
          List<Effect> effects = new ArrayList<>();
          for (Effect effect : event.effects()) {
            effects.add(copy(effect, i, data, writer, change));
          }
          Event copy =
              change.event(i, new Event(event.trigger(), event.number(), effects, event.resume()));
          writer.event(change.registers(i, RecordedRegisters.at(recording, i)), copy);
        }
        writer.finish(recording.description());
      }
    }
  }

  private Effect copy(Effect effect, long index, byte[] data, RecordingWriter writer, Change change)
      throws Exception {
    if (effect instanceof Effect.Written written) {
      byte[] bytes = new byte[(int) written.bytes().sizeBytes()];
      System.arraycopy(data, (int) written.bytes().offsetBytes(), bytes, 0, bytes.length);
      DataRef ref = writer.data(ByteBuffer.wrap(change.data(index, bytes)));
      return new Effect.Written(written.vaddr(), ref);
    }
    if (effect instanceof Effect.Mapped mapped) {
      return new Effect.Mapped(
          mapped.vma(),
          mapped
              .content()
              .map(
                  file ->
                      new DataFile(
                          file.name(),
                          changed
                              .resolve("sysroot")
                              .toAbsolutePath()
                              .resolve(
                                  original
                                      .resolve("sysroot")
                                      .toAbsolutePath()
                                      .relativize(file.path().toAbsolutePath())),
                          file.startBytes(),
                          file.sizeBytes())));
    }
    return effect;
  }

  private static void copyFolder(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private long indexOfLinesRead() throws Exception {
    try (FileTree tree = FileTree.open(original)) {
      List<Event> events = RecordingReader.read(tree).events();
      for (int i = events.size() - 1; i >= 0; i--) {
        Event event = events.get(i);
        if (event.number() == READ && event.resume().equals(new Resume.Result(14))) {
          return i;
        }
      }
    }
    throw new AssertionError("the program did not read its file");
  }

  private JsonNode divergence() throws Exception {
    Thaw.Result result = Thaw.run("run", changed, "--json");
    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    assertThat(result.json().get("verdict").asText()).isEqualTo("diverged");
    return result.json();
  }

  @Test
  void nothingChangedMatches() throws Exception {
    change(new NoChange() {});

    assertThat(Thaw.run("verify", changed).status()).isEqualTo(0);
  }

  @Test
  void oneBitOfARegisterIsFoundAtItsEvent() throws Exception {
    long at = indexOfLinesRead();
    change(
        new NoChange() {
          @Override
          public RegisterRow registers(long index, RegisterRow row) {
            long[] words = row.toArray();
            words[0] ^= index == at ? 1L << 63 : 0;
            return RegisterRow.of(row.architecture(), words);
          }
        });

    assertThat(divergence().get("event").asLong()).isEqualTo(at);
    assertThat(Thaw.run("run", changed).stderr()).contains("recorded: call read", "r15: expected");
  }

  @Test
  void anotherResultOfACallIsFoundAtTheNextEvent() throws Exception {
    long at = indexOfLinesRead();
    change(
        new NoChange() {
          @Override
          public Event event(long index, Event event) {
            return index == at
                ? new Event(event.trigger(), event.number(), event.effects(), new Resume.Result(13))
                : event;
          }
        });

    assertThat(divergence().get("event").asLong()).isEqualTo(at + 1);
  }

  @Test
  void oneBitThatWasReadIsFoundWhereItIsWritten() throws Exception {
    long at = indexOfLinesRead();
    change(
        new NoChange() {
          @Override
          public byte[] data(long index, byte[] bytes) {
            bytes[1] ^= index == at ? (byte) 1 : 0;
            return bytes;
          }
        });

    JsonNode divergence = divergence();
    assertThat(divergence.get("event").asLong()).isGreaterThan(at);
    assertThat(divergence.get("reason").asText()).contains("bytes that the program hands out");
  }

  @Test
  void aBitThatChangedOnDiskIsRefusedWithItsEvent() throws Exception {
    for (String name : List.of("events.img", "registers.bin", "data.bin")) {
      Path file = original.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      byte[] good = Files.readAllBytes(file);
      Files.write(file, bytes);

      Thaw.Result result = Thaw.run("run", original);

      assertThat(result.status()).as(name + ": " + result).isEqualTo(3);
      assertThat(result.stderr()).contains(name, "event ", "checksum");
      Files.write(file, good);
    }
  }

  @Test
  void aRecordingThatWasNotFinishedIsRefused() throws Exception {
    Files.delete(original.resolve("recording.json"));

    Thaw.Result result = Thaw.run("run", original);

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stderr()).contains("recording.json", "finished");
  }
}
