package io.thaw.app.ptrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.linker.model.Protection;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappedRangeTest {

  @Test
  void aLineOfMapsIsRead() {
    MappedRange range =
        MappedRange.parse(
            "7f1974d05000-7f1974e24000 r-xp 00028000 fe:00 1835084                    /lib/a b.so");

    assertEquals(0x7f1974d05000L, range.startVaddr());
    assertEquals(0x7f1974e24000L, range.endVaddr());
    assertEquals(new Protection(true, false, true), range.protection());
    assertFalse(range.shared());
    assertEquals(0x28000, range.offsetBytes());
    assertEquals("fe:00", range.device());
    assertEquals(1835084, range.inode());
    assertEquals("/lib/a b.so", range.name());
  }

  @Test
  void aLineWithoutANameIsRead() {
    MappedRange range = MappedRange.parse("7f0000000000-7f0000001000 rw-s 00000000 00:01 7 ");

    assertTrue(range.shared());
    assertEquals("", range.name());
  }

  @Test
  void thisProcessHasAStackAndNoVsyscall() throws Exception {
    List<MappedRange> ranges = MappedRange.ofProcess((int) ProcessHandle.current().pid());

    assertTrue(ranges.stream().anyMatch(range -> range.name().equals("[vdso]")));
    assertTrue(ranges.stream().noneMatch(range -> range.name().equals("[vsyscall]")));
    assertTrue(ranges.stream().anyMatch(MappedRange::isVdsoData));
  }
}
