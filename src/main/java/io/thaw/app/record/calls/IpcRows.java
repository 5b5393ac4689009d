package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesResult;

/** Queues, semaphores and shared segments between processes, of System V and POSIX. */
final class IpcRows {

  private static final long QUEUE_ATTRIBUTES_BYTES = 64;
  private static final long MESSAGE_TYPE_BYTES = 8;

  /** More than the longest structure of shmctl, semctl and msgctl, {@code msqid64_ds}. */
  private static final long STATE_BYTES = 128;

  private IpcRows() {}

  static void add(Rows rows) {
    rows.nothing("shmget semget semop semtimedop msgget msgsnd");
    rows.row("shmctl msgctl", writes(2, STATE_BYTES));
    rows.rule("semctl", semaphores());
    rows.row("msgrcv", IpcRows::messageReceived);
    rows.refused(
        "shmat shmdt", "a segment that is shared with others, and whose size no argument says");

    rows.nothing("mq_open mq_unlink mq_timedsend mq_notify");
    rows.row("mq_timedreceive", writesResult(1, 2, 1), writes(3, Integer.BYTES));
    rows.row("mq_getsetattr", writes(2, QUEUE_ATTRIBUTES_BYTES));
  }

  /** Commands of linux/ipc.h and linux/sem.h. */
  private static CallRule semaphores() {
    return ByCode.table("command", 2, 0xff)
        .nothing(0, 1) // IPC_RMID, IPC_SET
        .row(2, writes(3, STATE_BYTES)) // IPC_STAT
        .row(3, writes(3, STATE_BYTES)) // IPC_INFO
        .nothing(11, 12, 14, 15, 16, 17) // GETPID, GETVAL, GETNCNT, GETZCNT, SETVAL, SETALL
        .refused("as many values are written as the set has (GETALL)", 13)
        .row(18, writes(3, STATE_BYTES)) // SEM_STAT
        .row(19, writes(3, STATE_BYTES)) // SEM_INFO
        .row(20, writes(3, STATE_BYTES)) // SEM_STAT_ANY
        .build();
  }

  /** A type, then the bytes that the result counts. */
  private static void messageReceived(CallView call, EffectSink sink) {
    long bytes = Math.min(Outcome.count(call), Outcome.bounded(call.argument(2)));
    Words.written(sink, call.argument(1), MESSAGE_TYPE_BYTES + bytes);
  }
}
