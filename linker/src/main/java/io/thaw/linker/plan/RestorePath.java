package io.thaw.linker.plan;

import io.thaw.linker.model.Registers;
import java.util.List;

/**
 * What an architecture's {@code restore.S} is given.
 *
 * <p>One implementation an architecture, in the same shape: which path to take, and the values that
 * this path loads.
 */
interface RestorePath<R extends Registers> {

  /** Which path, as the manifest names it. */
  String name();

  /** Symbols at which a simulator may enter, the one that the platform uses first. */
  List<String> entrySymbols();

  /** Puts registers and system state into the boot page. */
  void fill(StubCode code, R registers, PageTables tables);
}
