package io.thaw.linker.problem;

import java.util.Objects;

/**
 * One thing wrong with an input.
 *
 * @param file the file as the user knows it, inside an archive too ({@code dump.tar!img/mm-7.img})
 * @param record the record in it, for example {@code vma_entry 3} or {@code offset 0x40}; may be
 *     empty
 * @param found what was found
 * @param acceptable what would have been accepted
 */
public record Problem(String file, String record, String found, String acceptable) {

  public Problem {
    Objects.requireNonNull(file);
    Objects.requireNonNull(record);
    Objects.requireNonNull(found);
    Objects.requireNonNull(acceptable);
  }

  /** The problem as one line of text, without a leading {@code error:}. */
  @Override
  public String toString() {
    return file
        + (record.isEmpty() ? "" : ": " + record)
        + ": found "
        + found
        + ", acceptable: "
        + acceptable;
  }
}
