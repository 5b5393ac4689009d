package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.thaw.linker.criu.proto.AlternateStack;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.Fifo;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.Pipe;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.ResourceLimit;
import io.thaw.linker.criu.proto.SignalInfo;
import io.thaw.linker.criu.proto.Terminal;
import io.thaw.linker.criu.proto.TimeNamespace;
import io.thaw.linker.criu.proto.TimePoint;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTest {

  @TempDir private Path folder;
  private final TestDump dump = TestDump.x86();

  private Checkpoint read() throws Exception {
    return dump.writeAndRead(folder);
  }

  @Test
  void whoTheProcessIsComesFromTreeAndCore() throws Exception {
    assertThat(read().identity())
        .isEqualTo(new ProcessIdentity("sample", 157, 1, 157, 157, 1, 3, 2, 4));
  }

  @ParameterizedTest
  @CsvSource({"2, a dead process", "6, a zombie", "77, task state 77"})
  void whatIsNotAliveIsRefused(int state, String found) {
    dump.core.getTaskBuilder().setState(state);
    dump.core.clearX86().clearThread();

    assertThatThrownBy(this::read)
        .hasMessageContaining("core-157.img: tc: found " + found + ", acceptable: a live process");
  }

  @Test
  void aStoppedProcessIsAlive() throws Exception {
    dump.core.getTaskBuilder().setState(3);

    assertThat(read().identity().pid()).isEqualTo(157);
  }

  @ParameterizedTest
  @CsvSource({"2, arm", "4, ppc64", "5, s390", "6, mips", "7, loongarch64", "99, number 99"})
  void otherArchitecturesAreRefusedByName(int machine, String name) {
    dump.core.setMachine(machine);

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "core-157.img: mtype: found architecture "
                + name
                + ", acceptable: x86-64, aarch64 or riscv64");
  }

  @Test
  void allThreadsAreReadTheLeaderFirst() throws Exception {
    int pid = TestDump.PID;
    dump.processes.set(
        0,
        TestDump.process(pid).toBuilder()
            .clearThreads()
            .addThreads(9)
            .addThreads(pid)
            .addThreads(10)
            .build());
    for (int tid : new int[] {9, 10}) {
      Core.Builder thread = TestCores.x86().clearTask();
      thread.getX86Builder().getGeneralBuilder().setRip(tid);
      dump.others.put(
          "core-" + tid + ".img", TestImages.image(ImageKind.CORE, List.of(thread.build())));
    }

    Checkpoint checkpoint = read();

    assertThat(checkpoint.threads()).extracting(ThreadState::tid).containsExactly(157L, 9L, 10L);
    assertThat(checkpoint.threads().get(2).registers().pc()).isEqualTo(10);
  }

  @Test
  void threadsThatAreListedTwiceAreRefused() {
    dump.processes.set(
        0, TestDump.process(TestDump.PID).toBuilder().addThreads(TestDump.PID).build());

    assertThatThrownBy(this::read).hasMessageContaining("pstree_entry 0: found thread 157 twice");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2048, 8192, 65536, -1})
  void thePageSizeOfX86HasToBe4096(long size) {
    dump.mm.setSavedAuxv(1, size);

    assertThatThrownBy(this::read)
        .hasMessageContaining("mm-157.img: mm_saved_auxv: found AT_PAGESZ of ")
        .hasMessageContaining("acceptable: 4096 bytes");
  }

  @Test
  void aPageSizeIsNotAssumed() {
    dump.mm.clearSavedAuxv();

    assertThatThrownBy(this::read).hasMessageContaining("mm_saved_auxv: found no AT_PAGESZ");
  }

  @Test
  void breakAndStackHaveToBeInUserSpace() {
    dump.mm.setBrk(0x5f_ffff);
    assertThatThrownBy(this::read)
        .hasMessageContaining("mm_start_brk, mm_brk: found 0x900000, 0x5fffff");
  }

  @Test
  void theLimitOfTheStackIsThatOfTheProcess() throws Exception {
    for (long limit : new long[] {1, 2, 3, 64 << 20}) {
      dump.core
          .getTaskBuilder()
          .getLimitsBuilder()
          .addLimits(ResourceLimit.newBuilder().setCurrent(limit).setMaximum(-1));
    }

    assertThat(read().addressSpace().stackLimitBytes()).isEqualTo(64 << 20);
  }

  @Test
  void withoutALimitTheStackMayGrowTo8MiB() throws Exception {
    assertThat(read().addressSpace().stackLimitBytes()).isEqualTo(8 << 20);
  }

  @Test
  void timesBeyondAllMeasureAreRefused() {
    TimePoint time = TimePoint.newBuilder().setSeconds(1L << 60).setNanoseconds(0).build();
    dump.others.put(
        "timens-0.img",
        TestImages.image(
            ImageKind.TIMENS,
            List.of(TimeNamespace.newBuilder().setMonotonic(time).setBoottime(time).build())));

    assertThatThrownBy(this::read).hasMessageContaining("timens-0.img: monotonic: found 1152921");
  }

  @Test
  void actionsForOtherThanAllSignalsAreRefused() {
    dump.core.getTaskBuilder().removeActions(3);

    assertThatThrownBy(this::read)
        .hasMessageContaining("core-157.img: tc: found 61 sigactions, acceptable: 62");
  }

  @Test
  void signalActionsSkipThoseThatCannotBeCaught() throws Exception {
    var actions = read().signals().actions();

    assertThat(actions.get(0)).isEqualTo(new SignalState.Action(1, 0, 2, 3, 4));
    assertThat(actions.get(8)).isEqualTo(new SignalState.Action(10, 8, 2, 3, 4));
    assertThat(actions.get(16)).isEqualTo(new SignalState.Action(18, 16, 2, 3, 4));
    assertThat(actions.get(17)).isEqualTo(new SignalState.Action(20, 17, 2, 3, 4));
    assertThat(actions.get(61)).isEqualTo(new SignalState.Action(64, 61, 2, 3, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65, -1})
  void signalsThatDoNotExistAreRefused(int signal) {
    dump.core
        .getTaskBuilder()
        .getSharedSignalsBuilder()
        .addSignals(SignalInfo.newBuilder().setSiginfo(siginfo(signal)));

    assertThatThrownBy(this::read)
        .hasMessageContaining("core-157.img: signals_s: found signal " + signal);
  }

  private static ByteString siginfo(int signal) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN).putInt(signal).array());
  }

  @Test
  void maskAndAlternateStackAreThoseOfTheLeader() throws Exception {
    dump.core
        .getThreadBuilder()
        .setBlockedSignals(0x200)
        .setAlternateStack(AlternateStack.newBuilder().setVaddr(64).setSize(128).setFlags(0));

    SignalState signals = read().signals();

    assertThat(signals.blockedMask()).isEqualTo(0x200);
    assertThat(signals.alternateStack()).isEqualTo(new SignalState.AlternateStack(64, 128, 0));
  }

  @Test
  void descriptorsAreInOrderAndKnowWhatIsOpen() throws Exception {
    regular(20, TestDump.regular("/tmp/out", 9).setFlags(0x8001).setPosition(5));
    regular(21, TestDump.regular("/dev/null", 0).setMode(0020666));
    regular(22, TestDump.regular("/tmp/queue", 0).setFlags(1).setMode(0010644));
    dump.descriptor(1, 20).descriptor(2, 20).descriptor(0, 21);
    open(5, file(2, 30).setPipe(Pipe.newBuilder().setFlags(1)));
    open(4, file(5, 31));
    open(6, file(11, 32).setTerminal(Terminal.newBuilder().setFlags(0x8002)));
    open(7, file(3, 33).setFifo(Fifo.newBuilder().setRegular(22)));
    open(8, file(6, 34));

    assertThat(read().descriptors())
        .extracting(
            Descriptor::fd,
            Descriptor::kind,
            Descriptor::openFileId,
            Descriptor::name,
            Descriptor::flags)
        .containsExactly(
            tuple(0, Descriptor.Kind.OTHER, 21L, "/dev/null", 0L),
            tuple(1, Descriptor.Kind.REGULAR, 20L, "/tmp/out", 0x8001L),
            tuple(2, Descriptor.Kind.REGULAR, 20L, "/tmp/out", 0x8001L),
            tuple(4, Descriptor.Kind.SOCKET, 31L, "socket", 2L),
            tuple(5, Descriptor.Kind.PIPE, 30L, "pipe", 1L),
            tuple(6, Descriptor.Kind.TERMINAL, 32L, "terminal", 0x8002L),
            tuple(7, Descriptor.Kind.PIPE, 33L, "/tmp/queue", 1L),
            tuple(8, Descriptor.Kind.OTHER, 34L, "file of type 6", 2L));
  }

  private void regular(int id, RegularFile.Builder file) {
    dump.regularFile(file.build(), id);
  }

  private void open(int fd, OpenFile.Builder file) {
    dump.files.add(file.build());
    dump.descriptor(fd, file.getId());
  }

  private static OpenFile.Builder file(int type, int id) {
    return OpenFile.newBuilder().setType(type).setId(id);
  }

  @Test
  void descriptorsOfFilesThatAreNotThereAreRefused() {
    dump.descriptor(3, 99);

    assertThatThrownBy(this::read)
        .hasMessageContaining("fdinfo-7.img: fdinfo_entry 0: found descriptor 3 of file 99");
  }

  @Test
  void descriptorsThatAreListedTwiceAreRefused() {
    regular(20, TestDump.regular("/tmp/out", 0));
    dump.descriptor(3, 20).descriptor(3, 20);

    assertThatThrownBy(this::read).hasMessageContaining("fdinfo_entry 1: found descriptor 3");
  }
}
