package io.thaw.app.ptrace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.linker.model.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A real process under ptrace. Each test stays on one thread, as the kernel wants it. */
class TraceeTest {

  private static final Architecture HOST =
      System.getProperty("os.arch").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;

  private static final long GETPID = HOST == Architecture.X86_64 ? 39 : 172;

  private static Tracee launch(String... command) throws Exception {
    return Tracee.launch(List.of(command), Map.of("PATH", "/usr/bin:/bin"), HOST);
  }

  private static void end(Tracee tracee) throws Exception {
    tracee.kill(Signals.SIGKILL);
    for (Stop stop = tracee.await(); !stop.isOver(); stop = tracee.await()) {
      tracee.resume(Resumption.CONTINUE, 0);
    }
    tracee.close();
  }

  @Test
  void aProgramStopsBeforeItsFirstInstruction() throws Exception {
    Tracee tracee = launch("/bin/true");

    long pc = tracee.registers().pc();

    assertTrue(
        MappedRange.ofProcess(tracee.pid()).stream()
            .anyMatch(range -> range.startVaddr() <= pc && pc < range.endVaddr()));
    tracee.resume(Resumption.CONTINUE, 0);
    assertEquals(new Stop.Exited(0), tracee.await());
    tracee.close();
  }

  @Test
  void aProgramThatIsNotThereIsRefused() {
    ProgramNotStartedException e =
        assertThrows(ProgramNotStartedException.class, () -> launch("/no/such/program"));

    assertTrue(e.getMessage().startsWith("/no/such/program: could not be started"));
  }

  @Test
  void aCallIsExecutedInsideAndLeavesRegistersAndMemoryAsTheyWere() throws Exception {
    Tracee tracee = launch("/bin/true");
    MappedRange vdso =
        MappedRange.ofProcess(tracee.pid()).stream()
            .filter(range -> range.name().equals("[vdso]"))
            .findFirst()
            .orElseThrow();
    UserRegisters before = tracee.registers();
    ByteBuffer code = ByteBuffer.allocate(64);
    tracee.read(before.pc(), code);

    RemoteCalls calls = RemoteCalls.in(tracee, vdso.startVaddr(), vdso.endVaddr());

    assertEquals(tracee.pid(), calls.call(GETPID));
    assertEquals(before, tracee.registers());
    ByteBuffer codeAfter = ByteBuffer.allocate(64);
    tracee.read(before.pc(), codeAfter);
    assertArrayEquals(code.array(), codeAfter.array());
    end(tracee);
  }

  @Test
  void memoryThatIsNotThereIsReadAsFarAsItGoes() throws Exception {
    Tracee tracee = launch("/bin/true");
    MappedRange stack =
        MappedRange.ofProcess(tracee.pid()).stream()
            .filter(range -> range.name().equals("[stack]"))
            .findFirst()
            .orElseThrow();

    assertEquals(100, tracee.read(stack.endVaddr() - 100, ByteBuffer.allocate(4096)));
    assertEquals(0, tracee.read(8, ByteBuffer.allocate(8)));
    assertEquals(0, tracee.read(-8, ByteBuffer.allocate(8)));
    end(tracee);
  }

  @Test
  void aCallThatIsRewoundIsMadeAgain() throws Exception {
    Path file = Files.createTempFile("thaw", ".txt");
    Tracee tracee = launch("/bin/sh", "-c", "echo once > " + file);
    while (true) {
      tracee.resume(Resumption.TO_CALL, 0);
      Stop stop = tracee.await();
      assertInstanceOf(Stop.AtCall.class, stop);
      if (tracee.isEnteringCall() && isWrite(tracee.registers())) {
        break;
      }
    }

    CallControl.rewind(tracee);
    tracee.detach(0);

    assertEquals(new Stop.Exited(0), tracee.await());
    assertEquals("once\n", Files.readString(file));
    Files.delete(file);
  }

  private static boolean isWrite(UserRegisters registers) {
    return registers.callNumber() == (HOST == Architecture.X86_64 ? 1 : 64);
  }

  @Test
  void aBreakpointStopsAtItsAddress() throws Exception {
    Tracee tracee = launch("/bin/true");
    long pc = tracee.registers().pc();
    long entry =
        ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/" + tracee.pid() + "/auxv")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer()
            .get(entryIndex(tracee.pid()));
    assertTrue(pc != entry);

    Breakpoint.set(tracee, entry);
    tracee.resume(Resumption.CONTINUE, 0);

    assertEquals(new Stop.AtSignal(Signals.SIGTRAP), tracee.await());
    assertEquals(entry, tracee.registers().pc());
    Breakpoint.clear(tracee);
    tracee.resume(Resumption.CONTINUE, 0);
    assertEquals(new Stop.Exited(0), tracee.await());
    tracee.close();
  }

  private static int entryIndex(int pid) throws Exception {
    var words =
        ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/" + pid + "/auxv")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer();
    int index = 0;
    while (words.get(index) != 9) {
      index += 2;
    }
    return index + 1;
  }
}
