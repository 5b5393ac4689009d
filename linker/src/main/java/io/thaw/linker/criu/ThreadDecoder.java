package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.RestartableSequences;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.criu.proto.Thread;
import io.thaw.linker.criu.proto.X86Extended;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.linux.Credentials;
import io.thaw.linker.model.linux.ThreadDetails;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code core_entry} says of a thread besides its registers. */
final class ThreadDecoder {

  private ThreadDecoder() {}

  /**
   * Details of a thread.
   *
   * @param core its core
   * @param task that of the process, which older dumps have some of this in
   */
  static ThreadDetails decode(Core core, Task task) {
    Thread thread = core.getThread();
    return new ThreadDetails(
        thread.hasCommand() ? thread.getCommand() : task.getCommand(),
        clearTid(core),
        thread.getRobustList(),
        thread.getRobustListBytes(),
        thread.hasRestartableSequences()
            ? Optional.of(sequences(thread.getRestartableSequences()))
            : Optional.empty(),
        new ThreadDetails.Scheduling(
            thread.getNice(), thread.getSchedulingPolicy(), thread.getSchedulingPriority()),
        thread.getParentDeathSignal(),
        Signals.blockedMask(task, thread),
        Signals.alternateStack(thread),
        TaskDecoder.signals(thread.getSignals()),
        credentials(thread.getCredentials()),
        vectorState(core.getX86().getFloating().getExtended()));
  }

  private static long clearTid(Core core) {
    if (core.hasX86()) {
      return core.getX86().getClearTid();
    }
    return core.hasAarch64() ? core.getAarch64().getClearTid() : core.getRiscv64().getClearTid();
  }

  private static ThreadDetails.RestartableSequences sequences(RestartableSequences sequences) {
    return new ThreadDetails.RestartableSequences(
        sequences.getVaddr(), sequences.getSize(), sequences.getSignature());
  }

  private static Credentials credentials(io.thaw.linker.criu.proto.Credentials credentials) {
    return new Credentials(
        new Credentials.Ids(
            credentials.getUid(),
            credentials.getEffectiveUid(),
            credentials.getSavedUid(),
            credentials.getFileUid()),
        new Credentials.Ids(
            credentials.getGid(),
            credentials.getEffectiveGid(),
            credentials.getSavedGid(),
            credentials.getFileGid()),
        mask(credentials.getInheritableList()),
        mask(credentials.getPermittedList()),
        mask(credentials.getEffectiveList()),
        mask(credentials.getBoundingList()),
        credentials.getSecureBits(),
        credentials.getGroupsList());
  }

  private static long mask(List<Integer> words) {
    long low = words.isEmpty() ? 0 : Integer.toUnsignedLong(words.get(0));
    long high = words.size() < 2 ? 0 : Integer.toUnsignedLong(words.get(1));
    return high << 32 | low;
  }

  private static Map<Component, ByteBlock> vectorState(X86Extended extended) {
    Map<Component, ByteBlock> state = new EnumMap<>(Component.class);
    put(extended, Component.MPX_BOUNDS, extended.getMpxBoundsList(), state);
    put(extended, Component.MPX_CONFIG, extended.getMpxConfigList(), state);
    put(extended, Component.AVX512_OPMASK, extended.getOpmaskList(), state);
    put(extended, Component.AVX512_ZMM_UPPER, extended.getZmmUpperList(), state);
    put(extended, Component.AVX512_HIGH_ZMM, extended.getHighZmmList(), state);
    return state;
  }

  /** A component that XSTATE_BV lacks is at its initial value, zero. */
  private static void put(
      X86Extended extended,
      Component component,
      List<Long> words,
      Map<Component, ByteBlock> state) {
    if (words.isEmpty()) {
      return;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(words.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if ((extended.getComponents() >> component.bit() & 1) != 0) {
      words.forEach(bytes::putLong);
    }
    state.put(component, ByteBlock.copyOf(bytes.array()));
  }
}
