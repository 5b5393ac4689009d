package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that are whole as files, but say what cannot be or what no image can have. */
class DamagedDumpTest {

  private static final long AREA = 0x10000000;
  private static final int PAGE = 4096;

  @TempDir Path scratch;

  @Test
  void mappings_that_overlap() throws Exception {
    TestDump dump = TestDump.x86().area(TestAreas.anonymous(AREA, AREA + 3 * PAGE));
    dump.area(TestAreas.anonymous(AREA + 2 * PAGE, AREA + 4 * PAGE));

    assertRefused(dump, "mm-157.img", "0x10002000", "0x10000000 to 0x10003000", "do not overlap");
  }

  @ParameterizedTest
  @CsvSource({
    "0x10000001, 0x10001000",
    "0x10000000, 0x10000800",
    "0x10001000, 0x10000000",
    "0x10000000, 0x10000000",
    "0x7fffffffe000, 0x800000000000",
    "-4096, 0"
  })
  void mappings_that_are_no_range_of_pages(String start, String end) throws Exception {
    TestDump dump = TestDump.x86().area(TestAreas.anonymous(Long.decode(start), Long.decode(end)));

    assertRefused(dump, "mm-157.img", "vma_entry 2", "multiples of 0x1000");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -4096, 0x7ffffffffffff000L})
  void offsets_into_a_file_or_shared_memory_that_cannot_be(long offset) throws Exception {
    TestDump dump = TestDump.x86().mappedFile(3, "/opt/lib", new byte[] {1});
    dump.area(TestAreas.file(AREA, AREA + PAGE, 3, offset));
    int shared = TestAreas.ANON_SHARED;
    dump.area(TestAreas.shared(2 * AREA, 2 * AREA + PAGE, shared, 9, offset));
    dump.addPages("shmem-9").stored(0, 1);

    InvalidInputException refusal = refusal(dump);

    assertThat(refusal.problems())
        .extracting(Problem::record)
        .containsExactly("vma_entry 2", "vma_entry 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {TestAreas.FILE_PRIVATE, TestAreas.MEMFD})
  void a_mapping_of_a_file_that_the_dump_does_not_have(int status) throws Exception {
    TestDump dump = TestDump.x86();
    dump.area(TestAreas.shared(AREA, AREA + PAGE, status, 77, 0));

    assertRefused(dump, "mm-157.img", "vma_entry 2", "file 77", "files.img");
  }

  @Test
  void all_mappings_that_are_wrong_are_listed_at_once() throws Exception {
    TestDump dump = TestDump.x86();
    MappedArea ring = TestAreas.area(2 * AREA, 2 * AREA + PAGE, 1 << 13);
    dump.area(TestAreas.anonymous(AREA, AREA + 1)).area(ring);

    assertThat(refusal(dump).problems()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4095, 8192})
  void a_pages_file_of_another_size_than_the_page_map_counts(int sizeBytes) throws Exception {
    TestDump dump = TestDump.x86();
    dump.others.put("pages-1.img", new byte[sizeBytes]);

    assertRefused(dump, "pages-1.img", sizeBytes + " bytes", "4096 bytes", "pagemap-157.img");
  }

  @Test
  void a_page_map_out_of_order() throws Exception {
    TestDump dump = TestDump.x86();
    dump.memory().stored(TestDump.CODE - PAGE, 1);

    assertRefused(dump, "pagemap-157.img", "pagemap_entry 1", "vaddr 0x3ff000", "from 0x401000");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 51, Long.MIN_VALUE})
  void an_impossible_number_of_pages(long count) throws Exception {
    TestDump dump = TestDump.x86();
    dump.memory().entry(TestDump.STACK, count, TestPages.PRESENT);

    assertRefused(dump, "pagemap-157.img", "pagemap_entry 1", "pages", "at least 1");
  }

  @ParameterizedTest
  @CsvSource({"0x3ff000, 1", "0x401000, 1", "0x10000000, 1", "0x7ffd00002000, 1"})
  void a_page_outside_of_every_mapping(String vaddr, int count) throws Exception {
    TestDump dump = TestDump.x86();
    long start = Long.decode(vaddr);
    TestPages pages = dump.addPages("157");
    if (start < TestDump.CODE) {
      pages.stored(start, 1).stored(TestDump.CODE, 1);
    } else {
      pages.stored(TestDump.CODE, 1).entry(start, count, 0);
    }

    assertRefused(dump, "pagemap-157.img", "page " + vaddr, "outside of every mapping");
  }

  @Test
  void a_run_of_pages_over_a_gap_between_mappings() throws Exception {
    TestDump dump = TestDump.x86();
    dump.area(TestAreas.anonymous(TestDump.CODE + 2 * PAGE, TestDump.CODE + 3 * PAGE));
    dump.addPages("157").stored(TestDump.CODE, 1, 2, 3);

    assertRefused(dump, "pagemap-157.img", "page 0x401000", "outside of every mapping");
  }

  @Test
  void a_parent_that_is_absent() throws Exception {
    TestDump dump = TestDump.x86();
    dump.addPages("157").entry(TestDump.CODE, 1, TestPages.PARENT);

    assertRefused(dump, "pagemap-157.img", "pagemap_entry 0", "no folder parent");
  }

  @Test
  void a_parent_that_does_not_have_the_page() throws Exception {
    TestDump.x86().write(scratch.resolve("1"));
    TestDump dump = TestDump.x86();
    dump.memory().entry(TestDump.STACK, 1, TestPages.PARENT);
    dump.links.put("parent", "../1");

    assertRefused(dump, "pagemap-157.img", "pagemap_entry 1", "page 0x7ffd00000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "../2", "parent"})
  void a_parent_that_is_the_dump_itself(String target) throws Exception {
    TestDump dump = TestDump.x86();
    dump.addPages("157").entry(TestDump.CODE, 1, TestPages.PARENT);
    dump.links.put("parent", target);

    assertThat(refusal(dump)).isNotNull();
  }

  @Test
  void a_parent_whose_parent_is_its_child() throws Exception {
    TestDump parent = TestDump.x86();
    parent.addPages("157").entry(TestDump.CODE, 1, TestPages.PARENT);
    parent.links.put("parent", "../2");
    parent.write(scratch.resolve("1"));
    TestDump dump = TestDump.x86();
    dump.addPages("157").entry(TestDump.CODE, 1, TestPages.PARENT);
    dump.links.put("parent", "../1");

    assertRefused(dump, "pagemap-157.img", "parent", "comes back here");
  }

  @Test
  void mapped_files_that_are_absent_or_others_are_listed_at_once() throws Exception {
    TestDump dump = TestDump.x86();
    dump.regularFile(TestDump.regular("/opt/absent", 5).build(), 3);
    dump.mappedFile(4, "/opt/longer", new byte[] {1, 2, 3});
    dump.others.put("sysroot/opt/longer", new byte[] {1, 2, 3, 4});
    dump.regularFile(TestDump.regular("/opt/other", 2).addBuildId(0x04030201).build(), 5);
    dump.others.put("sysroot/opt/other", new byte[] {1, 2});
    for (int id = 3; id <= 5; id++) {
      dump.area(TestAreas.file(AREA * id, AREA * id + PAGE, id, 0));
    }

    List<Problem> problems = refusal(dump).problems();

    assertThat(problems).hasSize(3);
    assertThat(problems.get(0).toString()).contains("opt/absent", "no such file");
    assertThat(problems.get(1).toString()).contains("opt/longer", "4 bytes", "3 bytes");
    assertThat(problems.get(2).toString()).contains("opt/other", "build id", "01020304");
  }

  @ParameterizedTest
  @CsvSource({"2, arm", "4, ppc64", "5, s390", "7, loongarch64", "99, 99"})
  void an_architecture_that_is_not_supported_is_named(int machine, String name) throws Exception {
    TestDump dump = TestDump.x86();
    dump.core.setMachine(machine).clearX86();

    assertRefused(dump, "core-157.img", "mtype", name, "x86-64, aarch64 or riscv64");
  }

  @Test
  void registers_of_another_architecture_than_the_core_says() throws Exception {
    TestDump dump = TestDump.x86();
    dump.core.setMachine(TestCores.AARCH64);

    assertRefused(dump, "core-157.img", "ti_aarch64", "registers of AArch64");

    dump.core.setMachine(TestCores.RISCV64);

    assertRefused(dump, "core-157.img", "ti_riscv64", "registers of riscv64");
  }

  @Test
  void a_32_bit_program() throws Exception {
    TestDump dump = TestDump.x86();
    dump.core.getX86Builder().getGeneralBuilder().setMode(2);

    assertRefused(dump, "core-157.img", "gpregs", "a 32-bit program", "a 64-bit program");
  }

  @ParameterizedTest
  @CsvSource({"2, dead", "6, zombie", "77, 77"})
  void a_task_that_does_not_live(int state, String words) throws Exception {
    TestDump dump = TestDump.x86();
    // CRIU writes no registers and no thread of it.
    dump.core.clearX86().clearThread().getTaskBuilder().setState(state);

    assertRefused(dump, "core-157.img", "tc", words, "a live process");
  }

  @Test
  void an_auxiliary_vector_without_a_page_size() throws Exception {
    TestDump dump = TestDump.x86();
    dump.mm.clearSavedAuxv();

    assertRefused(dump, "mm-157.img", "mm_saved_auxv", "no AT_PAGESZ", "4096 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4095, 2048, 131072, -4096, 1L << 40})
  void a_page_size_that_no_kernel_has(long sizeBytes) throws Exception {
    TestDump dump = TestDump.aarch64(4096);
    dump.mm.setSavedAuxv(1, sizeBytes);

    assertRefused(dump, "mm-157.img", "AT_PAGESZ", "65536 bytes");
  }

  @Test
  void a_page_size_that_riscv64_does_not_have() throws Exception {
    TestDump dump = TestDump.riscv64();
    dump.mm.setSavedAuxv(1, 65536);

    assertRefused(dump, "mm-157.img", "AT_PAGESZ", "4096 bytes");
  }

  @Test
  void too_few_vector_registers() throws Exception {
    TestDump x86 = TestDump.x86();
    x86.core.getX86Builder().getFloatingBuilder().clearXmm();
    TestDump aarch64 = TestDump.aarch64(4096);
    aarch64.core.getAarch64Builder().getFloatingBuilder().clearV();
    TestDump riscv64 = TestDump.riscv64();
    riscv64.core.getRiscv64Builder().getFloatingBuilder().addF(0);

    assertRefused(x86, "core-157.img", "xmm_space", "0 words", "64 words");
    assertRefused(aarch64, "core-157.img", "fpsimd", "0 registers", "64 registers");
    assertRefused(riscv64, "core-157.img", "fpsimd", "33 registers", "32 registers");
  }

  @Test
  void a_folder_without_a_dump() throws Exception {
    Files.createDirectories(scratch.resolve("empty"));

    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> TestDump.read(scratch.resolve("empty"), CriuReader.Options.defaults()));

    assertThat(refusal).hasMessageContaining("pstree.img").hasMessageContaining("one CRIU dump");
  }

  private InvalidInputException refusal(TestDump dump) throws IOException {
    Path second = scratch.resolve("2");
    Path written = dump.write(Files.exists(second) ? scratch.resolve("3") : second);
    return catchThrowableOfType(
        InvalidInputException.class, () -> TestDump.read(written, CriuReader.Options.defaults()));
  }

  private void assertRefused(TestDump dump, String file, String... parts) throws IOException {
    InvalidInputException refusal = refusal(dump);
    assertThat(refusal).isNotNull();
    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal.problems().get(0).file()).endsWith(file);
    assertThat(refusal).message().contains(parts).contains("found", "acceptable");
  }
}
