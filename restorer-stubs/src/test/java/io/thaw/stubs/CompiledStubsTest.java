package io.thaw.stubs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledStubsTest {

  /** {@code X(name, ...)} of the lists in the header. */
  private static final Pattern LISTED = Pattern.compile("\\bX\\((\\w+), (?!words)");

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64", "riscv64"})
  void theLayoutHasEveryFieldAndNumberOfTheHeader(String architecture) throws IOException {
    String header = Files.readString(Path.of("common", "boot_block.h"));
    Set<String> listed = new HashSet<>();
    Matcher matcher = LISTED.matcher(header);
    while (matcher.find()) {
      listed.add(matcher.group(1));
    }
    Set<String> compiled = new HashSet<>();
    for (String name : CompiledStubs.stub(architecture).layout().entries().keySet()) {
      compiled.add(name.substring(name.indexOf('.') + 1));
    }

    assertThat(listed).contains("magic", "vma_count", "VERDICT_EXITED");
    assertThat(compiled).containsAll(listed);
  }

  @Test
  void allArchitecturesHaveTheSameLayout() {
    assertThat(CompiledStubs.stub("x86_64").layout())
        .isEqualTo(CompiledStubs.stub("aarch64").layout())
        .isEqualTo(CompiledStubs.stub("riscv64").layout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64", "riscv64"})
  void theStubBeginsWithTheBootPageAndIsSmall(String architecture) {
    CompiledStub stub = CompiledStubs.stub(architecture);

    assertThat(stub.vaddr()).isEqualTo(0xffffffff80000000L);
    assertThat(stub.symbol("thaw_boot_block")).isGreaterThan(stub.vaddr() + 4096);
    assertThat(stub.sizeBytes()).isBetween(8192, 64 << 10);
  }

  @Test
  void onlyTheBootPageIsFixedUp() {
    assertThat(CompiledStubs.stub("x86_64").fixups())
        .isNotEmpty()
        .allMatch(offset -> offset >= 0 && offset < CompiledStub.BOOT_PAGE_SIZE_BYTES);
    assertThat(CompiledStubs.stub("aarch64").fixups()).isEmpty();
    assertThat(CompiledStubs.stub("riscv64").fixups()).isEmpty();
  }

  /** Cores and boot ROMs of RISC-V jump to the bottom of RAM, wherever the ELF's entry is. */
  @Test
  void onRiscv64TheFirstBytesAreTheFirstInstruction() {
    CompiledStub stub = CompiledStubs.stub("riscv64");

    assertThat(stub.offset("restore_rv64gc")).isZero();
    assertThat(stub.symbol("trap_vector") % 4096).as("LUI alone makes this address").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void thePluginIsASharedLibrary(String host) {
    byte[] plugin = CompiledStubs.tcgPlugin(host);

    assertThat(plugin).startsWith(0x7f, 'E', 'L', 'F');
    assertThat(plugin[16]).as("e_type, ET_DYN").isEqualTo((byte) 3);
  }
}
