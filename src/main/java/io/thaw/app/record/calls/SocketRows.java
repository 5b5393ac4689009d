package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.takes;
import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesAddress;
import static io.thaw.app.record.calls.Words.writesAlways;
import static io.thaw.app.record.calls.Words.writesPair;
import static io.thaw.app.record.calls.Words.writesResult;

/** Calls about sockets. */
final class SocketRows {

  private static final int TWO_DESCRIPTORS_BYTES = 8;
  private static final long TIMESPEC_BYTES = 16;

  /** More than any option's value has. */
  private static final long MOST_OPTION_UNITS = 1 << 20;

  /** The unit of SO_GET_FILTER's length, {@code struct sock_filter}; that of others is a byte. */
  private static final long LARGEST_OPTION_UNIT_BYTES = 8;

  private static final int IPPROTO_TCP = 6;
  private static final int TCP_ZEROCOPY_RECEIVE = 35;

  private SocketRows() {}

  static void add(Rows rows) {
    rows.nothing("socket bind connect listen shutdown setsockopt");
    rows.row("socketpair", writes(3, TWO_DESCRIPTORS_BYTES));
    rows.row("pipe pipe2", writes(0, TWO_DESCRIPTORS_BYTES));
    rows.row("accept accept4 getsockname getpeername", writesAddress(1, 2));
    rows.rule(
        "getsockopt",
        Rule.doing(
                writesAlways(4, Integer.BYTES),
                writesPair(3, 4, MOST_OPTION_UNITS, LARGEST_OPTION_UNIT_BYTES))
            .unless(
                SocketRows::mapsWhatItReceives,
                "what a socket received is mapped (TCP_ZEROCOPY_RECEIVE)"));

    rows.row("recvfrom", writesResult(1, 2, 1), writesAddress(4, 5));
    rows.row("recvmsg", Messages.receives(1));
    rows.row("recvmmsg", Messages.receivesEach(1), writesAlways(4, TIMESPEC_BYTES));
    rows.row("sendto", takes(0, 1));
    rows.row("sendmsg", Messages.sends(0, 1));
    rows.row("sendmmsg", Messages.sendsEach(0, 1));
  }

  private static boolean mapsWhatItReceives(CallView call) {
    return (int) call.argument(1) == IPPROTO_TCP && (int) call.argument(2) == TCP_ZEROCOPY_RECEIVE;
  }
}
