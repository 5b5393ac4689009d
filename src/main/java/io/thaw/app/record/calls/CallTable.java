package io.thaw.app.record.calls;

import io.thaw.app.run.SystemCallNames;
import io.thaw.linker.model.Architecture;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the system calls of an architecture. */
public final class CallTable {

  /** By name: a call means the same on all architectures. */
  private static final Map<String, CallRule> RULES = rules();

  private final Map<Long, String> names;

  private CallTable(Map<Long, String> names) {
    this.names = names;
  }

  public static CallTable of(Architecture architecture) {
    return new CallTable(SystemCallNames.table(architecture));
  }

  /** The rule for a call; empty if the number belongs to no call of Linux up to 6.18. */
  public Optional<CallRule> rule(long number) {
    return Optional.ofNullable(names.get(number)).map(RULES::get);
  }

  /** The call's name as the kernel has it, or its number if it has none. */
  public String name(long number) {
    return names.getOrDefault(number, "number " + number);
  }

  /** Names of all calls that have a rule. */
  static Set<String> ruleNames() {
    return RULES.keySet();
  }

  private static Map<String, CallRule> rules() {
    Rows rows = new Rows();
    FileRows.add(rows);
    TransferRows.add(rows);
    ControlRows.add(rows);
    MemoryRows.add(rows);
    SocketRows.add(rows);
    ProcessRows.add(rows);
    NewProcessRows.add(rows);
    IdentityRows.add(rows);
    SignalRows.add(rows);
    TimeRows.add(rows);
    WaitRows.add(rows);
    IpcRows.add(rows);
    RefusedRows.add(rows);
    return rows.toMap();
  }
}
