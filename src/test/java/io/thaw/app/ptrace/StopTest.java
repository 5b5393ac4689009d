package io.thaw.app.ptrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StopTest {

  @Test
  void anExitHasItsStatus() {
    assertEquals(new Stop.Exited(42), Stop.of(42 << 8));
  }

  @Test
  void aDeathHasItsSignal() {
    assertEquals(new Stop.Killed(9), Stop.of(9));
    assertEquals(new Stop.Killed(11), Stop.of(11 | 0x80));
  }

  @Test
  void aCallIsToldFromABreakpoint() {
    assertEquals(new Stop.AtCall(), Stop.of((5 | 0x80) << 8 | 0x7f));
    assertEquals(new Stop.AtSignal(5), Stop.of(5 << 8 | 0x7f));
  }

  @Test
  void eventsOfPtraceAreTold() {
    assertEquals(new Stop.AtFork(), Stop.of(2 << 16 | 5 << 8 | 0x7f));
    assertEquals(new Stop.AtExec(), Stop.of(4 << 16 | 5 << 8 | 0x7f));
    assertEquals(new Stop.InGroup(19), Stop.of(128 << 16 | 19 << 8 | 0x7f));
  }
}
