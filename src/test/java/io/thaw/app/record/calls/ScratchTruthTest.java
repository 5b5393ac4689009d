package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.junit.jupiter.api.Test;

@SuppressWarnings("all")
class ScratchTruthTest {
  static final long A = 0x200000000L;
  static final int SIZE = 65536;

  @Test
  void truth() throws Exception {
    ByteBuffer all =
        ByteBuffer.wrap(Files.readAllBytes(Path.of("/tmp/h-calls-truth/truth.bin")))
            .order(ByteOrder.LITTLE_ENDIAN);
    CallTable table = CallTable.of(Architecture.X86_64);
    List<String> bad = new ArrayList<>();
    int wrote = 0, quiet = 0;
    StringBuilder report = new StringBuilder();
    while (all.hasRemaining()) {
      byte[] nb = new byte[32];
      all.get(nb);
      String label = new String(nb).replace("\0", "");
      long[] h = new long[8];
      for (int i = 0; i < 8; i++) h[i] = all.getLong();
      byte[] before = new byte[SIZE], after = new byte[SIZE];
      all.get(before);
      all.get(after);
      CallView view =
          new CallView() {
            public Architecture architecture() {
              return Architecture.X86_64;
            }

            public long number() {
              return h[0];
            }

            public long result() {
              return h[1];
            }

            public long argument(int i) {
              return h[2 + i];
            }

            public byte[] read(long v, int n) {
              if (v < A || v >= A + SIZE) return new byte[0];
              int s = (int) (v - A);
              return Arrays.copyOfRange(after, s, Math.min(SIZE, s + n));
            }

            public long readWord(long v) {
              byte[] b = read(v, 8);
              return b.length < 8 ? 0 : ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong();
            }

            public int readInt(long v) {
              byte[] b = read(v, 4);
              return b.length < 4 ? 0 : ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getInt();
            }
          };
      CallRule rule = table.rule(h[0]).orElseThrow();
      Optional<String> refusal = rule.refusal(view);
      int changed = 0;
      for (int i = 0; i < SIZE; i++) if (before[i] != after[i]) changed++;
      if (refusal.isPresent()) {
        report.append(label + " REFUSED " + refusal.get() + "\n");
        continue;
      }
      BitSet said = new BitSet();
      EffectLines lines = new EffectLines();
      rule.effects(view, lines);
      for (String l : lines.lines())
        if (l.startsWith("written ")) {
          String[] p = l.substring(8).split("\\+");
          long v = Long.parseLong(p[0], 16) - A, s = Long.parseLong(p[1]);
          if (v >= 0 && v < SIZE) said.set((int) v, (int) Math.min(SIZE, v + s));
        }
      List<Integer> missed = new ArrayList<>();
      for (int i = 0; i < SIZE; i++) if (before[i] != after[i] && !said.get(i)) missed.add(i);
      if (changed > 0) wrote++;
      else quiet++;
      String line =
          label
              + " nr "
              + h[0]
              + " ("
              + table.name(h[0])
              + ") result "
              + h[1]
              + " changed "
              + changed
              + " said "
              + said.cardinality()
              + " "
              + lines.lines();
      report.append(line).append("\n");
      if (!missed.isEmpty())
        bad.add(
            line
                + " MISSED "
                + missed.size()
                + " at "
                + missed.get(0)
                + ".."
                + missed.get(missed.size() - 1));
    }
    Files.writeString(
        Path.of("/tmp/h-calls-truth/report.txt"),
        report + "\nwrote " + wrote + " quiet " + quiet + "\n\n" + String.join("\n", bad) + "\n");
    assertThat(bad).isEmpty();
  }
}
