package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.changesFile;
import static io.thaw.app.record.calls.Words.reads;
import static io.thaw.app.record.calls.Words.relays;
import static io.thaw.app.record.calls.Words.takes;
import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesResult;

/** Calls that move bytes of files. */
final class TransferRows {

  private static final long OFFSET_BYTES = 8;

  private TransferRows() {}

  static void add(Rows rows) {
    rows.row("read pread64", reads(0, 1, 2));
    rows.row("readv preadv preadv2", IoVectors.reads(0, 1, 2));
    rows.row("process_vm_readv", IoVectors.receives(1, 2));
    rows.row("write pwrite64", takes(0, 1), changesFile(0));
    rows.row("writev pwritev pwritev2", IoVectors.takes(0, 1, 2), changesFile(0));

    rows.row("sendfile", writes(2, OFFSET_BYTES), relays(0), changesFile(0));
    rows.row(
        "splice copy_file_range",
        writes(1, OFFSET_BYTES),
        writes(3, OFFSET_BYTES),
        relays(2),
        changesFile(2));
    rows.row("tee", relays(1));
    // Which way the bytes went depends on the pipe's end, which a rule does not see. Memory that
    // was only read is written as it is.
    rows.row("vmsplice", IoVectors.receives(1, 2), IoVectors.takes(0, 1, 2));

    rows.row("getrandom", writesResult(0, 1, 1));
    rows.row("syslog", writesResult(1, 2, 1));
  }
}
