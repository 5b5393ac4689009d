package io.thaw.linker.format;

import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;

/**
 * Motorola S-records with 32-bit addresses, M68000 Family Programmer's Reference Manual
 * (M68000PM/AD, REV.1), appendix C: records S0, S3 and S7.
 *
 * @param basePaddr what is taken from every physical address
 * @param sparse memory is zero before it is loaded: records of zeros are left out
 */
public record SRecordFormat(long basePaddr, boolean sparse) implements ImageFormat {

  public SRecordFormat {
    OptionChecks.base(basePaddr);
  }

  @Override
  public FormatKind kind() {
    return FormatKind.SREC;
  }

  @Override
  public void checkFits(MemoryImage image) throws InvalidInputException {
    ProblemLog problems = new ProblemLog();
    FitChecks.addressesOf32Bits(image, kind(), basePaddr, problems);
    problems.throwIfAny();
  }
}
