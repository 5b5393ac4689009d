package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.thaw.linker.criu.proto.AlternateStack;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.IntervalTimer;
import io.thaw.linker.criu.proto.PacAddressKeys;
import io.thaw.linker.criu.proto.PacGenericKeys;
import io.thaw.linker.criu.proto.PacKeys;
import io.thaw.linker.criu.proto.PosixTimer;
import io.thaw.linker.criu.proto.SignalInfo;
import io.thaw.linker.criu.proto.SignalQueue;
import io.thaw.linker.criu.proto.Timers;
import io.thaw.linker.criu.proto.X86Extended;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint says of registers, signals, timers and files. */
class SyntheticStateTest {

  @TempDir Path scratch;

  @Test
  void avx_512_fields_that_are_at_their_initial_value_are_listed_but_not_in_use() throws Exception {
    X86ExtendedState zero = extended(avx512(0b11100000, 0));
    X86ExtendedState absentFromComponents = extended(avx512(0, 5));

    assertThat(zero.listed())
        .containsExactlyInAnyOrder(
            Component.AVX512_OPMASK, Component.AVX512_ZMM_UPPER, Component.AVX512_HIGH_ZMM);
    assertThat(zero.inUse()).isEmpty();
    assertThat(zero.hasXsave()).isTrue();
    assertThat(absentFromComponents.inUse()).isEmpty();
  }

  @Test
  void avx_512_fields_that_are_not_at_their_initial_value_are_in_use() throws Exception {
    assertThat(extended(avx512(0b11100000, 5)).inUse())
        .containsExactlyInAnyOrder(
            Component.AVX512_OPMASK, Component.AVX512_ZMM_UPPER, Component.AVX512_HIGH_ZMM);
  }

  @Test
  void upper_halves_of_ymm_count_only_if_the_header_has_them() throws Exception {
    X86Extended.Builder fields =
        X86Extended.newBuilder().addAllYmmUpper(Collections.nCopies(64, 0x01020304));

    X86ExtendedState inUse = extended(fields.setComponents(0b111).build());
    X86ExtendedState initial = extended(fields.setComponents(0b011).build());

    assertThat(inUse.ymmUpper().toArray()).startsWith(4, 3, 2, 1, 4);
    assertThat(inUse.inUse()).containsExactly(Component.AVX);
    assertThat(initial.ymmUpper().isZero()).isTrue();
    assertThat(initial.inUse()).isEmpty();
  }

  @Test
  void registers_of_x86_are_where_fxsave_has_them() throws Exception {
    Checkpoint checkpoint = TestDump.x86().writeAndRead(scratch);

    X86Registers registers = (X86Registers) checkpoint.leader().registers();
    assertThat(registers.general())
        .containsExactly(
            15L,
            14L,
            13L,
            12L,
            5L,
            3L,
            11L,
            10L,
            9L,
            8L,
            20L,
            21L,
            22L,
            23L,
            24L,
            TestDump.STACK + 0x800);
    assertThat(registers.extended()).isEqualTo(X86ExtendedState.none());
    ByteBuffer fxsave =
        ByteBuffer.wrap(registers.fxsave().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(fxsave.getShort(0)).isEqualTo((short) 0x37f);
    assertThat(fxsave.getInt(24)).isEqualTo(0x1f80);
    assertThat(fxsave.getInt(32 + 4)).isEqualTo(1);
    assertThat(fxsave.getInt(160)).isEqualTo(100);
    assertThat(fxsave.getInt(160 + 63 * 4)).isEqualTo(163);
  }

  @Test
  void keys_of_pointer_authentication_are_read() throws Exception {
    TestDump dump = TestDump.aarch64(4096);
    dump.core.getAarch64Builder().setPacKeys(keys());

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    Aarch64Registers registers = (Aarch64Registers) checkpoint.leader().registers();
    assertThat(registers.pacKeys())
        .contains(
            new Aarch64Registers.PacKeys(
                key(1, 2), key(3, 4), key(5, 6), key(7, 8), key(9, 10), 0xf));
    assertThat(registers.tpidr()).isEqualTo(0x4321000);
    assertThat(registers.fpcr()).isEqualTo(0x3000000);
  }

  @Test
  void registers_of_riscv64_are_in_order() throws Exception {
    Checkpoint checkpoint = TestDump.riscv64().writeAndRead(scratch);

    Riscv64Registers registers = (Riscv64Registers) checkpoint.leader().registers();
    for (int i = 1; i <= 31; i++) {
      assertThat(registers.x().get(i - 1))
          .as("x%d", i)
          .isEqualTo(i == 2 ? TestDump.STACK + 0x800 : i);
    }
    assertThat(registers.sp()).isEqualTo(TestDump.STACK + 0x800);
    assertThat(registers.pc()).isEqualTo(TestDump.CODE);
    assertThat(registers.f()).startsWith(400L, 401L).endsWith(431L);
    assertThat(registers.fcsr()).isEqualTo(0x61);
  }

  /** Its structure has no restorer where CRIU has one. */
  @Test
  void masks_of_riscv64_are_where_criu_has_the_restorer() throws Exception {
    Checkpoint checkpoint = TestDump.riscv64().writeAndRead(scratch);

    assertThat(checkpoint.signals().actions())
        .hasSize(62)
        .allMatch(action -> action.mask() == 3 && action.restorerVaddr() == 0);
  }

  @Test
  void a_kernel_with_pages_of_64_kib_is_understood() throws Exception {
    TestDump dump = TestDump.aarch64(65536);
    dump.memory().stored(TestDump.STACK, 0, 3);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(checkpoint.pageSizeBytes()).isEqualTo(65536);
    assertThat(checkpoint.addressSpace().pages()).hasSize(3);
    PageRun last = checkpoint.addressSpace().pages().get(2);
    assertThat(last.vaddr()).isEqualTo(TestDump.STACK + 65536);
    assertThat(((PageRun.Stored) last.content()).offsetBytes()).isEqualTo(2 * 65536);
  }

  @Test
  void pending_signals_of_the_process_and_of_its_leader_are_listed() throws Exception {
    TestDump dump = TestDump.x86();
    dump.core.getTaskBuilder().setSharedSignals(queue(10));
    dump.core.getThreadBuilder().setSignals(queue(34)).setBlockedSignals(0x200);
    dump.core
        .getThreadBuilder()
        .setAlternateStack(AlternateStack.newBuilder().setVaddr(0x5000).setSize(8192).setFlags(1));

    SignalState signals = dump.writeAndRead(scratch).signals();

    assertThat(signals.pendingSignals()).containsExactly(10, 34);
    assertThat(signals.blockedMask()).isEqualTo(0x200);
    assertThat(signals.alternateStack()).isEqualTo(new SignalState.AlternateStack(0x5000, 8192, 1));
    assertThat(signals.actions()).hasSize(62);
    assertThat(signals.actions().get(8)).isEqualTo(new SignalState.Action(10, 8, 2, 3, 4));
    assertThat(signals.actions().get(61).signal()).isEqualTo(64);
  }

  @Test
  void only_timers_that_are_armed_are_listed() throws Exception {
    IntervalTimer off = interval(0);
    TestDump dump = TestDump.x86();
    dump.core
        .getTaskBuilder()
        .setTimers(
            Timers.newBuilder()
                .setReal(interval(7))
                .setVirtual(off)
                .setProfiling(off)
                .addPosix(posix(3, 0))
                .addPosix(posix(4, 9)));

    assertThat(dump.writeAndRead(scratch).signals().armedTimers())
        .containsExactly("interval timer ITIMER_REAL", "POSIX timer 4");
  }

  @Test
  void open_files_come_in_the_order_of_their_descriptors() throws Exception {
    TestDump dump = TestDump.x86();
    dump.regularFile(TestDump.regular("/tmp/log", 100).setFlags(1).setPosition(42).build(), 5);
    dump.memfd(6, 1, 1).descriptor(9, 6).descriptor(1, 5).descriptor(0, 5);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(checkpoint.descriptors()).extracting(Descriptor::fd).containsExactly(0, 1, 9);
    assertThat(checkpoint.descriptors().get(1))
        .isEqualTo(new Descriptor(1, Descriptor.Kind.REGULAR, 5, "/tmp/log", 1, 42, 100, 0100644));
    assertThat(checkpoint.clocks()).isEqualTo(new Clocks(5_000_000_006L, 5_000_000_006L));
  }

  @Test
  void packed_and_unknown_fields_are_tolerated() throws Exception {
    TestDump dump = TestDump.x86();
    // Field 13, packed: AT_PAGESZ and 4096 as variable-length numbers.
    ByteString packed = ByteString.copyFrom(new byte[] {6, (byte) 0x80, 0x20});
    dump.mm
        .clearSavedAuxv()
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(13, bytes(packed))
                .addField(99, number())
                .build());
    dump.core.setUnknownFields(UnknownFieldSet.newBuilder().addField(99, number()).build());

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(checkpoint.pageSizeBytes()).isEqualTo(4096);
    assertThat(checkpoint.identity().command()).isEqualTo("sample");
  }

  private static UnknownFieldSet.Field bytes(ByteString value) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
  }

  private static UnknownFieldSet.Field number() {
    return UnknownFieldSet.Field.newBuilder().addVarint(1).build();
  }

  private static Aarch64Registers.Key key(long low, long high) {
    return new Aarch64Registers.Key(low, high);
  }

  private static PacKeys keys() {
    return PacKeys.newBuilder()
        .setAddressKeys(
            PacAddressKeys.newBuilder()
                .setIaLow(1)
                .setIaHigh(2)
                .setIbLow(3)
                .setIbHigh(4)
                .setDaLow(5)
                .setDaHigh(6)
                .setDbLow(7)
                .setDbHigh(8)
                .setEnabled(0xf))
        .setGenericKeys(PacGenericKeys.newBuilder().setGaLow(9).setGaHigh(10))
        .build();
  }

  private static X86Extended avx512(long components, long value) {
    return X86Extended.newBuilder()
        .setComponents(components)
        .addAllOpmask(Collections.nCopies(8, value))
        .addAllZmmUpper(Collections.nCopies(64, value))
        .addAllHighZmm(Collections.nCopies(128, value))
        .build();
  }

  private static X86ExtendedState extended(X86Extended fields) throws Exception {
    Core.Builder core = TestCores.x86();
    core.getX86Builder().getFloatingBuilder().setExtended(fields);
    return X86Decoder.decode("core", core.build().getX86()).extended();
  }

  private static SignalQueue queue(int signal) {
    byte[] siginfo = new byte[128];
    siginfo[0] = (byte) signal;
    return SignalQueue.newBuilder()
        .addSignals(SignalInfo.newBuilder().setSiginfo(ByteString.copyFrom(siginfo)))
        .build();
  }

  private static IntervalTimer interval(long seconds) {
    return IntervalTimer.newBuilder()
        .setIntervalSeconds(0)
        .setIntervalMicroseconds(0)
        .setRemainingSeconds(seconds)
        .setRemainingMicroseconds(0)
        .build();
  }

  private static PosixTimer posix(int id, long nanoseconds) {
    return PosixTimer.newBuilder()
        .setId(id)
        .setIntervalSeconds(0)
        .setIntervalNanoseconds(nanoseconds)
        .setRemainingSeconds(0)
        .setRemainingNanoseconds(0)
        .build();
  }
}
