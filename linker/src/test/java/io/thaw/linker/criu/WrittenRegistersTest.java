package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.write.CriuWriter;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.model.linux.ThreadDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registers that the real dumps do not have in use. */
class WrittenRegistersTest {

  @TempDir Path scratch;

  @Test
  void avx_512_and_protection_keys_come_back() throws Exception {
    Map<Component, ByteBlock> contents =
        Map.of(
            Component.AVX512_OPMASK, filled(64, 1),
            Component.AVX512_ZMM_UPPER, filled(512, 2),
            Component.AVX512_HIGH_ZMM, ByteBlock.zeros(1024));
    X86ExtendedState state =
        new X86ExtendedState(
            /* hasXsave= */ true,
            filled(X86ExtendedState.YMM_UPPER_SIZE_BYTES, 3),
            0x1234,
            Set.of(
                Component.AVX,
                Component.PKRU,
                Component.AVX512_OPMASK,
                Component.AVX512_ZMM_UPPER,
                Component.AVX512_HIGH_ZMM),
            Set.of(
                Component.AVX,
                Component.PKRU,
                Component.AVX512_OPMASK,
                Component.AVX512_ZMM_UPPER));
    try (FileTree tree = FileTree.open(Fixtures.packed("x86-64-static"))) {
      Checkpoint written = withState(tree, state, contents);
      CriuWriter.write(written, scratch.resolve("img"));
      assertThat(CriuLibrary.check(scratch.resolve("img")))
          .contains("core-157.img: as CRIU has it");
      Checkpoint again = read(tree, "x86-64-static");
      assertThat(again.leader()).isEqualTo(written.leader());
      assertThat(again.details().orElseThrow().threads())
          .isEqualTo(written.details().orElseThrow().threads());
    }
  }

  @Test
  void a_component_without_its_contents_is_refused() throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed("x86-64-static"))) {
      Checkpoint written = withState(tree, listing(Component.AVX512_OPMASK, Set.of()), Map.of());
      assertThatThrownBy(() -> CriuWriter.write(written, scratch.resolve("img")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("AVX-512 opmask registers without contents");
    }
  }

  @Test
  void a_shadow_stack_in_use_is_refused() throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed("x86-64-static"))) {
      Checkpoint written =
          withState(
              tree, listing(Component.SHADOW_STACK, Set.of(Component.SHADOW_STACK)), Map.of());
      assertThatThrownBy(() -> CriuWriter.write(written, scratch.resolve("img")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("shadow stack (CET) in use");
    }
  }

  @Test
  void keys_of_pointer_authentication_come_back() throws Exception {
    try (FileTree tree = FileTree.open(Fixtures.packed("aarch64-static"))) {
      Checkpoint base = CriuReader.read(tree, CriuReader.Options.defaults());
      Aarch64Registers old = (Aarch64Registers) base.leader().registers();
      Aarch64Registers registers =
          new Aarch64Registers(
              old.x(),
              old.sp(),
              old.pc(),
              old.pstate(),
              old.tpidr(),
              old.v(),
              old.fpsr(),
              old.fpcr(),
              Optional.of(
                  new Aarch64Registers.PacKeys(key(1), key(3), key(5), key(7), key(9), 15)));
      CriuWriter.write(
          Changed.registers(base, registers, base.details().orElseThrow().threads().get(0)),
          scratch.resolve("img"));
      assertThat(read(tree, "aarch64-static").leader().registers()).isEqualTo(registers);
    }
  }

  private static Aarch64Registers.Key key(long low) {
    return new Aarch64Registers.Key(low, low + 1);
  }

  private Checkpoint read(FileTree tree, String name) throws Exception {
    Fixtures.unpack(tree, name + "/sysroot", scratch.resolve("sysroot"));
    try (FileTree written = FileTree.open(scratch)) {
      return CriuReader.read(written, CriuReader.Options.defaults());
    }
  }

  private static X86ExtendedState listing(Component component, Set<Component> inUse) {
    return new X86ExtendedState(
        /* hasXsave= */ true,
        ByteBlock.zeros(X86ExtendedState.YMM_UPPER_SIZE_BYTES),
        X86ExtendedState.LINUX_INITIAL_PKRU,
        Set.of(component),
        inUse);
  }

  private static Checkpoint withState(
      FileTree tree, X86ExtendedState state, Map<Component, ByteBlock> contents) throws Exception {
    Checkpoint base = CriuReader.read(tree, CriuReader.Options.defaults());
    X86Registers old = (X86Registers) base.leader().registers();
    ThreadDetails thread = base.details().orElseThrow().threads().get(0);
    return Changed.registers(
        base,
        new X86Registers(
            old.general(),
            old.rip(),
            old.rflags(),
            old.fsBase(),
            old.gsBase(),
            old.fxsave(),
            state),
        new ThreadDetails(
            thread.command(),
            thread.clearTidVaddr(),
            thread.robustListVaddr(),
            thread.robustListBytes(),
            thread.restartableSequences(),
            thread.scheduling(),
            thread.parentDeathSignal(),
            thread.blockedMask(),
            thread.alternateStack(),
            thread.pendingSignals(),
            thread.credentials(),
            contents));
  }

  private static ByteBlock filled(int sizeBytes, int value) {
    byte[] bytes = new byte[sizeBytes];
    Arrays.fill(bytes, (byte) value);
    return ByteBlock.copyOf(bytes);
  }
}
