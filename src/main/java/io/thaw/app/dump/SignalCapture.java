package io.thaw.app.dump;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.SignalState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signals of a process.
 *
 * @param state as the model has them
 * @param shared what is pending for the process
 * @param own what is pending for its thread
 */
record SignalCapture(SignalState state, List<ByteBlock> shared, List<ByteBlock> own) {

  private static final int SIGKILL = 9;
  private static final int SIGSTOP = 19;
  private static final int SIGNAL_COUNT = 64;

  /** {@code struct sigaction} of the kernel: handler, flags, restorer, mask. */
  private static final int ACTION_BYTES = 32;

  /** {@code stack_t}: address, flags and padding, size. */
  private static final int STACK_BYTES = 24;

  static SignalCapture capture(StoppedProcess process, Scratch scratch) throws IOException {
    List<SignalState.Action> actions = new ArrayList<>();
    for (int signal = 1; signal <= SIGNAL_COUNT; signal++) {
      if (signal != SIGKILL && signal != SIGSTOP) {
        actions.add(action(scratch, signal));
      }
    }
    scratch.call("sigaltstack", scratch.numbers().sigaltstack(), 0, scratch.vaddr());
    ByteBuffer stack = scratch.answer(STACK_BYTES);
    List<ByteBlock> shared = process.pendingSignals(/* shared= */ true);
    List<ByteBlock> own = process.pendingSignals(/* shared= */ false);
    SignalState state =
        new SignalState(
            actions,
            process.blockedSignals(),
            new SignalState.AlternateStack(
                stack.getLong(0),
                stack.getLong(16),
                Integer.toUnsignedLong(stack.getInt(Long.BYTES))),
            Stream.concat(shared.stream(), own.stream()).map(SignalCapture::number).toList(),
            List.of()); // the timers are with the details
    return new SignalCapture(state, shared, own);
  }

  private static SignalState.Action action(Scratch scratch, int signal) throws IOException {
    scratch.call(
        "rt_sigaction",
        scratch.numbers().sigaction(),
        signal,
        0,
        scratch.vaddr(),
        SIGNAL_COUNT / Byte.SIZE);
    ByteBuffer action = scratch.answer(ACTION_BYTES);
    return new SignalState.Action(
        signal, action.getLong(), action.getLong(), action.getLong(), action.getLong());
  }

  private static int number(ByteBlock information) {
    return ByteBuffer.wrap(information.toArray()).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }
}
