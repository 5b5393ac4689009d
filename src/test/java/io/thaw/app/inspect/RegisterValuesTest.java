package io.thaw.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterValuesTest {

  @Test
  void everyRegisterOfX86IsNamed() {
    Map<String, String> values = RegisterValues.of(SampleCheckpoints.x86(/* hasXsave= */ true));

    assertThat(values)
        .containsEntry("rip", "0x401234")
        .containsEntry("r15", "0x100")
        .containsEntry("rsp", "0x10f")
        .containsEntry("rflags", "0x246")
        .containsEntry("fs_base", "0x7f0000001000")
        .containsEntry("gs_base", "0x0")
        .containsEntry("fcw", "0x100")
        .containsEntry("ftw", "0x4")
        .containsEntry("mxcsr", "0x1b1a1918")
        .containsEntry("st0", "0x29282726252423222120")
        .containsEntry("pkru", "0x55555554")
        .containsEntry("ymm0", "0x8f8e8d8c8b8a89888786858483828180afaeadacabaaa9a8a7a6a5a4a3a2a1a0")
        .containsKeys("ymm15", "st7", "rax", "rdi")
        .hasSize(1 + 16 + 3 + 4 + 8 + 16 + 1);
  }

  @Test
  void withoutXsaveThereIsNoUpperHalfToShow() {
    Map<String, String> values = RegisterValues.of(SampleCheckpoints.x86(/* hasXsave= */ false));

    assertThat(values)
        .containsEntry("xmm0", "0xafaeadacabaaa9a8a7a6a5a4a3a2a1a0")
        .doesNotContainKeys("ymm0", "pkru");
  }

  @Test
  void everyRegisterOfAarch64IsNamed() {
    Map<String, String> values = RegisterValues.of(SampleCheckpoints.aarch64());

    assertThat(values)
        .containsEntry("pc", "0x400400")
        .containsEntry("sp", "0xffff0000")
        .containsEntry("x0", "0x100")
        .containsEntry("x30", "0x11e")
        .containsEntry("tpidr_el0", "0xabc0")
        .containsEntry("fpsr", "0x10")
        .containsEntry("v1", "0x1f1e1d1c1b1a19181716151413121110")
        .containsEntry("apiakey", "0x00000000000000110000000000000022")
        .containsEntry("pac_enabled_keys", "0x1")
        .hasSize(2 + 31 + 4 + 32 + 6);
  }

  @Test
  void everyRegisterOfRiscv64IsNamed() {
    Map<String, String> values = RegisterValues.of(SampleCheckpoints.riscv64());

    assertThat(values)
        .containsEntry("pc", "0x10400")
        .containsEntry("ra", "0x101")
        .containsEntry("sp", "0x102")
        .containsEntry("t6", "0x11f")
        .containsEntry("fcsr", "0x61")
        .containsEntry("f0", "0x200")
        .containsEntry("f31", "0x21f")
        .hasSize(1 + 31 + 1 + 32);
  }
}
