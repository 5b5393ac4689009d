package io.thaw.linker.criu;

/** Types of files in a dump: {@code enum fd_types} of {@code images/fdinfo.proto}. */
public final class FileTypes {

  public static final int REGULAR = 1;
  public static final int PIPE = 2;

  /** A pipe with a name. */
  public static final int FIFO = 3;

  static final int INET_SOCKET = 4;
  public static final int UNIX_SOCKET = 5;
  static final int PACKET_SOCKET = 10;
  public static final int TERMINAL = 11;
  static final int NETLINK_SOCKET = 13;

  /** What only a plug-in of CRIU can put back. */
  public static final int EXTERNAL = 16;

  public static final int MEMFD = 18;

  private FileTypes() {}
}
