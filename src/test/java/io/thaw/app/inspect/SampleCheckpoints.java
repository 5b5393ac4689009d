package io.thaw.app.inspect;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86Registers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Small checkpoints with a different value everywhere, for tests of how they are shown. */
final class SampleCheckpoints {

  private SampleCheckpoints() {}

  /** A block whose bytes are {@code first}, {@code first + 1} and so on. */
  static ByteBlock counting(int sizeBytes, int first) {
    byte[] bytes = new byte[sizeBytes];
    for (int i = 0; i < sizeBytes; i++) {
      bytes[i] = (byte) (first + i);
    }
    return ByteBlock.copyOf(bytes);
  }

  /** General registers 0x100, 0x101 and so on in the order of the record. */
  static X86Registers x86(boolean hasXsave) {
    return new X86Registers(
        LongStream.range(0x100, 0x110).boxed().toList(),
        /* rip= */ 0x401234,
        /* rflags= */ 0x246,
        /* fsBase= */ 0x7f0000001000L,
        /* gsBase= */ 0,
        counting(X86Registers.FXSAVE_SIZE_BYTES, 0),
        new X86ExtendedState(
            hasXsave,
            counting(X86ExtendedState.YMM_UPPER_SIZE_BYTES, 0x80),
            X86ExtendedState.LINUX_INITIAL_PKRU,
            hasXsave ? Set.of(X86ExtendedState.Component.PKRU) : Set.of(),
            Set.of()));
  }

  /** X0 to X30 are 0x100 to 0x11e. */
  static Aarch64Registers aarch64() {
    Aarch64Registers.Key key = new Aarch64Registers.Key(0x22, 0x11);
    return new Aarch64Registers(
        LongStream.range(0x100, 0x11f).boxed().toList(),
        /* sp= */ 0xffff0000L,
        /* pc= */ 0x400400,
        /* pstate= */ 0x60000000L,
        /* tpidr= */ 0xabc0,
        counting(Aarch64Registers.V_SIZE_BYTES, 0),
        /* fpsr= */ 0x10,
        /* fpcr= */ 0x2000000,
        Optional.of(new Aarch64Registers.PacKeys(key, key, key, key, key, 1)));
  }

  /** X1 to X31 are 0x101 to 0x11f, F0 to F31 are 0x200 to 0x21f. */
  static Riscv64Registers riscv64() {
    return new Riscv64Registers(
        LongStream.range(0x101, 0x120).boxed().toList(),
        /* pc= */ 0x10400,
        LongStream.range(0x200, 0x220).boxed().toList(),
        /* fcsr= */ 0x61);
  }

  /** A process with one mapping, a file open for writing, a handler, a pending signal, a timer. */
  static Checkpoint of(Architecture architecture, Registers registers) {
    Vma heap =
        new Vma(
            0x10000,
            0x13000,
            Protection.of(3),
            Vma.Kind.ANONYMOUS,
            /* shared= */ false,
            /* growsDown= */ false,
            Optional.empty());
    return new Checkpoint(
        "sample.tar",
        architecture,
        4096,
        new ProcessIdentity("sam\nple", 7, 1, 6, 5, 1000, 1001, 1002, 1003),
        List.of(new ThreadState(7, registers)),
        new AddressSpace(List.of(heap), List.of(), 0x10000, 0x13000, 0x20000, 8 << 20),
        List.of(
            new Descriptor(1, Descriptor.Kind.TERMINAL, 1, "/dev/pts/0", 2, 0, 0, 0020620),
            new Descriptor(3, Descriptor.Kind.REGULAR, 2, "/tmp/log", 1, 40, 50, 0100644)),
        new SignalState(
            List.of(new SignalState.Action(14, 0x400500, 0x4000000, 0x400600, 0)),
            /* blockedMask= */ 0x2000,
            new SignalState.AlternateStack(0, 0, 2),
            List.of(14),
            List.of("interval timer ITIMER_REAL")),
        new Clocks(12_000_000_345L, 13_000_000_000L),
        new Auxv(Map.of(Auxv.AT_PAGESZ, 4096L)));
  }
}
