package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Rows that are more than one word. */
class RowsTest {

  private static final long HERE = FakeCall.MEMORY;
  private static final long EINTR = -4;

  @Test
  void aCallHasOneRow() {
    Rows rows = new Rows();
    rows.nothing("getpid getppid");
    assertThatThrownBy(() -> rows.nothing("gettid getpid"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("getpid");
  }

  @Test
  void aCodeHasOneRow() {
    ByCode.Table table = ByCode.table("code", 0).nothing(1);
    assertThatThrownBy(() -> table.nothing(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void statusOfAFileIsWhereTheCallHasIt() {
    assertThat(FakeCall.of("fstat", 3, HERE).effects()).containsExactly("written 10000+144");
    assertThat(FakeCall.of("newfstatat", 3, 0, HERE).effects())
        .containsExactly("written 10000+144");
    assertThat(FakeCall.of("statx", 3, 0, 0, 0, HERE).effects())
        .containsExactly("written 10000+256");
  }

  @Test
  void openingAFileToEmptyItChangesIt() {
    assertThat(FakeCall.of("open", HERE, 0x241).returning(4).effects()).containsExactly("file 4");
    assertThat(FakeCall.of("openat", 0, HERE, 0x241).returning(4).effects())
        .containsExactly("file 4");
    assertThat(FakeCall.of("openat2", 0, HERE, HERE).withWords(HERE, 0x241).returning(4).effects())
        .containsExactly("file 4");
    assertThat(FakeCall.of("creat", HERE).returning(4).effects()).containsExactly("file 4");
    assertThat(FakeCall.of("open", HERE, 0x41).returning(4).effects()).isEmpty();
    assertThat(FakeCall.of("open", HERE, 0x241).returning(-13).effects()).isEmpty();
  }

  @Test
  void writingAFileMayShowInMappingsOfIt() {
    assertThat(FakeCall.of("write", 3, HERE, 9).returning(9).effects())
        .containsExactly("output 3 10000+9", "file 3");
    assertThat(FakeCall.of("ftruncate", 3, 0).effects()).containsExactly("file 3");
    assertThat(FakeCall.of("fallocate", 3, 0).effects()).containsExactly("file 3");
  }

  @Test
  void sendingAFileMovesAnOffset() {
    assertThat(FakeCall.of("sendfile", 1, 3, HERE, 50).returning(40).effects())
        .containsExactly("written 10000+8", "relayed 1 40", "file 1");
    assertThat(FakeCall.of("copy_file_range", 3, HERE, 4, HERE + 8, 50).returning(40).effects())
        .containsExactly("written 10000+8", "written 10008+8", "relayed 4 40", "file 4");
    assertThat(FakeCall.of("splice", 3, 0, 1, 0, 50).returning(40).effects())
        .containsExactly("relayed 1 40", "file 1");
    assertThat(FakeCall.of("tee", 3, 1, 50).returning(40).effects())
        .containsExactly("relayed 1 40");
  }

  @Test
  void aHandleIsAsLongAsItSays() {
    FakeCall call = FakeCall.of("name_to_handle_at", 3, 0, HERE, HERE + 256).withInt(HERE, 12);
    assertThat(call.effects()).containsExactly("written 10000+20", "written 10100+8");
    assertThat(call.returning(-75).effects())
        .containsExactly("written 10000+20", "written 10100+8");
  }

  @Test
  void anAttributeIsBehindAStructure() {
    FakeCall call =
        FakeCall.of("getxattrat", 3, 0, 0, 0, HERE, 16).withWords(HERE, 0x12000, 100).returning(60);
    assertThat(call.effects()).containsExactly("written 12000+60");
    assertThat(call.returning(-61).effects()).isEmpty();
  }

  /** The kernel writes the answer, of zeros, although there is no child. */
  @Test
  void waitingForNobodyIsAnswered() {
    assertThat(FakeCall.of("waitid", 0, 0, HERE, 5, 0).returning(-10).effects())
        .containsExactly("written 10000+128");
  }

  @Test
  void pollingWritesItsEntriesEvenWhenInterrupted() {
    assertThat(FakeCall.of("poll", HERE, 3, -1).returning(EINTR).effects())
        .containsExactly("written 10000+24");
    assertThat(FakeCall.of("ppoll", HERE, 3, HERE + 64, 0, 8).returning(1).effects())
        .containsExactly("written 10000+24", "written 10040+16");
  }

  @Test
  void selectingWritesThreeSetsAndTheTimeLeft() {
    assertThat(
            FakeCall.of("pselect6", 70, HERE, HERE + 0x100, HERE + 0x200, HERE + 0x300, 0)
                .returning(2)
                .effects())
        .containsExactly(
            "written 10000+16", "written 10100+16", "written 10200+16", "written 10300+16");
    assertThat(FakeCall.of("select", 70, HERE, 0, 0, HERE + 0x300).returning(EINTR).effects())
        .containsExactly("written 10000+16", "written 10300+16");
  }

  @Test
  void readyDescriptorsAreAsManyAsTheResultSays() {
    assertThat(FakeCall.of("epoll_wait", 3, HERE, 64, -1).returning(2).effects())
        .containsExactly("written 10000+32");
  }

  @Test
  void sleepThatIsInterruptedSaysWhatIsLeft() {
    assertThat(FakeCall.of("nanosleep", 0, HERE).returning(EINTR).effects())
        .containsExactly("written 10000+16");
    assertThat(FakeCall.of("clock_nanosleep", 0, 0, 0, HERE).returning(EINTR).effects())
        .containsExactly("written 10000+16");
  }

  @Test
  void aDatagramComesWithItsSender() {
    FakeCall call =
        FakeCall.of("recvfrom", 3, HERE, 100, 0, HERE + 0x200, HERE + 0x300)
            .withInt(HERE + 0x300, 16)
            .returning(20);
    assertThat(call.effects())
        .containsExactly("written 10000+20", "written 10300+4", "written 10200+16");
  }

  @Test
  void anOptionOfASocketIsWrittenWithItsLength() {
    FakeCall call =
        FakeCall.of("getsockopt", 3, 1, 26, HERE, HERE + 0x100)
            .withInt(HERE + 0x100, 5)
            .returning(0);
    assertThat(call.refusal()).isEmpty();
    assertThat(call.effects()).containsExactly("written 10100+4", "written 10000+40");
    FakeCall other =
        FakeCall.of("getsockopt", 3, 1, 17, HERE, HERE + 0x100).withInt(HERE + 0x100, 12);
    assertThat(other.effects()).containsExactly("written 10100+4", "written 10000+12");
    assertThat(FakeCall.of("getsockopt", 3, 6, 35, HERE, HERE).refusal()).isPresent();
  }

  @Test
  void aMessageOfAQueueHasATypeInFront() {
    assertThat(FakeCall.of("msgrcv", 1, HERE, 100, 0, 0).returning(10).effects())
        .containsExactly("written 10000+18");
    assertThat(FakeCall.of("msgrcv", 1, HERE, 100, 0, 0).returning(-14).effects())
        .containsExactly("written 10000+108");
  }

  @Test
  void aWrongVersionOfCapabilitiesIsCorrected() {
    assertThat(FakeCall.of("capget", HERE, HERE + 64).returning(-22).effects())
        .containsExactly("written 10000+8", "written 10040+24");
    assertThat(FakeCall.of("capset", HERE, HERE + 64).returning(-22).effects())
        .containsExactly("written 10000+8");
  }

  @Test
  void securityModulesAreListedWithTheirSize() {
    FakeCall call = FakeCall.of("lsm_list_modules", HERE, HERE + 64, 0).withInt(HERE + 64, 24);
    assertThat(call.returning(3).effects()).containsExactly("written 10040+4", "written 10000+24");
  }
}
