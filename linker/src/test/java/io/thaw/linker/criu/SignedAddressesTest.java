package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Return addresses on a stack, signed in different places. */
class SignedAddressesTest {

  private static final long CODE = 0xffff_8000_0000L;
  private static final long STACK = 0xffff_f000_0000L;
  private static final long SP = STACK + 0x800;

  @TempDir Path folder;

  private int addressBits(Optional<Aarch64Registers.PacKeys> keys, long... words) throws Exception {
    ByteBuffer stack = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    stack.position((int) (SP - STACK));
    for (long word : words) {
      stack.putLong(word);
    }
    Path path = Files.write(folder.resolve("pages-1.img"), stack.array());
    DataFile file = new DataFile("pages-1.img", path, 0, 4096);
    AddressSpace space =
        new AddressSpace(
            List.of(vma(CODE, 0x10000, true), vma(STACK, 4096, false)),
            List.of(new PageRun(STACK, 1, new PageRun.Stored(file, 0, 4096, PageRun.Origin.DUMP))),
            0,
            0,
            STACK,
            8 << 20);
    Aarch64Registers registers =
        new Aarch64Registers(
            Collections.nCopies(Aarch64Registers.GENERAL_COUNT, 0L),
            SP,
            CODE,
            0,
            0,
            ByteBlock.copyOf(new byte[Aarch64Registers.V_SIZE_BYTES]),
            0,
            0,
            keys);
    List<ThreadState> threads =
        SignedAddresses.refine(List.of(new ThreadState(1, registers)), space);
    return ((Aarch64Registers) threads.get(0).registers())
        .pacKeys()
        .map(Aarch64Registers.PacKeys::addressBits)
        .orElse(0);
  }

  private static Vma vma(long start, long sizeBytes, boolean isCode) {
    return new Vma(
        start,
        start + sizeBytes,
        new Protection(true, !isCode, isCode),
        Vma.Kind.ANONYMOUS,
        false,
        false,
        Optional.empty());
  }

  private static Optional<Aarch64Registers.PacKeys> keys() {
    Aarch64Registers.Key key = new Aarch64Registers.Key(1, 2);
    return Optional.of(new Aarch64Registers.PacKeys(key, key, key, key, key, 15));
  }

  @Test
  void signaturesWithoutTheFourLowestBitsLeave52BitsAlone() throws Exception {
    assertThat(addressBits(keys(), 0x70L << 48 | CODE, 5, 0x10L << 48 | CODE + 0x44, CODE))
        .isEqualTo(52);
  }

  @Test
  void signaturesWithThemLeave48BitsAlone() throws Exception {
    assertThat(addressBits(keys(), 0x4dL << 48 | CODE, 0x10L << 48 | CODE + 0x44)).isEqualTo(48);
  }

  @Test
  void aWordThatHappensToLookLikeOneDoesNotDecide() throws Exception {
    assertThat(
            addressBits(
                keys(),
                0x70L << 48 | CODE,
                0x20L << 48 | CODE + 8,
                0x41L << 48 | CODE + 0x100,
                0x30L << 48 | CODE + 12))
        .isEqualTo(52);
  }

  @Test
  void withoutSignedAddressesThereAre48() throws Exception {
    long kernel = 0xff70L << 48 | CODE;
    long data = 0x70L << 48 | STACK;
    assertThat(addressBits(keys(), CODE, kernel, data, 0x70L << 48 | 42)).isEqualTo(48);
  }

  @Test
  void withoutKeysNothingIsLookedFor() throws Exception {
    assertThat(addressBits(Optional.empty(), 0x70L << 48 | CODE)).isZero();
  }
}
