package io.thaw.linker.criu.write;

import io.thaw.linker.criu.VmaStatus;
import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.linux.MappingDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.ProgramLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes {@code mm-PID.img}. */
final class MemoryEncoder {

  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_GROWSDOWN = 0x100;
  private static final int O_RDWR = 2;
  private static final int NO_FD = -1;

  private final Checkpoint checkpoint;
  private final AddressSpace memory;
  private final ProcessDetails details;
  private final FileTable files;
  private final Map<Integer, Long> sharedMemorySizes = new HashMap<>();

  MemoryEncoder(Checkpoint checkpoint, ProcessDetails details, FileTable files) {
    this.checkpoint = checkpoint;
    this.memory = checkpoint.addressSpace();
    this.details = details;
    this.files = files;
  }

  Mm encode() {
    for (Vma vma : memory.vmas()) {
      if (vma.kind() == Vma.Kind.SHARED_MEMORY) {
        long endBytes = vma.backing().orElseThrow().offsetBytes() + vma.sizeBytes();
        sharedMemorySizes.merge(SharedMemoryPages.number(vma), endBytes, Math::max);
      }
    }
    ProgramLayout layout = details.layout();
    Mm.Builder mm =
        Mm.newBuilder()
            .setStartCode(layout.codeStartVaddr())
            .setEndCode(layout.codeEndVaddr())
            .setStartData(layout.dataStartVaddr())
            .setEndData(layout.dataEndVaddr())
            .setStartStack(memory.stackStartVaddr())
            .setStartBrk(memory.brkStartVaddr())
            .setBrk(memory.brkVaddr())
            .setStartArguments(layout.argumentsStartVaddr())
            .setEndArguments(layout.argumentsEndVaddr())
            .setStartEnvironment(layout.environmentStartVaddr())
            .setEndEnvironment(layout.environmentEndVaddr())
            .setProgram(files.idOf(details.program()))
            .setDumpable(details.task().dumpable())
            .setHugePagesDisabled(details.task().hugePagesDisabled());
    mm.addAllSavedAuxv(AuxvEncoder.encode(checkpoint.architecture(), checkpoint.auxv()));
    memory.vmas().forEach(vma -> mm.addVmas(area(vma)));
    return mm.build();
  }

  private MappedArea area(Vma vma) {
    Optional<MappingDetails> more = details.mapping(vma.startVaddr());
    MappedArea.Builder area =
        MappedArea.newBuilder()
            .setStart(vma.startVaddr())
            .setEnd(vma.endVaddr())
            .setOffset(0)
            .setObject(0)
            .setProtection(vma.protection().bits())
            .setFlags(flags(vma, more))
            .setStatus(status(vma))
            .setFd(NO_FD);
    more.filter(d -> d.adviceMask() != 0).ifPresent(d -> area.setAdvice(d.adviceMask()));
    switch (vma.kind()) {
      case FILE -> {
        Vma.Backing backing = vma.backing().orElseThrow();
        area.setOffset(backing.offsetBytes())
            .setObject(files.idOf(backing.name()))
            .setOpenFlags(openFlags(vma, more));
      }
      case SHARED_MEMORY -> {
        int number = SharedMemoryPages.number(vma);
        int openFlags = openFlags(vma, more);
        area.setOffset(vma.backing().orElseThrow().offsetBytes())
            .setObject(files.idOf(number, openFlags, sharedMemorySizes.get(number)))
            .setOpenFlags(openFlags);
      }
      case ANONYMOUS, VDSO, VVAR, GUARD -> {}
    }
    return area.build();
  }

  private static boolean hasObject(Vma vma) {
    return vma.kind() == Vma.Kind.FILE || vma.kind() == Vma.Kind.SHARED_MEMORY;
  }

  private static int openFlags(Vma vma, Optional<MappingDetails> more) {
    return more.map(MappingDetails::openFlags)
        .orElse(vma.shared() && vma.protection().write() ? O_RDWR : 0);
  }

  /** What is known of a mapping adds to what its kind says, and never contradicts it. */
  private static int flags(Vma vma, Optional<MappingDetails> more) {
    int own = MAP_SHARED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN;
    return (vma.shared() && hasObject(vma) ? MAP_SHARED : MAP_PRIVATE)
        | (hasObject(vma) ? 0 : MAP_ANONYMOUS)
        | (vma.growsDown() ? MAP_GROWSDOWN : 0)
        | (more.map(MappingDetails::flags).orElse(0) & ~own);
  }

  private int status(Vma vma) {
    int mapped = vma.shared() ? VmaStatus.FILE_SHARED : VmaStatus.FILE_PRIVATE;
    return VmaStatus.REGULAR
        | switch (vma.kind()) {
          case ANONYMOUS -> VmaStatus.ANON_PRIVATE | (isHeap(vma) ? VmaStatus.HEAP : 0);
          case FILE -> mapped;
          case SHARED_MEMORY -> VmaStatus.MEMFD | mapped;
          case VDSO -> VmaStatus.ANON_PRIVATE | VmaStatus.VDSO;
          case VVAR -> VmaStatus.ANON_PRIVATE | VmaStatus.VVAR;
          case GUARD -> VmaStatus.ANON_PRIVATE | VmaStatus.GUARD;
        };
  }

  private boolean isHeap(Vma vma) {
    return vma.startVaddr() < memory.brkVaddr() && vma.endVaddr() > memory.brkStartVaddr();
  }
}
