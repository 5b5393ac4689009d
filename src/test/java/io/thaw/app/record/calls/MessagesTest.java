package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls whose structures have pointers to more of them. */
class MessagesTest {

  private static final long VECTOR = FakeCall.MEMORY + 0x100;
  private static final long HEADER = FakeCall.MEMORY + 0x200;
  private static final long SECOND_HEADER = HEADER + 64;
  private static final long EAGAIN = -11;
  private static final long EFAULT = -14;

  @Test
  void readingFillsPiecesInTheirOrder() {
    assertThat(vector("readv", 3, VECTOR, 2).returning(150).effects())
        .containsExactly("written 11001+100", "written 12001+50");
    assertThat(vector("preadv2", 3, VECTOR, 2, 0, 0, 0).returning(80).effects())
        .containsExactly("written 11001+80");
    assertThat(vector("process_vm_readv", 9, VECTOR, 2).returning(101).effects())
        .containsExactly("written 11001+100", "written 12001+1");
  }

  @Test
  void nothingIsSaidOfPiecesWhenReadingFailed() {
    assertThat(vector("readv", 3, VECTOR, 2).returning(EAGAIN).effects()).isEmpty();
  }

  @Test
  void readingPastThePageCacheFillsAllPieces() {
    assertThat(vector("readv", 3, VECTOR, 2).readingDirectly().returning(5).effects())
        .containsExactly("written 11001+100", "written 12001+200");
  }

  @Test
  void aBadAddressMayComeBehindAllPieces() {
    assertThat(vector("readv", 3, VECTOR, 2).returning(EFAULT).effects())
        .containsExactly("written 11001+100", "written 12001+200");
  }

  @Test
  void writingTakesPiecesInTheirOrder() {
    assertThat(vector("writev", 1, VECTOR, 2).returning(150).effects())
        .containsExactly("output 1 11001+100", "output 1 12001+50", "file 1");
    assertThat(vector("pwritev", 4, VECTOR, 2).returning(7).effects())
        .containsExactly("output 4 11001+7", "file 4");
  }

  @Test
  void aPipeMayHaveTakenPiecesOrFilledThem() {
    assertThat(vector("vmsplice", 5, VECTOR, 2).returning(101).effects())
        .containsExactly(
            "written 11001+100", "written 12001+1", "output 5 11001+100", "output 5 12001+1");
  }

  @Test
  void anArrayLongerThanTheKernelAllowsHasNoPieces() {
    assertThat(vector("readv", 3, VECTOR, 1025).returning(-22).effects()).isEmpty();
    assertThat(vector("readv", 3, VECTOR, -1).returning(-22).effects()).isEmpty();
  }

  @Test
  void aMessageFillsPiecesNameControlAndHeader() {
    FakeCall call = message(vector("recvmsg", 3, HEADER, 0), HEADER, 28, 24).returning(120);
    assertThat(call.effects())
        .containsExactlyInAnyOrder(
            "written 11001+100",
            "written 12001+20",
            "written 13000+28",
            "written 14000+24",
            "written 10200+56");
  }

  @Test
  void aNameThatHadNoRoomIsNoLongerThanAnyThereIs() {
    FakeCall call = message(vector("recvmsg", 3, HEADER, 0), HEADER, -1, 0).returning(1);
    assertThat(call.effects()).contains("written 13000+128").doesNotContain("written 14000+0");
  }

  /** With MSG_TRUNC the result is the message's length, of which some may have found no room. */
  @Test
  void aMessageLongerThanItsPiecesFillsThem() {
    FakeCall call = message(vector("recvmsg", 3, HEADER, 0x20), HEADER, 0, 0).returning(9000);
    assertThat(call.effects()).contains("written 11001+100", "written 12001+200");
  }

  @Test
  void noMessageLeavesTheHeaderAlone() {
    FakeCall call = message(vector("recvmsg", 3, HEADER, 0), HEADER, 28, 24).returning(EAGAIN);
    assertThat(call.effects()).isEmpty();
  }

  @Test
  void asManyMessagesAreFilledAsTheResultSays() {
    FakeCall call = vector("recvmmsg", 3, HEADER, 9, 0, VECTOR - 0x80);
    message(call, HEADER, 16, 0).withInt(HEADER + 56, 30);
    message(call, SECOND_HEADER, 0, 0).withInt(SECOND_HEADER + 56, 110);
    assertThat(call.returning(2).effects())
        .containsExactlyInAnyOrder(
            "written 11001+30",
            "written 13000+16",
            "written 10200+56",
            "written 10238+4",
            "written 11001+100",
            "written 12001+10",
            "written 10240+56",
            "written 10278+4",
            "written 10080+16");
    assertThat(call.returning(1).effects())
        .contains("written 10238+4")
        .doesNotContain("written 10278+4");
  }

  @Test
  void aMessageSentIsOutput() {
    FakeCall call = message(vector("sendmsg", 6, HEADER, 0), HEADER, 28, 24).returning(120);
    assertThat(call.effects()).containsExactly("output 6 11001+100", "output 6 12001+20");
  }

  @Test
  void messagesSentTogetherHaveTheirLengthsWritten() {
    FakeCall call = vector("sendmmsg", 6, HEADER, 2, 0);
    message(call, HEADER, 0, 0).withInt(HEADER + 56, 30);
    message(call, SECOND_HEADER, 0, 0).withInt(SECOND_HEADER + 56, 101);
    assertThat(call.returning(2).effects())
        .containsExactly(
            "output 6 11001+30",
            "written 10238+4",
            "output 6 11001+100",
            "output 6 12001+1",
            "written 10278+4");
  }

  /** Pieces of 100 and 200 bytes, not where a file could be read directly. */
  private static FakeCall vector(String name, long... arguments) {
    return FakeCall.of(name, arguments).withWords(VECTOR, 0x11001, 100, 0x12001, 200);
  }

  private static FakeCall message(FakeCall call, long header, int nameBytes, long controlBytes) {
    return call.withWords(header, 0x13000, 0, VECTOR, 2, 0x14000, controlBytes)
        .withInt(header + 8, nameBytes);
  }
}
