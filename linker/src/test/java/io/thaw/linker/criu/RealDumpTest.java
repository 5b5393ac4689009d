package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.X86Registers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares real dumps with the ELF cores that the kernel wrote of the same stopped processes. */
class RealDumpTest {

  /**
   * Where {@code user_regs_struct} of x86-64 has the registers of the model, which are in the order
   * of {@link X86Registers#GENERAL_NAMES}.
   */
  private static final int[] X86_GENERAL = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 19};

  private static final int X86_RIP = 16;
  private static final int X86_RFLAGS = 18;
  private static final int X86_FS_BASE = 21;
  private static final int X86_GS_BASE = 22;

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86-64-static",
        "x86-64-dynamic",
        "x86-64-static-sse",
        "aarch64-static",
        "aarch64-dynamic",
        "riscv64-static",
        "riscv64-dynamic"
      })
  void memory_and_registers_equal_those_of_the_core(String name) throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed(name))) {
      Checkpoint checkpoint = CriuReader.read(tree, CriuReader.Options.defaults());
      Path core = scratch.resolve("core");
      String corePath = name + "/core." + checkpoint.identity().pid();
      Fixtures.copy(tree.find(corePath).orElseThrow(), core);
      ElfCore elf = new ElfCore(core);
      compareMemory(checkpoint, elf);
      assertThat(checkpoint.threads()).hasSize(1);
      compareRegisters(checkpoint.leader().registers(), elf);
    }
  }

  private static void compareMemory(Checkpoint checkpoint, ElfCore core) throws IOException {
    CheckpointMemory memory = new CheckpointMemory(checkpoint);
    int pageSize = (int) checkpoint.pageSizeBytes();
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (ElfCore.Segment segment : core.segments()) {
      for (long at = 0; at < segment.sizeBytes(); at += pageSize) {
        long vaddr = segment.vaddr() + at;
        Vma vma = vma(checkpoint, vaddr);
        if (vma != null && vma.kind() == Vma.Kind.VVAR) {
          continue; // the kernel's clocks; they ran on between dump and core
        }
        if (vma == null && vaddr < 0) {
          continue; // vsyscall, the kernel's
        }
        compared++;
        if (vma == null
            || !Arrays.equals(memory.page(vaddr), core.page(segment, vaddr, pageSize))) {
          different.add(String.format("0x%x in %s", vaddr, vma));
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(10);
  }

  private static Vma vma(Checkpoint checkpoint, long vaddr) {
    return checkpoint.addressSpace().vmas().stream()
        .filter(vma -> vma.contains(vaddr))
        .findFirst()
        .orElse(null);
  }

  private static void compareRegisters(Registers registers, ElfCore core) {
    if (registers instanceof X86Registers x86) {
      compareX86(x86, core);
    } else if (registers instanceof Aarch64Registers aarch64) {
      compareAarch64(aarch64, core);
    } else {
      compareRiscv64((Riscv64Registers) registers, core);
    }
  }

  private static void compareX86(X86Registers registers, ElfCore core) {
    ByteBuffer general = core.generalRegisters();
    for (int i = 0; i < X86_GENERAL.length; i++) {
      assertThat(registers.general(i))
          .as(X86Registers.GENERAL_NAMES.get(i))
          .isEqualTo(word(general, X86_GENERAL[i]));
    }
    assertThat(registers.rip()).isEqualTo(word(general, X86_RIP));
    assertThat(registers.rflags()).isEqualTo(word(general, X86_RFLAGS));
    assertThat(registers.fsBase()).isEqualTo(word(general, X86_FS_BASE));
    assertThat(registers.gsBase()).isEqualTo(word(general, X86_GS_BASE));
    byte[] fxsave = registers.fxsave().toArray();
    byte[] wanted = core.noteBytes(ElfCore.NT_FPREGSET);
    // Up to the end of XMM15: CRIU does not keep what is behind.
    assertThat(Arrays.copyOf(fxsave, 416)).isEqualTo(Arrays.copyOf(wanted, 416));
    assertThat(registers.extended().hasXsave()).isEqualTo(core.hasNote(ElfCore.NT_X86_XSTATE));
    if (core.hasNote(ElfCore.NT_X86_XSTATE)) {
      byte[] xsave = core.noteBytes(ElfCore.NT_X86_XSTATE);
      // The standard format has YMM_Hi128 at 576 (Intel SDM vol. 1, 13.4.3).
      assertThat(registers.extended().ymmUpper().toArray())
          .isEqualTo(Arrays.copyOfRange(xsave, 576, 832));
    }
  }

  private static void compareAarch64(Aarch64Registers registers, ElfCore core) {
    ByteBuffer general = core.generalRegisters();
    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      assertThat(registers.x().get(i)).as("x" + i).isEqualTo(word(general, i));
    }
    assertThat(registers.sp()).isEqualTo(word(general, 31));
    assertThat(registers.pc()).isEqualTo(word(general, 32));
    assertThat(registers.pstate()).isEqualTo(word(general, 33));
    ByteBuffer floating = core.note(ElfCore.NT_FPREGSET);
    assertThat(registers.v().toArray())
        .isEqualTo(
            Arrays.copyOf(core.noteBytes(ElfCore.NT_FPREGSET), Aarch64Registers.V_SIZE_BYTES));
    assertThat(registers.fpsr()).isEqualTo(floating.getInt(Aarch64Registers.V_SIZE_BYTES));
    assertThat(registers.fpcr()).isEqualTo(floating.getInt(Aarch64Registers.V_SIZE_BYTES + 4));
    assertThat(registers.tpidr()).isEqualTo(core.note(ElfCore.NT_ARM_TLS).getLong(0));
  }

  /** {@code struct user_regs_struct} has the PC before X1; {@code struct __riscv_d_ext_state}. */
  private static void compareRiscv64(Riscv64Registers registers, ElfCore core) {
    ByteBuffer general = core.generalRegisters();
    assertThat(registers.pc()).isEqualTo(word(general, 0));
    for (int i = 0; i < registers.x().size(); i++) {
      assertThat(registers.x().get(i))
          .as(Riscv64Registers.GENERAL_NAMES.get(i))
          .isEqualTo(word(general, i + 1));
    }
    ByteBuffer floating = core.note(ElfCore.NT_FPREGSET);
    for (int i = 0; i < Riscv64Registers.FLOATING_COUNT; i++) {
      assertThat(registers.f().get(i)).as("f%d", i).isEqualTo(word(floating, i));
    }
    assertThat(registers.fcsr())
        .isEqualTo(floating.getInt(Riscv64Registers.FLOATING_COUNT * Long.BYTES));
  }

  private static long word(ByteBuffer registers, int index) {
    return registers.getLong(index * Long.BYTES);
  }
}
