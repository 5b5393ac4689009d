package io.thaw.linker.criu.write;

import com.google.protobuf.ByteString;
import io.thaw.linker.criu.proto.AlternateStack;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.Credentials;
import io.thaw.linker.criu.proto.RestartableSequences;
import io.thaw.linker.criu.proto.SignalInfo;
import io.thaw.linker.criu.proto.SignalQueue;
import io.thaw.linker.criu.proto.Thread;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.ThreadDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;

/** Makes the {@code core-TID.img} of a thread. */
final class CoreEncoder {

  /** {@code enum march} of {@code images/core.proto}. */
  private static final int MACHINE_X86_64 = 1;

  private static final int MACHINE_AARCH64 = 3;

  private static final int MACHINE_RISCV64 = 8;

  private CoreEncoder() {}

  /**
   * The core of a thread.
   *
   * @param index which thread; the first one's core stands for the process, too
   * @param cgroupSet number of the control groups that it is in
   */
  static Core encode(Checkpoint checkpoint, ProcessDetails details, int index, int cgroupSet)
      throws InvalidInputException {
    ThreadDetails thread = details.threads().get(index);
    Core.Builder core = Core.newBuilder();
    Registers registers = checkpoint.threads().get(index).registers();
    if (registers instanceof X86Registers x86) {
      core.setMachine(MACHINE_X86_64).setX86(X86Encoder.encode(checkpoint.source(), x86, thread));
    } else if (registers instanceof Aarch64Registers aarch64) {
      core.setMachine(MACHINE_AARCH64).setAarch64(Aarch64Encoder.encode(aarch64, thread));
    } else if (registers instanceof Riscv64Registers riscv64) {
      core.setMachine(MACHINE_RISCV64).setRiscv64(Riscv64Encoder.encode(riscv64, thread));
    }
    if (index == 0) {
      core.setTask(TaskEncoder.encode(checkpoint, details, cgroupSet));
    }
    return core.setThread(thread(thread)).build();
  }

  private static Thread thread(ThreadDetails details) {
    Thread.Builder thread =
        Thread.newBuilder()
            .setRobustList(details.robustListVaddr())
            .setRobustListBytes(details.robustListBytes())
            .setNice(details.scheduling().nice())
            .setSchedulingPolicy(details.scheduling().policy())
            .setBlockedSignals(details.blockedMask())
            .setAlternateStack(alternateStack(details.alternateStack()))
            .setSignals(signals(details.pendingSignals()))
            .setCredentials(credentials(details.credentials()))
            .setCommand(details.command());
    if (details.scheduling().priority() != 0) {
      thread.setSchedulingPriority(details.scheduling().priority());
    }
    if (details.parentDeathSignal() != 0) {
      thread.setParentDeathSignal(details.parentDeathSignal());
    }
    details
        .restartableSequences()
        .ifPresent(
            sequences ->
                thread.setRestartableSequences(
                    RestartableSequences.newBuilder()
                        .setVaddr(sequences.vaddr())
                        .setSize(sequences.sizeBytes())
                        .setSignature(sequences.signature())));
    return thread.build();
  }

  private static AlternateStack alternateStack(SignalState.AlternateStack stack) {
    return AlternateStack.newBuilder()
        .setVaddr(stack.vaddr())
        .setSize(stack.sizeBytes())
        .setFlags((int) stack.flags())
        .build();
  }

  /** A queue of signals. */
  static SignalQueue signals(List<ByteBlock> pending) {
    SignalQueue.Builder queue = SignalQueue.newBuilder();
    for (ByteBlock information : pending) {
      queue.addSignals(
          SignalInfo.newBuilder().setSiginfo(ByteString.copyFrom(information.toArray())));
    }
    return queue.build();
  }

  private static Credentials credentials(io.thaw.linker.model.linux.Credentials credentials) {
    return Credentials.newBuilder()
        .setUid(credentials.user().real())
        .setGid(credentials.group().real())
        .setEffectiveUid(credentials.user().effective())
        .setEffectiveGid(credentials.group().effective())
        .setSavedUid(credentials.user().saved())
        .setSavedGid(credentials.group().saved())
        .setFileUid(credentials.user().file())
        .setFileGid(credentials.group().file())
        .addAllInheritable(words(credentials.inheritable()))
        .addAllPermitted(words(credentials.permitted()))
        .addAllEffective(words(credentials.effective()))
        .addAllBounding(words(credentials.bounding()))
        .setSecureBits(credentials.secureBits())
        .addAllGroups(credentials.groups())
        .build();
  }

  private static List<Integer> words(long mask) {
    return List.of((int) mask, (int) (mask >>> 32));
  }
}
