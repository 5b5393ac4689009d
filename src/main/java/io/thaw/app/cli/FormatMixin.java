package io.thaw.app.cli;

import io.thaw.linker.format.AddressUnit;
import io.thaw.linker.format.BinaryFormat;
import io.thaw.linker.format.ElfFormat;
import io.thaw.linker.format.FormatKind;
import io.thaw.linker.format.ImageFormat;
import io.thaw.linker.format.IntelHexFormat;
import io.thaw.linker.format.SRecordFormat;
import io.thaw.linker.format.VerilogHexFormat;
import io.thaw.linker.format.WordOrder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that writes an image: its format, and what the format leaves open.
 */
final class FormatMixin {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatConverters.Kind.class,
      completionCandidates = FormatConverters.KindNames.class,
      defaultValue = "elf",
      description = "What to write: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private FormatKind kind;

  @Option(
      names = "--word-bytes",
      paramLabel = "N",
      converter = FormatConverters.SmallCount.class,
      description = "hex: width of the memory. Default: 1.")
  private @Nullable Integer wordBytes;

  @Option(
      names = "--word-order",
      paramLabel = "ORDER",
      converter = FormatConverters.Order.class,
      completionCandidates = FormatConverters.OrderNames.class,
      description =
          "hex: which byte of a word is at its lowest address, the last (little) or the first"
              + " (big). Default: little.")
  private @Nullable WordOrder wordOrder;

  @Option(
      names = "--fill",
      paramLabel = "BYTE",
      converter = FormatConverters.SmallCount.class,
      description = "bin, hex: what is where the image has nothing. Default: 0.")
  private @Nullable Integer fill;

  @Option(
      names = "--address-base",
      paramLabel = "ADDR",
      converter = FormatConverters.Address.class,
      description =
          "The physical address that is 0 in the file. Default: 0; bin: the image's lowest.")
  private @Nullable Long basePaddr;

  @Option(
      names = "--address-unit",
      paramLabel = "UNIT",
      converter = FormatConverters.Unit.class,
      completionCandidates = FormatConverters.UnitNames.class,
      description = "hex: what addresses count, words or bytes. Default: words.")
  private @Nullable AddressUnit addressUnit;

  @Option(
      names = "--banks",
      paramLabel = "N",
      converter = FormatConverters.SmallCount.class,
      description = "hex: files that take turns word by word: OUT.0, OUT.1, ... Default: 1.")
  private @Nullable Integer banks;

  @Option(
      names = "--sparse",
      description = "Leaves out zeros, for memory that is zero before it is loaded. Not elf.")
  private boolean sparse;

  /** The format that was asked for; options that it does not have are refused. */
  ImageFormat format() {
    boolean hex = kind == FormatKind.HEX;
    refuseUnless(hex || wordBytes == null, "--word-bytes", "hex");
    refuseUnless(hex || wordOrder == null, "--word-order", "hex");
    refuseUnless(hex || addressUnit == null, "--address-unit", "hex");
    refuseUnless(hex || banks == null, "--banks", "hex");
    refuseUnless(hex || kind == FormatKind.BIN || fill == null, "--fill", "bin and hex");
    boolean elf = kind == FormatKind.ELF;
    refuseUnless(!elf || basePaddr == null, "--address-base", "bin, hex, ihex and srec");
    refuseUnless(!elf || !sparse, "--sparse", "bin, hex, ihex and srec");
    try {
      return switch (kind) {
        case ELF -> new ElfFormat();
        case BIN -> new BinaryFormat(base(), orElse(fill, 0), sparse);
        case HEX ->
            new VerilogHexFormat(
                orElse(wordBytes, 1),
                orElse(wordOrder, WordOrder.LITTLE),
                orElse(fill, 0),
                base().orElse(0),
                orElse(addressUnit, AddressUnit.WORDS),
                orElse(banks, 1),
                sparse);
        case IHEX -> new IntelHexFormat(base().orElse(0), sparse);
        case SREC -> new SRecordFormat(base().orElse(0), sparse);
      };
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private OptionalLong base() {
    return basePaddr == null ? OptionalLong.empty() : OptionalLong.of(basePaddr);
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return value == null ? other : value;
  }

  private void refuseUnless(boolean fits, String option, String formats) {
    if (!fits) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is for --format " + formats + ", and this is " + kind.label());
    }
  }
}
