package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.receives;
import static io.thaw.app.record.calls.Words.takes;
import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesAddress;
import static io.thaw.app.record.calls.Words.writesPair;

/** Calls about sockets. */
final class SocketRows {

  private static final int TWO_DESCRIPTORS_BYTES = 8;
  private static final long TIMESPEC_BYTES = 16;

  /** More than any option's value has. */
  private static final long MOST_OPTION_UNITS = 1 << 20;

  private static final int SOL_SOCKET = 1;

  /** Its length counts instructions, {@code struct sock_filter}; that of others bytes. */
  private static final int SO_GET_FILTER = 26;

  private static final long FILTER_BYTES = 8;

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
        Rule.doing(SocketRows::option)
            .unless(
                SocketRows::mapsWhatItReceives,
                "what a socket received is mapped (TCP_ZEROCOPY_RECEIVE)"));

    rows.row("recvfrom", receives(1, 2), writesAddress(4, 5));
    rows.row("recvmsg", Messages.receives(1));
    rows.row("recvmmsg", Messages.receivesEach(1), writes(4, TIMESPEC_BYTES));
    rows.row("sendto", takes(0, 1));
    rows.row("sendmsg", Messages.sends(0, 1));
    rows.row("sendmmsg", Messages.sendsEach(0, 1));
  }

  private static void option(CallView call, EffectSink sink) {
    boolean filter =
        (int) call.argument(1) == SOL_SOCKET && (int) call.argument(2) == SO_GET_FILTER;
    writesPair(3, 4, MOST_OPTION_UNITS, filter ? FILTER_BYTES : 1).report(call, sink);
  }

  private static boolean mapsWhatItReceives(CallView call) {
    return (int) call.argument(1) == IPPROTO_TCP && (int) call.argument(2) == TCP_ZEROCOPY_RECEIVE;
  }
}
