package io.thaw.linker.problem;

import java.util.ArrayList;
import java.util.List;

/** Gathers problems while work goes on, and ends it once all have been found. */
public final class ProblemLog {

  private final List<Problem> problems = new ArrayList<>();

  public void add(String file, String record, String found, String acceptable) {
    problems.add(new Problem(file, record, found, acceptable));
  }

  public void addAll(InvalidInputException e) {
    problems.addAll(e.problems());
  }

  /** Throws if any problem was added. */
  public void throwIfAny() throws InvalidInputException {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
