package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code core-TID.img} of a process.
 *
 * @param architecture the instruction set of all threads
 * @param cores the images themselves, the leader's first
 * @param threads registers of all threads, the leader first
 */
record Cores(Architecture architecture, List<Core> cores, List<ThreadState> threads) {

  /** Task states of {@code criu/include/pid.h} that have something to go on with. */
  private static final int TASK_ALIVE = 1;

  private static final int TASK_DEAD = 2;
  private static final int TASK_STOPPED = 3;
  private static final int TASK_ZOMBIE = 6;

  Cores {
    cores = List.copyOf(cores);
    threads = List.copyOf(threads);
  }

  static Cores read(DumpFolder folder, ProcessEntry process)
      throws InvalidInputException, IOException {
    String image = image(process.getPid());
    Core leader = folder.readOne(image, ImageKind.CORE, Core.parser());
    String file = folder.get(image).name();
    checkIsAlive(file, leader);
    Architecture architecture = Machine.of(file, leader);
    List<Core> cores = new ArrayList<>();
    List<ThreadState> threads = new ArrayList<>();
    cores.add(leader);
    threads.add(thread(file, process.getPid(), architecture, leader));
    for (int tid : process.getThreadsList()) {
      if (tid != process.getPid()) {
        Core core = folder.readOne(image(tid), ImageKind.CORE, Core.parser());
        cores.add(core);
        threads.add(thread(folder.get(image(tid)).name(), tid, architecture, core));
      }
    }
    return new Cores(architecture, cores, threads);
  }

  /** The core of the thread that stands for the process. */
  Core leader() {
    return cores.get(0);
  }

  private static void checkIsAlive(String file, Core leader) throws InvalidInputException {
    if (!leader.hasTask()) {
      throw new InvalidInputException(file, "tc", "none", "the core of a process");
    }
    int state = leader.getTask().getState();
    if (state != TASK_ALIVE && state != TASK_STOPPED) {
      String found =
          switch (state) {
            case TASK_DEAD -> "a dead process";
            case TASK_ZOMBIE -> "a zombie";
            default -> "task state " + Integer.toUnsignedString(state);
          };
      throw new InvalidInputException(file, "tc", found, "a live process");
    }
    if (!leader.hasThread()) {
      throw new InvalidInputException(file, "thread_core", "none", "the core of a live process");
    }
  }

  private static ThreadState thread(String file, int tid, Architecture architecture, Core core)
      throws InvalidInputException {
    if (Machine.of(file, core) != architecture) {
      throw new InvalidInputException(
          file, "mtype", Machine.of(file, core).label(), architecture.label() + ", as the leader");
    }
    return new ThreadState(Integer.toUnsignedLong(tid), registers(file, architecture, core));
  }

  private static Registers registers(String file, Architecture architecture, Core core)
      throws InvalidInputException {
    return switch (architecture) {
      case X86_64 -> {
        if (!core.hasX86()) {
          throw new InvalidInputException(file, "thread_info", "none", "registers of x86-64");
        }
        yield X86Decoder.decode(file, core.getX86());
      }
      case AARCH64 -> {
        if (!core.hasAarch64()) {
          throw new InvalidInputException(file, "ti_aarch64", "none", "registers of AArch64");
        }
        yield Aarch64Decoder.decode(file, core.getAarch64());
      }
      case RISCV64 -> {
        if (!core.hasRiscv64()) {
          throw new InvalidInputException(file, "ti_riscv64", "none", "registers of riscv64");
        }
        yield Riscv64Decoder.decode(file, core.getRiscv64());
      }
    };
  }

  private static String image(int tid) {
    return "core-" + Integer.toUnsignedString(tid) + ".img";
  }
}
