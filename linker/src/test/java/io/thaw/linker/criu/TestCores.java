package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Aarch64Floating;
import io.thaw.linker.criu.proto.Aarch64General;
import io.thaw.linker.criu.proto.Aarch64Thread;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.Credentials;
import io.thaw.linker.criu.proto.Riscv64Floating;
import io.thaw.linker.criu.proto.Riscv64General;
import io.thaw.linker.criu.proto.Riscv64Thread;
import io.thaw.linker.criu.proto.SignalAction;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.criu.proto.Thread;
import io.thaw.linker.criu.proto.X86Floating;
import io.thaw.linker.criu.proto.X86General;
import io.thaw.linker.criu.proto.X86Thread;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Cores of a process that lives, with every register of another value. */
final class TestCores {

  static final int X86_64 = 1;
  static final int AARCH64 = 3;
  static final int RISCV64 = 8;

  private TestCores() {}

  static Core.Builder x86() {
    X86General general =
        X86General.newBuilder()
            .setR15(15)
            .setR14(14)
            .setR13(13)
            .setR12(12)
            .setRbp(5)
            .setRbx(3)
            .setR11(11)
            .setR10(10)
            .setR9(9)
            .setR8(8)
            .setRax(20)
            .setRcx(21)
            .setRdx(22)
            .setRsi(23)
            .setRdi(24)
            .setRip(TestDump.CODE)
            .setRflags(0x202)
            .setRsp(TestDump.STACK + 0x800)
            .setFsBase(0x1234000)
            .setGsBase(0)
            .build();
    X86Floating floating =
        X86Floating.newBuilder()
            .setControl(0x37f)
            .setStatus(0)
            .setTags(0)
            .setOpcode(0)
            .setInstructionPointer(0)
            .setDataPointer(0)
            .setMxcsr(0x1f80)
            .setMxcsrMask(0xffff)
            .addAllSt(IntStream.range(0, 32).boxed().toList())
            .addAllXmm(IntStream.range(100, 164).boxed().toList())
            .build();
    return common(X86_64).setX86(X86Thread.newBuilder().setGeneral(general).setFloating(floating));
  }

  static Core.Builder aarch64() {
    Aarch64General general =
        Aarch64General.newBuilder()
            .addAllX(LongStream.range(200, 231).boxed().toList())
            .setSp(TestDump.STACK + 0x800)
            .setPc(TestDump.CODE)
            .setPstate(0x80000000L)
            .build();
    Aarch64Floating floating =
        Aarch64Floating.newBuilder()
            .addAllV(LongStream.range(300, 364).boxed().toList())
            .setFpsr(1)
            .setFpcr(0x3000000)
            .build();
    return common(AARCH64)
        .setAarch64(
            Aarch64Thread.newBuilder().setTls(0x4321000).setGeneral(general).setFloating(floating));
  }

  /** But for SP, each register has its number. */
  static Core.Builder riscv64() {
    Riscv64General general =
        Riscv64General.newBuilder()
            .setPc(TestDump.CODE)
            .setRa(1)
            .setSp(TestDump.STACK + 0x800)
            .setGp(3)
            .setTp(4)
            .setT0(5)
            .setT1(6)
            .setT2(7)
            .setS0(8)
            .setS1(9)
            .setA0(10)
            .setA1(11)
            .setA2(12)
            .setA3(13)
            .setA4(14)
            .setA5(15)
            .setA6(16)
            .setA7(17)
            .setS2(18)
            .setS3(19)
            .setS4(20)
            .setS5(21)
            .setS6(22)
            .setS7(23)
            .setS8(24)
            .setS9(25)
            .setS10(26)
            .setS11(27)
            .setT3(28)
            .setT4(29)
            .setT5(30)
            .setT6(31)
            .build();
    Riscv64Floating floating =
        Riscv64Floating.newBuilder()
            .addAllF(LongStream.range(400, 432).boxed().toList())
            .setFcsr(0x61)
            .build();
    return common(RISCV64)
        .setRiscv64(Riscv64Thread.newBuilder().setTls(4).setGeneral(general).setFloating(floating));
  }

  /** One for each signal but SIGKILL and SIGSTOP; the handler is the index. */
  private static List<SignalAction> actions() {
    return LongStream.range(0, 62)
        .mapToObj(
            index ->
                SignalAction.newBuilder()
                    .setHandler(index)
                    .setFlags(2)
                    .setRestorer(3)
                    .setMask(4)
                    .build())
        .toList();
  }

  private static Core.Builder common(int machine) {
    return Core.newBuilder()
        .setMachine(machine)
        .setTask(
            Task.newBuilder()
                .setState(1)
                .setBlockedSignals(0)
                .setCommand("sample")
                .addAllActions(actions()))
        .setThread(
            Thread.newBuilder()
                .setCredentials(
                    Credentials.newBuilder()
                        .setUid(1)
                        .setGid(2)
                        .setEffectiveUid(3)
                        .setEffectiveGid(4)));
  }
}
