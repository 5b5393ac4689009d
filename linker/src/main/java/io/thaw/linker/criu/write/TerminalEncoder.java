package io.thaw.linker.criu.write;

import io.thaw.linker.criu.proto.PseudoTerminal;
import io.thaw.linker.criu.proto.TerminalInformation;
import io.thaw.linker.criu.proto.TerminalSettings;
import io.thaw.linker.criu.proto.WindowSize;
import io.thaw.linker.model.linux.TerminalDetails;

/** An entry of {@code tty-info.img}; its numbers and types are those of {@code criu/tty.c}. */
final class TerminalEncoder {

  private static final int TYPE_PSEUDO = 1;
  private static final int TYPE_CONSOLE = 2;
  private static final int TYPE_VIRTUAL = 3;
  private static final int TYPE_CONTROLLING = 4;
  private static final int TYPE_SERIAL = 6;

  /** Numbers of devices, {@code Documentation/admin-guide/devices.txt} of Linux. */
  private static final int MAJOR_VIRTUAL = 4;

  private static final int MAJOR_AUXILIARY = 5;
  private static final int LAST_VIRTUAL = 63;

  /** {@code /dev/ptmx}, or an old master. */
  private static final int MAJOR_PSEUDO_SLAVE = 136;

  /** Where CRIU begins with the numbers of terminals that have no index; twice that. */
  private static final int FIRST_UNNUMBERED = 2 * 1002;

  private TerminalEncoder() {}

  /**
   * The number of a terminal: twice the index of a pseudo-terminal, and one more for its master.
   */
  static int id(TerminalDetails terminal) {
    return terminal.isPseudo()
        ? 2 * terminal.index() + (major(terminal) == MAJOR_PSEUDO_SLAVE ? 0 : 1)
        : FIRST_UNNUMBERED + 2 * type(terminal);
  }

  static TerminalInformation encode(TerminalDetails terminal) {
    TerminalInformation.Builder information =
        TerminalInformation.newBuilder()
            .setId(id(terminal))
            .setType(type(terminal))
            .setLocked(false)
            .setExclusive(terminal.exclusive())
            .setPacketMode(false)
            .setSession(terminal.sessionPid())
            .setGroup(terminal.groupPid())
            .setDevice(terminal.file().device())
            .setContainingDevice(terminal.file().containingDevice())
            .setUid(terminal.file().uid())
            .setGid(terminal.file().gid());
    if (terminal.isPseudo()) {
      information.setPseudo(PseudoTerminal.newBuilder().setIndex(terminal.index()));
    }
    terminal
        .settings()
        .ifPresent(
            settings ->
                information
                    .setSettings(modes(settings.current()))
                    .setLockedSettings(modes(settings.locked()))
                    .setWindow(
                        WindowSize.newBuilder()
                            .setRows(settings.rows())
                            .setColumns(settings.columns())
                            .setXPixels(settings.widthPixels())
                            .setYPixels(settings.heightPixels())));
    return information.build();
  }

  private static TerminalSettings modes(TerminalDetails.Modes modes) {
    return TerminalSettings.newBuilder()
        .setInput(modes.input())
        .setOutput(modes.output())
        .setControl(modes.control())
        .setLocal(modes.local())
        .setLine(modes.line())
        .setInputSpeed(modes.inputSpeed())
        .setOutputSpeed(modes.outputSpeed())
        .addAllCharacters(modes.characters())
        .build();
  }

  private static int type(TerminalDetails terminal) {
    if (terminal.isPseudo()) {
      return TYPE_PSEUDO;
    }
    int minor = terminal.file().device() & 0xff;
    return switch (major(terminal)) {
      case MAJOR_AUXILIARY -> minor == 0 ? TYPE_CONTROLLING : TYPE_CONSOLE;
      case MAJOR_VIRTUAL -> minor >= 1 && minor <= LAST_VIRTUAL ? TYPE_VIRTUAL : TYPE_SERIAL;
      default -> TYPE_SERIAL;
    };
  }

  private static int major(TerminalDetails terminal) {
    return terminal.file().device() >>> 8 & 0xfff;
  }
}
