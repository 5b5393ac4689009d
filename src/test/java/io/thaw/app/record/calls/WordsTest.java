package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each word of the vocabulary, on a call whose arguments are given. */
class WordsTest {

  private static final long HERE = FakeCall.MEMORY;
  private static final long EINTR = -4;
  private static final long EIO = -5;
  private static final long EBADF = -9;
  private static final long EAGAIN = -11;
  private static final long EFAULT = -14;

  @Test
  void aStructureIsWritten() {
    assertThat(said(Words.writes(1, 24), call(0, HERE).returning(0)))
        .containsExactly("written 10000+24");
  }

  /** As of waitid without a child, and of a sleep that is interrupted. */
  @Test
  void aStructureMayBeWrittenByACallThatFails() {
    assertThat(said(Words.writes(1, 24), call(0, HERE).returning(EBADF)))
        .containsExactly("written 10000+24");
    assertThat(said(Words.writes(1, 24), call(0, HERE).returning(EINTR)))
        .containsExactly("written 10000+24");
  }

  @Test
  void aCallThatFailedHasNoResultToCountBy() {
    assertThat(said(Words.writesResult(1, 2, 1), call(0, HERE, 8).returning(EBADF))).isEmpty();
  }

  @Test
  void aBadAddressIsFoundAfterAPartWasWritten() {
    assertThat(said(Words.writesResult(1, 2, 4), call(0, HERE, 8).returning(EFAULT)))
        .containsExactly("written 10000+32");
    assertThat(said(Words.reads(0, 1, 2), call(0, HERE, 800).returning(EFAULT)))
        .containsExactly("written 10000+800");
  }

  @Test
  void aNullPointerIsNotWritten() {
    assertThat(said(Words.writes(1, 24), call(0, 0).returning(0))).isEmpty();
    assertThat(said(Words.writesBuffer(1, 2), call(0, 0, 8).returning(0))).isEmpty();
  }

  @Test
  void theResultSaysHowManyUnitsWereWritten() {
    assertThat(said(Words.writesResult(1, 2, 4), call(0, HERE, 8).returning(3)))
        .containsExactly("written 10000+12");
    assertThat(said(Words.writesResult(1, 2, 4), call(0, HERE, 8).returning(0))).isEmpty();
  }

  /** As of readlink with a short buffer, getgroups(0), recvfrom with MSG_TRUNC. */
  @Test
  void aResultMayBeMoreThanThereWasRoomFor() {
    assertThat(said(Words.writesResult(1, 2, 4), call(0, HERE, 2).returning(3)))
        .containsExactly("written 10000+8");
    assertThat(said(Words.writesResult(1, 2, 4), call(0, HERE, 0).returning(3))).isEmpty();
  }

  @Test
  void aBufferIsWrittenWhole() {
    assertThat(said(Words.writesBuffer(1, 2), call(0, HERE, 500).returning(0)))
        .containsExactly("written 10000+500");
  }

  @Test
  void aSizeBeyondReasonIsBounded() {
    assertThat(said(Words.writesBuffer(1, 2), call(0, HERE, -1).returning(0)))
        .containsExactly("written 10000+" + 0x7ffff000L);
  }

  @Test
  void anArrayHasAsManyEntriesAsAnIntSays() {
    assertThat(said(Words.writesArray(1, 2, 8), call(0, HERE, 3).returning(EINTR)))
        .containsExactly("written 10000+24");
    assertThat(said(Words.writesArray(1, 2, 8), call(0, HERE, 0xdead_0000_0003L).returning(0)))
        .containsExactly("written 10000+24");
  }

  @Test
  void bitsAreWrittenInWholeWords() {
    assertThat(said(Words.writesBits(1, 2), call(0, HERE, 1).returning(0)))
        .containsExactly("written 10000+8");
    assertThat(said(Words.writesBits(1, 2), call(0, HERE, 64).returning(0)))
        .containsExactly("written 10000+8");
    assertThat(said(Words.writesBits(1, 2), call(0, HERE, 65).returning(0)))
        .containsExactly("written 10000+16");
  }

  @Test
  void anAddressIsAsLongAsItsLengthSaysAfterwards() {
    FakeCall call = call(0, HERE + 0x100, HERE).withInt(HERE, 16).returning(0);
    assertThat(said(Words.writesAddress(1, 2), call))
        .containsExactly("written 10000+4", "written 10100+16");
  }

  @Test
  void anAddressIsNeverLongerThanAnyThereIs() {
    FakeCall call = call(0, HERE + 0x100, HERE).withInt(HERE, -1).returning(0);
    assertThat(said(Words.writesAddress(1, 2), call))
        .containsExactly("written 10000+4", "written 10100+128");
  }

  @Test
  void anAddressThatIsNotWantedIsNotWritten() {
    assertThat(said(Words.writesAddress(1, 2), call(0, 0, 0).returning(5))).isEmpty();
  }

  @Test
  void bytesOfAFileAreAsManyAsTheResultSays() {
    assertThat(said(Words.reads(0, 1, 2), call(0, HERE, 9000).returning(100)))
        .containsExactly("written 10000+100");
    assertThat(said(Words.receives(1, 2), call(0, HERE, 9000).returning(100)))
        .containsExactly("written 10000+100");
  }

  @Test
  void readingThatFailedMayHaveFilledTheBuffer() {
    assertThat(said(Words.reads(0, 1, 2), call(0, HERE, 9000).returning(EIO)))
        .containsExactly("written 10000+9000");
    assertThat(said(Words.receives(1, 2), call(0, HERE, 9000).returning(EIO)))
        .containsExactly("written 10000+9000");
  }

  @Test
  void readingThatCameTooEarlyHasWrittenNothing() {
    for (long tooEarly : new long[] {EAGAIN, EINTR}) {
      assertThat(said(Words.reads(0, 1, 2), call(0, HERE, 9).returning(tooEarly))).isEmpty();
      assertThat(said(Words.receives(1, 2), call(0, HERE, 9).returning(tooEarly))).isEmpty();
    }
  }

  /** Linux clears what lies behind the end of the file, as far as the buffer goes. */
  @Test
  void readingPastThePageCacheFillsTheBuffer() {
    Action reads = Words.reads(0, 1, 2);
    assertThat(said(reads, call(0, HERE, 9000).readingDirectly().returning(100)))
        .containsExactly("written 10000+9000");
    assertThat(said(reads, call(0, HERE, 9000).readingDirectly().returning(0))).isEmpty();
    assertThat(said(reads, call(0, HERE, 9000).readingDirectly().returning(EAGAIN))).isEmpty();
  }

  @Test
  void whatAFileTakesIsOutput() {
    assertThat(said(Words.takes(0, 1), call(1, HERE, 9).returning(5)))
        .containsExactly("output 1 10000+5");
    assertThat(said(Words.takes(0, 1), call(1, HERE, 9).returning(EBADF))).isEmpty();
  }

  @Test
  void whatComesFromAnotherFileIsRelayed() {
    assertThat(said(Words.relays(0), call(1).returning(7))).containsExactly("relayed 1 7");
    assertThat(said(Words.relays(0), call(1).returning(EBADF))).isEmpty();
  }

  @Test
  void aChangeOfAFileMayHaveHappenedInPart() {
    assertThat(said(Words.changesFile(0), call(3).returning(0))).containsExactly("file 3");
    assertThat(said(Words.changesFile(0), call(3).returning(-28))).containsExactly("file 3");
  }

  @Test
  void someThingsHappenOnlyIfABitIsSet() {
    Action action = Words.ifBits(0, 6, Words.writes(1, 4));
    assertThat(said(action, call(2, HERE))).containsExactly("written 10000+4");
    assertThat(said(action, call(9, HERE))).isEmpty();
  }

  private static FakeCall call(long... arguments) {
    return FakeCall.of("getpid", arguments);
  }

  private static List<String> said(Action action, CallView call) {
    EffectLines lines = new EffectLines();
    action.report(call, lines);
    return lines.lines();
  }
}
