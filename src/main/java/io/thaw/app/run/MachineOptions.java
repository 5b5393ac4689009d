package io.thaw.app.run;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is chosen of the simulated machine.
 *
 * @param name which of the simulator's machines
 * @param seed of the random state in which the power comes on, above 0
 * @param processor a model of the processor
 * @param caches whether it has caches
 */
public record MachineOptions(
    Optional<String> name, OptionalInt seed, Optional<String> processor, boolean caches) {

  /** Whatever the simulator has of its own accord. */
  public static final MachineOptions DEFAULT =
      new MachineOptions(
          Optional.empty(), OptionalInt.empty(), Optional.empty(), /* caches= */ false);

  public MachineOptions {
    Objects.requireNonNull(name);
    Objects.requireNonNull(processor);
    if (seed.isPresent() && seed.getAsInt() <= 0) {
      throw new IllegalArgumentException("seed " + seed.getAsInt());
    }
  }

  /** What a simulator must be able to do for it. */
  Set<Simulator.Ability> abilities() {
    Set<Simulator.Ability> abilities = EnumSet.noneOf(Simulator.Ability.class);
    if (name.isPresent()) {
      abilities.add(Simulator.Ability.MACHINE);
    }
    if (seed.isPresent()) {
      abilities.add(Simulator.Ability.SEED);
    }
    if (processor.isPresent()) {
      abilities.add(Simulator.Ability.PROCESSOR);
    }
    if (caches) {
      abilities.add(Simulator.Ability.CACHES);
    }
    return abilities;
  }
}
