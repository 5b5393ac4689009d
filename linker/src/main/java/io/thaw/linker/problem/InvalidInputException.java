package io.thaw.linker.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An input is invalid, damaged or unsupported; carries every problem that could be found. */
public final class InvalidInputException extends Exception {

  private final transient List<Problem> problems;

  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem to report");
    }
    this.problems = List.copyOf(problems);
  }

  public InvalidInputException(Problem problem) {
    this(List.of(problem));
  }

  public InvalidInputException(String file, String record, String found, String acceptable) {
    this(new Problem(file, record, found, acceptable));
  }

  /** The problems, in the order in which they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
