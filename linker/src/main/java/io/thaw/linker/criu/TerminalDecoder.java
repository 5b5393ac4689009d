package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.TerminalInformation;
import io.thaw.linker.criu.proto.TerminalSettings;
import io.thaw.linker.model.linux.TerminalDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Terminals of a dump: {@code tty-info.img}. */
final class TerminalDecoder {

  private static final String IMAGE = "tty-info.img";

  private final OpenFiles files;
  private final Map<Integer, TerminalInformation> byId = new HashMap<>();

  private TerminalDecoder(OpenFiles files) {
    this.files = files;
  }

  static TerminalDecoder open(DumpFolder folder, OpenFiles files)
      throws InvalidInputException, IOException {
    TerminalDecoder decoder = new TerminalDecoder(files);
    if (folder.find(IMAGE).isPresent()) {
      for (TerminalInformation information :
          folder.readAll(IMAGE, ImageKind.TTY_INFO, TerminalInformation.parser())) {
        decoder.byId.put(information.getId(), information);
      }
    }
    return decoder;
  }

  /** The terminal behind a file, if it is one that the dump describes. */
  Optional<TerminalDetails> decode(OpenFile file) {
    TerminalInformation information = byId.get(file.getTerminal().getInformation());
    if (!file.hasTerminal() || information == null) {
      return Optional.empty();
    }
    Optional<RegularFile> regular =
        files.regular(Integer.toUnsignedLong(file.getTerminal().getRegular()));
    return Optional.of(
        new TerminalDetails(
            Integer.toUnsignedLong(file.getId()),
            new TerminalDetails.DeviceFile(
                regular.map(RegularFile::getName).orElse(""),
                regular.map(RegularFile::getMode).orElse(0),
                information.getDevice(),
                information.getContainingDevice(),
                information.getUid(),
                information.getGid()),
            information.hasPseudo(),
            information.getPseudo().getIndex(),
            information.getExclusive(),
            information.getSession(),
            information.getGroup(),
            information.hasSettings() ? Optional.of(settings(information)) : Optional.empty()));
  }

  private static TerminalDetails.Settings settings(TerminalInformation information) {
    return new TerminalDetails.Settings(
        modes(information.getSettings()),
        modes(information.getLockedSettings()),
        information.getWindow().getRows(),
        information.getWindow().getColumns(),
        information.getWindow().getXPixels(),
        information.getWindow().getYPixels());
  }

  private static TerminalDetails.Modes modes(TerminalSettings settings) {
    return new TerminalDetails.Modes(
        settings.getInput(),
        settings.getOutput(),
        settings.getControl(),
        settings.getLocal(),
        settings.getLine(),
        settings.getInputSpeed(),
        settings.getOutputSpeed(),
        settings.getCharactersList());
  }
}
