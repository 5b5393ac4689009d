package io.thaw.linker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class M5OperationTest {

  @ParameterizedTest
  @CsvSource({
    "EXIT, X86_64, 89fe31ff0f042100c3",
    "RESET_STATS, X86_64, 89fe31ff0f044000c3",
    // mov x1, x0; mov x0, #0; m5exit; ret
    "EXIT, AARCH64, e10300aa000080d2100121ffc0035fd6",
    "WORK_BEGIN, AARCH64, e10300aa000080d210015affc0035fd6",
    // mv a1, a0; li a0, 0; m5fail; ret
    "FAIL, RISCV64, 93050500130500007b00004467800000",
  })
  void anOperationIsAFunction(M5Operation operation, Architecture architecture, String code) {
    assertThat(HexFormat.of().formatHex(operation.code(architecture).toArray())).isEqualTo(code);
  }
}
