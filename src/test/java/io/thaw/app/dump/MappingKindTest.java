package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingKindTest {

  private static Mapping mapping(String name, long inode, String... flags) {
    return new Mapping(
        0x1000,
        0x3000,
        Protection.of(3),
        /* shared= */ true,
        0,
        "00:01",
        inode,
        name,
        0,
        0,
        Set.of(flags));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, ANONYMOUS",
    "[heap], 0, ANONYMOUS",
    "[anon: mine], 0, ANONYMOUS",
    "/dev/zero, 5, ANONYMOUS",
    "/dev/zero (deleted), 6, SHARED_MEMORY",
    "/memfd:mine (deleted), 7, SHARED_MEMORY",
    "/SYSV00000000 (deleted), 8, SHARED_MEMORY",
    "[anon_shmem:mine], 9, SHARED_MEMORY",
    "/dev/shm/mine, 10, FILE",
    "/usr/bin/true, 11, FILE",
    "[vdso], 0, VDSO",
    "[vvar], 0, VVAR",
    "[vvar_vclock], 0, VVAR",
  })
  void itsNameSaysWhatIsMapped(String name, long inode, Vma.Kind kind) throws Exception {
    assertEquals(kind, MappingKind.of(new ProcFiles(1), mapping(name, inode, "rd")));
  }

  @ParameterizedTest
  @CsvSource({
    "/anon_hugepage (deleted), ht, huge pages of hugetlbfs",
    "/dev/fb0, io, memory of a device (/dev/fb0)",
    "/dev/dri/card0, pf, memory of a device (/dev/dri/card0)",
    "'', ss, a shadow stack",
    "'', um, memory of userfaultfd",
    "/[aio] (deleted), rd, a ring of asynchronous input and output",
    "anon_inode:[io_uring], rd, memory of a kernel object (anon_inode:[io_uring])",
    "anon_inode:[perf_event], rd, memory of a kernel object (anon_inode:[perf_event])",
    "socket:[17], rd, memory of a socket (socket:[17])",
    "/secretmem (deleted), rd, secret memory",
    "[uprobes], rd, a page of uprobes",
  })
  void whatCannotBeDumpedIsRefusedByName(String name, String flag, String reason) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> MappingKind.of(new ProcFiles(1), mapping(name, 5, flag)));

    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().contains("mapping at 0x1000"), e.getMessage());
  }

  @Test
  void theKernelsOwnPagesAreNoDeviceAlthoughTheyLookLikeOne() throws Exception {
    assertEquals(Vma.Kind.VVAR, MappingKind.of(new ProcFiles(1), mapping("[vvar]", 0, "io", "pf")));
  }
}
