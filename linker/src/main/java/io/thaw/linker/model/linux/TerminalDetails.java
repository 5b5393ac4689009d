package io.thaw.linker.model.linux;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A terminal that is open.
 *
 * @param openFileId the open file, as in the checkpoint's descriptors
 * @param file path and number of the device
 * @param isPseudo whether it is one of {@code /dev/pts}
 * @param index number of a pseudo-terminal
 * @param exclusive TIOCEXCL
 * @param sessionPid the session that it controls, 0 if none
 * @param groupPid the process group in its foreground
 * @param settings termios and window, unless it has hung up
 */
public record TerminalDetails(
    long openFileId,
    DeviceFile file,
    boolean isPseudo,
    int index,
    boolean exclusive,
    int sessionPid,
    int groupPid,
    Optional<Settings> settings) {

  /**
   * A device's file.
   *
   * @param path where it is
   * @param mode type and permissions
   * @param device its number
   * @param containingDevice number of the file system that it is in
   * @param uid its owner
   * @param gid its group
   */
  public record DeviceFile(
      String path, int mode, int device, int containingDevice, int uid, int gid) {

    public DeviceFile {
      Objects.requireNonNull(path);
    }
  }

  /**
   * How it is set.
   *
   * @param current TCGETS
   * @param locked TIOCGLCKTRMIOS
   * @param rows of the window
   * @param columns of the window
   * @param widthPixels of the window
   * @param heightPixels of the window
   */
  public record Settings(
      Modes current, Modes locked, int rows, int columns, int widthPixels, int heightPixels) {

    public Settings {
      Objects.requireNonNull(current);
      Objects.requireNonNull(locked);
    }
  }

  /**
   * A {@code struct termios}.
   *
   * @param input c_iflag
   * @param output c_oflag
   * @param control c_cflag
   * @param local c_lflag
   * @param line c_line
   * @param inputSpeed c_ispeed
   * @param outputSpeed c_ospeed
   * @param characters c_cc
   */
  public record Modes(
      int input,
      int output,
      int control,
      int local,
      int line,
      int inputSpeed,
      int outputSpeed,
      List<Integer> characters) {

    public Modes {
      characters = List.copyOf(characters);
    }
  }

  public TerminalDetails {
    Objects.requireNonNull(file);
    Objects.requireNonNull(settings);
  }
}
