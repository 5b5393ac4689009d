package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.ifBits;
import static io.thaw.app.record.calls.Words.writes;

import io.thaw.linker.model.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * Calls that make processes and threads. A process is allowed if it is by itself: one in the same
 * memory would write there unseen. A thread is held before its first instruction.
 *
 * <p>A child that shares memory only until it executes another program (vfork, posix_spawn) gets a
 * copy of it instead. So the parent does not see what such a child wrote: that a program could not
 * be executed shows in the child's exit status, and no longer as an error of posix_spawn.
 */
final class NewProcessRows {

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_PIDFD = 0x1000;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_THREAD = 0x1_0000;
  private static final long CLONE_PARENT_SETTID = 0x10_0000;
  private static final long CLONE_CHILD_SETTID = 0x100_0000;

  /** The number of fork on x86-64, the only one of the architectures that has vfork. */
  private static final long X86_FORK = 57;

  private NewProcessRows() {}

  static void add(Rows rows) {
    rows.nothing("fork");
    // A child of vfork needs its argument registers, where libraries keep the return address:
    // fork leaves them alone, which clone with flags would not.
    rows.rule(
        "vfork",
        Rule.doing()
            .replacedBy(call -> Optional.of(new Substitute.Call(X86_FORK, List.<Long>of()))));
    rows.rule("clone", copy());
    // Its flags are in memory, which is not to be changed. Libraries know that older kernels do
    // not have it, and use clone.
    rows.rule("clone3", Rule.doing().replacedBy(call -> Optional.of(new Substitute.NoCall())));
    rows.refused("execve execveat", "the program is replaced by another one");
    // The end is the recorder's, which does not ask for effects.
    rows.nothing("exit exit_group");
  }

  private static Rule copy() {
    return Rule.doing(
            ifBits(0, CLONE_PARENT_SETTID | CLONE_PIDFD, writes(2, Integer.BYTES)),
            NewProcessRows::ownNumberOfThread)
        .unless(
            call -> has(call, CLONE_VM) && !has(call, CLONE_VFORK) && !has(call, CLONE_THREAD),
            "a process that shares the memory of this one")
        .unless(
            call -> has(call, CLONE_SIGHAND) && !has(call, CLONE_THREAD),
            "a process that shares signal handlers")
        .replacedBy(NewProcessRows::withOwnMemory);
  }

  /** A thread writes its number before its first instruction, into the memory that it shares. */
  private static void ownNumberOfThread(CallView call, EffectSink sink) {
    if (has(call, CLONE_THREAD) && has(call, CLONE_CHILD_SETTID)) {
      int argument = call.architecture() == Architecture.X86_64 ? 3 : 4;
      writes(argument, Integer.BYTES).report(call, sink);
    }
  }

  private static Optional<Substitute> withOwnMemory(CallView call) {
    if (!has(call, CLONE_VM) || has(call, CLONE_THREAD)) {
      return Optional.empty();
    }
    return Optional.of(new Substitute.Call(call.number(), List.of(call.argument(0) & ~CLONE_VM)));
  }

  private static boolean has(CallView call, long flag) {
    return (call.argument(0) & flag) != 0;
  }
}
