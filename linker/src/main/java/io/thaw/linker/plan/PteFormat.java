package io.thaw.linker.plan;

import io.thaw.linker.model.Protection;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Page-table entries of an architecture, all with tables of 512 entries and 4 KiB leaves. Accessed
 * and dirty are set in every leaf, so that no walk has to write. The stub builds the same entries
 * at run time: {@code pte_leaf} of its {@code arch.h}.
 */
sealed interface PteFormat permits X86PteFormat, Aarch64PteFormat, Riscv64PteFormat {

  /** How many levels of tables the program has. */
  int levels();

  /** First address beyond those that the program can have. */
  long userEndVaddr();

  /** An entry that leads to the next table. */
  long table(long paddr);

  /**
   * A 4 KiB page of the program. Without any right the entry is invalid but holds the frame, for an
   * mprotect to come.
   */
  long userPage(long paddr, Protection protection);

  /**
   * The 4 KiB boot page at its own paddr: only the stub may execute or read it. Empty if it runs
   * without translation.
   */
  OptionalLong bootPage(long paddr);

  /** A 2 MiB block of the stub: it may read, write and execute. */
  long stubBlock(long paddr);

  /** Where the stub sees physical memory at paddr 0. */
  long directMapVaddr();

  /** Where the stub sees a paddr. */
  default long directVaddr(long paddr) {
    return directMapVaddr() + paddr;
  }

  /** RAM as the stub sees it, in blocks of {@link #directMapLevel}. */
  long directBlock(long paddr);

  /** The level whose entries make the direct map: 1 for 2 MiB blocks, 2 for 1 GiB blocks. */
  int directMapLevel();

  /** Devices as the stub sees them, in a block of {@link #deviceLevel}. */
  long deviceBlock(long paddr);

  /** The level of the blocks that hold devices: as that of the direct map, or lower. */
  int deviceLevel();

  /** How many levels the stub's half has, if it has a root of its own. */
  OptionalInt stubLevels();
}
