package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps real processes. */
class ProcessCaptureTest {

  private static final int PAGE = 4096;
  private static final long READ_WRITE = 3;
  private static final long SHARED = 1;
  private static final long PRIVATE = 2;
  private static final long ANONYMOUS = 0x20;
  private static final long NO_RESERVE = 0x4000;

  /** MADV_GUARD_INSTALL. */
  private static final long INSTALL_GUARDS = 102;

  @TempDir Path folder;

  private Checkpoint capture(HostProcess process) throws Exception {
    return ProcessCapture.capture(
        process.stopped(), List.of(), VdsoData.untouched(), folder.resolve("dump"));
  }

  @Test
  void aProgramThatWaitsIsDumpedByteForByteAndGoesOnAsIfNothingHadBeen() throws Exception {
    // A grandchild: Java would take the stops of a child.
    Process shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "exec 3<&0; "
                    + "/bin/sh -c 'echo ready; read line; echo \"got $line\"; exit 7' <&3 3<&- & "
                    + "echo $!; wait $!")
            .start();
    try (BufferedReader out = shell.inputReader();
        BufferedWriter in = shell.outputWriter()) {
      List<String> lines = Stream.of(out.readLine(), out.readLine()).sorted().toList();
      assertEquals("ready", lines.get(1));
      long pid = Long.parseLong(lines.get(0));
      waitUntilItSleeps(pid);
      try (HostProcess process = HostProcess.attach(pid)) {
        UserRegisters before = process.tracee.registers();
        String maps = process.maps();

        Checkpoint checkpoint = capture(process);

        assertEquals(before, process.tracee.registers());
        assertEquals(maps, process.maps());
        new DumpedMemory(checkpoint).assertIsThatOf(process);
        assertEquals("sh", checkpoint.identity().command());
        assertEquals(pid, checkpoint.identity().pid());
        assertWaitsInItsCall(process, checkpoint);
      }
      in.write("hello\n");
      in.flush();
      assertEquals("got hello", out.readLine());
      assertEquals(7, shell.waitFor());
    }
  }

  private static void waitUntilItSleeps(long pid) throws Exception {
    Path status = Path.of("/proc/" + pid + "/status");
    while (!Files.readString(status).contains("State:\tS")) {
      Thread.sleep(1);
    }
  }

  /** The call that it was in, which a dump has it make again. */
  private static void assertWaitsInItsCall(HostProcess process, Checkpoint checkpoint)
      throws Exception {
    if (checkpoint.leader().registers() instanceof X86Registers registers) {
      assertArrayEquals(new byte[] {0x0f, 0x05}, process.read(registers.rip(), 2));
      assertEquals(0, registers.general(X86Registers.GENERAL_NAMES.indexOf("rax")));
    } else {
      long pc = checkpoint.leader().registers().pc();
      assertArrayEquals(new byte[] {1, 0, 0, (byte) 0xd4}, process.read(pc, 4));
    }
  }

  @Test
  void memoryOfEveryKindIsInTheDump() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      long anonymous = process.call(HostProcess.MMAP, 0, 8 * PAGE, 3, PRIVATE | ANONYMOUS, -1, 0);
      process.fill(anonymous + 2 * PAGE, 3 * PAGE);
      long hidden = process.call(HostProcess.MMAP, 0, 2 * PAGE, 3, PRIVATE | ANONYMOUS, -1, 0);
      process.fill(hidden, PAGE);
      process.call(HostProcess.MPROTECT, hidden, 2 * PAGE, 0);
      long reserved =
          process.call(HostProcess.MMAP, 0, 1L << 38, 0, PRIVATE | ANONYMOUS | NO_RESERVE, -1, 0);
      process.call(HostProcess.MPROTECT, reserved + (1L << 37), PAGE, READ_WRITE);
      process.fill(reserved + (1L << 37), PAGE);
      long shared = process.call(HostProcess.MMAP, 0, 64 * PAGE, 3, SHARED | ANONYMOUS, -1, 0);
      process.fill(shared + 40 * PAGE, 2 * PAGE);

      DumpedMemory memory = new DumpedMemory(capture(process));

      for (long vaddr :
          List.of(
              anonymous + 2 * PAGE,
              anonymous + 4 * PAGE,
              anonymous + 5 * PAGE,
              hidden,
              reserved + (1L << 37),
              shared + 41 * PAGE,
              shared)) {
        assertArrayEquals(process.read(vaddr, PAGE), memory.page(vaddr), Long.toHexString(vaddr));
      }
      assertEquals(Protection.of(0), memory.vma(hidden).protection());
      assertEquals(Vma.Kind.SHARED_MEMORY, memory.vma(shared).kind());
      assertTrue(memory.vma(shared).shared());
    }
  }

  @Test
  void aMemfdIsOneObjectHoweverOftenItIsMapped() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      long name = process.tracee.registers().sp();
      long fd = process.call(HostProcess.MEMFD_CREATE, name, 0);
      process.call(HostProcess.FTRUNCATE, fd, 8 * PAGE);
      long first = process.call(HostProcess.MMAP, 0, 8 * PAGE, 3, SHARED, fd, 0);
      long second = process.call(HostProcess.MMAP, 0, 4 * PAGE, 3, SHARED, fd, 4 * PAGE);
      long own = process.call(HostProcess.MMAP, 0, 8 * PAGE, 3, PRIVATE, fd, 0);
      process.fill(first + 5 * PAGE, 2 * PAGE);
      process.fill(own + 5 * PAGE, PAGE);

      DumpedMemory memory = new DumpedMemory(capture(process));

      assertArrayEquals(memory.page(first + 5 * PAGE), memory.page(second + PAGE));
      for (long vaddr : List.of(first + 5 * PAGE, own + 5 * PAGE, own + 6 * PAGE, first)) {
        assertArrayEquals(process.read(vaddr, PAGE), memory.page(vaddr), Long.toHexString(vaddr));
      }
      assertEquals(
          memory.vma(first).backing().orElseThrow().objectId(),
          memory.vma(own).backing().orElseThrow().objectId());
      assertFalse(memory.vma(own).shared());
    }
  }

  @Test
  void guardPagesAreGuardRegions() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      long area = process.call(HostProcess.MMAP, 0, 8 * PAGE, 3, PRIVATE | ANONYMOUS, -1, 0);
      process.fill(area, 8 * PAGE);
      long result =
          process.calls.call(HostProcess.MADVISE, area + 2 * PAGE, 3 * PAGE, INSTALL_GUARDS);
      assumeTrue(result == 0, "this kernel has no MADV_GUARD_INSTALL");

      DumpedMemory memory = new DumpedMemory(capture(process));

      // Kernels from 6.13 on have guard pages, and from 6.15 on they tell.
      assumeTrue(
          memory.vma(area + 2 * PAGE).kind() == Vma.Kind.GUARD
              || !System.getProperty("os.version").matches("6\\.1[34].*"),
          "this kernel does not tell of guard pages");
      assertEquals(Vma.Kind.ANONYMOUS, memory.vma(area).kind());
      assertEquals(Vma.Kind.GUARD, memory.vma(area + 2 * PAGE).kind());
      assertEquals(area + 5 * PAGE, memory.vma(area + 2 * PAGE).endVaddr());
      assertArrayEquals(process.read(area + 5 * PAGE, PAGE), memory.page(area + 5 * PAGE));
    }
  }

  @Test
  void zeroPagesInPlaceOfTheKernelsAreTheKernelsInTheDump() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      List<VdsoData.Range> zeros = new ArrayList<>();
      List<VdsoData.Range> moved = new ArrayList<>();
      for (MappedRange range : MappedRange.ofProcess(process.tracee.pid())) {
        if (range.isVdsoData()) {
          long size = range.sizeBytes();
          long aside = process.call(HostProcess.MMAP, 0, size, 0, PRIVATE | ANONYMOUS, -1, 0);
          process.call(HostProcess.MREMAP, range.startVaddr(), size, size, 3, aside);
          process.call(
              HostProcess.MMAP, range.startVaddr(), size, 1, PRIVATE | ANONYMOUS | 0x10, -1, 0);
          zeros.add(new VdsoData.Range(range.startVaddr(), range.endVaddr()));
          moved.add(new VdsoData.Range(aside, aside + size));
        }
      }
      assertFalse(zeros.isEmpty());

      Checkpoint checkpoint =
          ProcessCapture.capture(
              process.stopped(), List.of(), new VdsoData(zeros, moved), folder.resolve("dump"));

      DumpedMemory memory = new DumpedMemory(checkpoint);
      for (VdsoData.Range range : zeros) {
        assertEquals(Vma.Kind.VVAR, memory.vma(range.startVaddr()).kind());
        assertEquals(Vma.Kind.VVAR, memory.vma(range.endVaddr() - 1).kind());
      }
      for (VdsoData.Range range : moved) {
        assertTrue(
            checkpoint.addressSpace().vmas().stream()
                .noneMatch(vma -> vma.contains(range.startVaddr())));
      }
      assertEquals(
          1,
          checkpoint.addressSpace().vmas().stream()
              .filter(vma -> vma.kind() == Vma.Kind.VVAR)
              .count(),
          "CRIU knows of one mapping alone");
    }
  }

  @Test
  void descriptorsOfEveryKindAreInTheDump() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      int copy = (int) process.call(HostProcess.DUP, 0);
      int event = (int) process.call(HostProcess.EVENTFD, 5, 02000000);
      int socket = (int) process.call(HostProcess.SOCKET, 1, 1, 0);
      long area = process.call(HostProcess.MMAP, 0, PAGE, 3, PRIVATE | ANONYMOUS, -1, 0);
      process.call(HostProcess.PIPE, area, 02000000);

      Checkpoint checkpoint = capture(process);

      assertEquals(
          process.links().keySet().stream().toList(),
          checkpoint.descriptors().stream().map(Descriptor::fd).toList());
      assertEquals(of(checkpoint, 0).openFileId(), of(checkpoint, copy).openFileId());
      assertEquals(Descriptor.Kind.OTHER, of(checkpoint, event).kind());
      assertEquals(Descriptor.Kind.SOCKET, of(checkpoint, socket).kind());
      Descriptor in = of(checkpoint, socket + 1);
      Descriptor out = of(checkpoint, socket + 2);
      assertEquals(Descriptor.Kind.PIPE, in.kind());
      assertFalse(in.writable());
      assertTrue(out.writable());
      var details = checkpoint.details().orElseThrow();
      assertEquals(
          details.descriptor(in.fd()).orElseThrow().pipeId(),
          details.descriptor(out.fd()).orElseThrow().pipeId());
      assertTrue(details.descriptor(in.fd()).orElseThrow().closeOnExec());
      assertFalse(details.descriptor(socket).orElseThrow().closeOnExec());
    }
  }

  private static Descriptor of(Checkpoint checkpoint, int fd) {
    return checkpoint.descriptors().stream().filter(d -> d.fd() == fd).findFirst().orElseThrow();
  }

  @Test
  void aProgramThatIsDeletedIsCopiedFromWhatIsMapped() throws Exception {
    Path program = Files.copy(Path.of("/bin/true"), folder.resolve("gone"));
    assertTrue(program.toFile().setExecutable(true));
    try (HostProcess process = HostProcess.launch(program.toString())) {
      byte[] bytes = Files.readAllBytes(program);
      Files.delete(program);
      assumeTrue(canFollowMappings(process), "only root can read what was mapped before");

      Checkpoint checkpoint = capture(process);

      Path copy = folder.resolve("dump/sysroot" + program);
      assertArrayEquals(bytes, Files.readAllBytes(copy));
      new DumpedMemory(checkpoint).assertIsThatOf(process);
    }
  }

  private static boolean canFollowMappings(HostProcess process) throws Exception {
    ProcFiles files = new ProcFiles(process.tracee.pid());
    return Mappings.read(files).stream()
        .filter(mapping -> mapping.inode() != 0)
        .allMatch(mapping -> files.readable(mapping.linkName()).isPresent());
  }

  @Test
  void aProgramThatIsDeletedAndAnotherIsInItsPlaceIsNeverDumpedAsThatOne() throws Exception {
    Path program = Files.copy(Path.of("/bin/true"), folder.resolve("replaced"));
    assertTrue(program.toFile().setExecutable(true));
    try (HostProcess process = HostProcess.launch(program.toString())) {
      byte[] bytes = Files.readAllBytes(program);
      Files.delete(program);
      Files.copy(Path.of("/bin/false"), program);
      if (canFollowMappings(process)) {
        capture(process);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("dump/sysroot" + program)));
      } else {
        assertThrows(InvalidInputException.class, () -> capture(process));
      }
    }
  }

  @Test
  void aZombieIsRefused() throws Exception {
    Process parent = new ProcessBuilder("/bin/sh", "-c", "/bin/true & exec sleep 60").start();
    try {
      long zombie = zombieOf(parent);
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> ProcessCheck.check(new ProcFiles((int) zombie)));
      assertTrue(e.getMessage().contains("Z (zombie)"), e.getMessage());
    } finally {
      parent.destroyForcibly();
    }
  }

  private static long zombieOf(Process parent) throws Exception {
    while (true) {
      for (ProcessHandle child : parent.children().toList()) {
        Path status = Path.of("/proc/" + child.pid() + "/status");
        if (Files.readString(status).contains("State:\tZ")) {
          return child.pid();
        }
      }
      Thread.sleep(1);
    }
  }

  @Test
  void aDumpThatIsThereIsNotWrittenOver() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      capture(process);
      assertThrows(FileAlreadyExistsException.class, () -> capture(process));
    }
  }
}
