package io.thaw.linker.plan;

import io.thaw.linker.model.Registers;
import io.thaw.linker.platform.Processor;
import java.util.List;

/**
 * What an architecture's {@code restore.S} is given.
 *
 * <p>One implementation an architecture, in the same shape: which path to take, and the values that
 * this path loads.
 */
interface RestorePath<R extends Registers> {

  /** The registers that it restores. */
  Class<R> registerType();

  /** Which path, as the manifest names it. */
  String name();

  /** What it takes of the processor, by the names that {@link Processor} has for it. */
  List<String> needs();

  /** Symbols at which a simulator may enter, the one that the platform uses first. */
  List<String> entrySymbols();

  /** Symbol of its last instruction, which leaves for the program. */
  String lastSymbol();

  /** Puts registers and system state into the boot page. */
  void fill(StubCode code, R registers, PageTables tables);
}
