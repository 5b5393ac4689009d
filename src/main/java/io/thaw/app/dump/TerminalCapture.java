package io.thaw.app.dump;

import io.thaw.linker.model.linux.TerminalDetails;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A terminal that a process has open: ioctl_tty(2). */
final class TerminalCapture {

  private static final long TCGETS = 0x5401;
  private static final long TIOCGPGRP = 0x540f;
  private static final long TIOCGWINSZ = 0x5413;
  private static final long TIOCGSID = 0x5429;
  private static final long TIOCGLCKTRMIOS = 0x5456;
  private static final long TIOCGEXCL = 0x80045440L;
  private static final long TIOCGPTN = 0x80045430L;

  /** {@code struct termios} of the kernel: four words of flags, the line, the characters. */
  private static final int TERMIOS_BYTES = 36;

  private static final int CHARACTER_COUNT = 19;

  /** CBAUD: where the flags have the speed. */
  private static final int SPEED_MASK = 0x100f;

  /** Numbers of devices, {@code Documentation/admin-guide/devices.txt} of Linux. */
  private static final int MAJOR_VIRTUAL = 4;

  private static final int MAJOR_AUXILIARY = 5;
  private static final int MINOR_MASTER = 2;
  private static final int FIRST_OLD_MASTER = 128;
  private static final int MAJOR_SLAVE = 136;
  private static final int LAST_SLAVE = 143;
  private static final int MAJOR_USB_SERIAL = 188;
  private static final int MAJOR_SMALL_SERIAL = 204;
  private static final int MAJOR_HYPERVISOR = 229;

  private final Scratch scratch;
  private final int fd;

  private TerminalCapture(Scratch scratch, int fd) {
    this.scratch = scratch;
    this.fd = fd;
  }

  static boolean isTerminal(long device) {
    int major = major(device);
    return (major == MAJOR_AUXILIARY && minor(device) <= MINOR_MASTER)
        || major == MAJOR_VIRTUAL
        || (major >= FIRST_OLD_MASTER && major <= LAST_SLAVE)
        || major == MAJOR_USB_SERIAL
        || major == MAJOR_SMALL_SERIAL
        || major == MAJOR_HYPERVISOR;
  }

  static TerminalDetails capture(Scratch scratch, int fd, long openFileId, String link, Path path)
      throws IOException {
    TerminalCapture capture = new TerminalCapture(scratch, fd);
    Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,rdev,dev,uid,gid");
    long device = ((Number) attributes.get("rdev")).longValue();
    int major = major(device);
    boolean isMaster =
        (major == MAJOR_AUXILIARY && minor(device) == MINOR_MASTER)
            || (major >= FIRST_OLD_MASTER && major < MAJOR_SLAVE);
    boolean isPseudo = isMaster || (major >= MAJOR_SLAVE && major <= LAST_SLAVE);
    int index =
        isMaster ? capture.askForInt(TIOCGPTN) : (major - MAJOR_SLAVE) * 256 + minor(device);
    return new TerminalDetails(
        openFileId,
        new TerminalDetails.DeviceFile(
            ProcFiles.withoutMark(link),
            (Integer) attributes.get("mode"),
            (int) device,
            ((Number) attributes.get("dev")).intValue(),
            (Integer) attributes.get("uid"),
            (Integer) attributes.get("gid")),
        isPseudo,
        isPseudo ? index : 0,
        capture.askForInt(TIOCGEXCL) != 0,
        capture.askForInt(TIOCGSID),
        capture.askForInt(TIOCGPGRP),
        capture.settings());
  }

  /** Zero if it does not answer: it is not the process's, or has hung up. */
  private int askForInt(long request) throws IOException {
    return ask(request) ? scratch.answer(Integer.BYTES).getInt() : 0;
  }

  private boolean ask(long request) throws IOException {
    return !Scratch.isError(
        scratch.tryCall(scratch.numbers().ioctl(), fd, request, scratch.vaddr()));
  }

  private Optional<TerminalDetails.Settings> settings() throws IOException {
    if (!ask(TCGETS)) {
      return Optional.empty();
    }
    TerminalDetails.Modes current = modes(scratch.answer(TERMIOS_BYTES));
    if (!ask(TIOCGLCKTRMIOS)) {
      return Optional.empty();
    }
    TerminalDetails.Modes locked = modes(scratch.answer(TERMIOS_BYTES));
    if (!ask(TIOCGWINSZ)) {
      return Optional.empty();
    }
    ByteBuffer window = scratch.answer(4 * Short.BYTES);
    return Optional.of(
        new TerminalDetails.Settings(
            current,
            locked,
            Short.toUnsignedInt(window.getShort()),
            Short.toUnsignedInt(window.getShort()),
            Short.toUnsignedInt(window.getShort()),
            Short.toUnsignedInt(window.getShort())));
  }

  private static TerminalDetails.Modes modes(ByteBuffer termios) {
    int input = termios.getInt();
    int output = termios.getInt();
    int control = termios.getInt();
    int local = termios.getInt();
    int line = Byte.toUnsignedInt(termios.get());
    List<Integer> characters = new ArrayList<>();
    for (int i = 0; i < CHARACTER_COUNT; i++) {
      characters.add(Byte.toUnsignedInt(termios.get()));
    }
    int speed = control & SPEED_MASK;
    return new TerminalDetails.Modes(input, output, control, local, line, speed, speed, characters);
  }

  private static int major(long device) {
    return (int) (device >>> 8 & 0xfff);
  }

  private static int minor(long device) {
    return (int) ((device & 0xff) | ((device >>> 12) & ~0xff));
  }
}
