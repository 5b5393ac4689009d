package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.linker.model.linux.MappingDetails;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingsTest {

  @Test
  void smapsSaysWhatMapsSays() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      int pid = process.tracee.pid();
      List<Mapping> mappings = Mappings.read(new ProcFiles(pid));
      List<MappedRange> ranges = MappedRange.ofProcess(pid);

      assertEquals(ranges.size(), mappings.size());
      for (int i = 0; i < ranges.size(); i++) {
        assertEquals(ranges.get(i).startVaddr(), mappings.get(i).startVaddr());
        assertEquals(ranges.get(i).endVaddr(), mappings.get(i).endVaddr());
        assertEquals(ranges.get(i).protection(), mappings.get(i).protection());
        assertEquals(ranges.get(i).offsetBytes(), mappings.get(i).offsetBytes());
        assertEquals(ranges.get(i).inode(), mappings.get(i).inode());
        assertEquals(ranges.get(i).name(), mappings.get(i).name());
      }
    }
  }

  @Test
  void theStackGrowsDownAndAdviceIsFound() throws Exception {
    try (HostProcess process = HostProcess.launch("/bin/true")) {
      long area = process.call(HostProcess.MMAP, 0, 1 << 16, 3, 0x4022, -1, 0);
      process.call(HostProcess.MADVISE, area, 1 << 16, 10); // MADV_DONTFORK
      List<Mapping> mappings = Mappings.read(new ProcFiles(process.tracee.pid()));

      Mapping stack =
          mappings.stream().filter(m -> m.name().equals("[stack]")).findFirst().orElseThrow();
      assertTrue(stack.flags().contains("gd"));
      assertEquals(0x122, MappingFlags.details(stack).flags());
      MappingDetails advised =
          MappingFlags.details(
              mappings.stream().filter(m -> m.startVaddr() == area).findFirst().orElseThrow());
      assertEquals(1 << 10, advised.adviceMask());
      assertEquals(0x4022, advised.flags());
    }
  }
}
