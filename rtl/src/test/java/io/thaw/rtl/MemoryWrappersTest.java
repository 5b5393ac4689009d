package io.thaw.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which memory stands for which line of FIRRTL's list. */
class MemoryWrappersTest {

  private static final long RAM_BYTES = 1L << 30;

  private static String verilog(String line) throws ModelBuildException {
    return MemoryWrappers.verilog(List.of(line), RAM_BYTES);
  }

  @Test
  void anArrayOfACacheHasItsGrainsMasked() throws Exception {
    assertThat(verilog("name tag_array_ext depth 64 width 88 ports mrw mask_gran 22 "))
        .contains("module tag_array_ext(")
        .contains("input [5:0] RW0_addr")
        .contains("input [3:0] RW0_wmask, input [87:0] RW0_wdata, output [87:0] RW0_rdata")
        .contains("cache_array #(.DEPTH(64), .ADDRESS_BITS(6), .WIDTH(88), .GRAIN(22))");
  }

  @Test
  void ramIsToldFromDevicesByItsSize() throws Exception {
    assertThat(verilog("name mem_ext depth 134217728 width 64 ports mwrite,read mask_gran 8"))
        .contains("input [26:0] R0_addr")
        .contains("ram_words #(.ADDRESS_BITS(27))");
    assertThat(verilog("name mem_0_ext depth 512 width 64 ports mwrite,read mask_gran 8"))
        .contains("input [8:0] W0_addr")
        .contains("device_words #(.ADDRESS_BITS(9))");
  }

  @Test
  void eachLineIsAModule() throws Exception {
    String both =
        MemoryWrappers.verilog(
            List.of(
                "name a_ext depth 512 width 256 ports mrw mask_gran 8",
                "name b_ext depth 512 width 128 ports mrw mask_gran 32"),
            RAM_BYTES);

    assertThat(both.lines().filter(line -> line.startsWith("module "))).hasSize(2);
    assertThat(both.lines().filter(line -> line.equals("endmodule"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name x depth 512 width 64 ports mrw",
        "name x depth 512 width 64 ports read mask_gran 8",
        "name x depth 512 width 64 ports mrw mask_gran 7",
        "name x depth 512 width 64 ports mrw mask_gran 0",
        "name x depth 512 width 32 ports mwrite,read mask_gran 8",
        "name x(); depth 512 width 64 ports mrw mask_gran 8",
      })
  void aMemoryOfAnotherKindIsRefused(String line) {
    assertThatThrownBy(() -> verilog(line)).isInstanceOf(ModelBuildException.class);
  }
}
