package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;

/** {@code fcntl} by command; {@code ioctl} is a table of its own. Numbers from linux/fcntl.h. */
final class ControlRows {

  private static final long FLOCK_BYTES = 32;

  private ControlRows() {}

  static void add(Rows rows) {
    rows.rule("ioctl", Requests.RULE);
    rows.rule("fcntl", fcntl());
  }

  private static CallRule fcntl() {
    return ByCode.table("command", 1)
        .nothing(0, 1, 2, 3, 4) // DUPFD, GETFD, SETFD, GETFL, SETFL
        .row(5, writes(2, FLOCK_BYTES)) // GETLK
        .nothing(6, 7) // SETLK, SETLKW
        .nothing(8, 9, 10, 11) // SETOWN, GETOWN, SETSIG, GETSIG
        .nothing(15) // SETOWN_EX
        .row(16, writes(2, 8)) // GETOWN_EX: struct f_owner_ex
        .row(17, writes(2, 8)) // GETOWNER_UIDS
        .row(36, writes(2, FLOCK_BYTES)) // OFD_GETLK
        .nothing(37, 38) // OFD_SETLK, OFD_SETLKW
        .nothing(1024, 1025, 1026) // SETLEASE, GETLEASE, NOTIFY
        .nothing(1027, 1028, 1029) // DUPFD_QUERY, CREATED_QUERY, CANCELLK
        .nothing(1030, 1031, 1032) // DUPFD_CLOEXEC, SETPIPE_SZ, GETPIPE_SZ
        .nothing(1033, 1034) // ADD_SEALS, GET_SEALS
        .row(1035, writes(2, 8)) // GET_RW_HINT
        .nothing(1036) // SET_RW_HINT
        .row(1037, writes(2, 8)) // GET_FILE_RW_HINT
        .nothing(1038) // SET_FILE_RW_HINT
        .build();
  }
}
