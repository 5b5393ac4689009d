package io.thaw.linker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Assembly of AArch64, and what is said of everything else. */
class HookAssemblerTest {

  private final HookAssembler assembler = new HookAssembler(Optional.empty());

  private String hex(String source) throws Exception {
    return HexFormat.of().formatHex(assembler.assemble(Architecture.AARCH64, source).toArray());
  }

  @Test
  void aReturnStandsBehindWhatIsWritten() throws Exception {
    assertThat(hex("")).isEqualTo("c0035fd6");
    assertThat(hex("mov x0, #1 // the first")).isEqualTo("200080d2c0035fd6");
    assertThat(hex("smc #0\nmsr s3_3_c9_c12_0, x0")).isEqualTo("030000d400" + "9c1bd5c0035fd6");
  }

  @Test
  void literalsStandBehindTheReturn() throws Exception {
    assertThat(hex("ldr x9, =0xffffff8009000000"))
        .isEqualTo("49000058c0035fd6" + "00000009" + "80ffffff");
  }

  @Test
  void jumpsGoForwardsAndBackwards() throws Exception {
    assertThat(hex("cbz x0, out\nagain:\nsub x0, x0, #1\ncbnz x0, again\nout:"))
        .isEqualTo("600000b4000400d1e0ffffb5c0035fd6");
  }

  @ParameterizedTest
  @CsvSource({
    "'nop\nfrob x0\nnop', 'line 2, ''frob x0'': Invalid mnemonic'",
    "'b later\n\n  mov x0, [x1]\nlater:', 'line 3, ''mov x0, [x1]'': Invalid operand'",
    "'nop\nb nowhere', 'line 2, ''b nowhere'': Cannot find a symbol'",
    "'nop\n/* no end', 'line 2, ''/* no end'''",
    "'nop\n.end\nnop\nnop', 'line 2, ''.end'': nothing from here on is assembled'",
    "'nop\n.frob 3', 'line 2, ''.frob 3'''",
  })
  void theLineThatIsWrongIsNamed(String source, String message) {
    assertThatThrownBy(() -> assembler.assemble(Architecture.AARCH64, source))
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTextThatCrashesTheAssemblerIsRefused() {
    assertThatThrownBy(() -> assembler.assemble(Architecture.AARCH64, ".section .data\nnop"))
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining("keystone crashed at it");
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> assembler.assemble(Architecture.AARCH64, "nop\n".repeat(1 << 15)))
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining("131072 characters");
  }

  @ParameterizedTest
  @EnumSource(names = "AARCH64", mode = EnumSource.Mode.EXCLUDE)
  void otherArchitecturesTakeALibraryOfTheUsersOwn(Architecture architecture) throws Exception {
    assertThat(assembler.supports(architecture)).isFalse();
    assertThatThrownBy(() -> assembler.assemble(architecture, "nop"))
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining(
            "assembly of " + architecture.label() + ", which Thaw's keystone does not know")
        .hasMessageContaining("'object' with an ELF object file, or THAW_KEYSTONE");
  }

  @Test
  void aLibraryThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("libkeystone.so");
    Files.writeString(file, "no library");
    HookAssembler other = new HookAssembler(Optional.of(file.toString()));
    assertThat(other.supports(Architecture.AARCH64)).isFalse();
    assertThatThrownBy(() -> other.assemble(Architecture.AARCH64, "nop"))
        .isInstanceOf(AssemblyException.class)
        .hasMessageContaining("the keystone '" + file + "', which cannot be loaded");
  }

  @Test
  void theKeystoneThatComesWithThawKnowsAArch64() throws Exception {
    assertThat(assembler.supports(Architecture.AARCH64)).isTrue();
  }
}
