package io.thaw.rtl;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verilog of the memories that FIRRTL leaves out ({@code --repl-seq-mem}): a module for each line
 * of its list, around one of {@code memories.v}.
 */
final class MemoryWrappers {

  /** Width of the buses to RAM and devices. */
  private static final int BUS_BITS = 64;

  private static final Pattern LINE =
      Pattern.compile(
          "name (?<name>\\w{1,80}) depth (?<depth>\\d{1,9}) width (?<width>\\d{1,6})"
              + " ports (?<ports>[\\w,]+) mask_gran (?<grain>\\d{1,6})\\s*");

  private MemoryWrappers() {}

  /**
   * The modules.
   *
   * @param lines of FIRRTL's list
   * @param ramBytes by which RAM is told from the memory at the port for devices
   * @throws ModelBuildException if there is a memory of another kind
   */
  static String verilog(List<String> lines, long ramBytes) throws ModelBuildException {
    StringBuilder verilog = new StringBuilder();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new ModelBuildException("not a memory of FIRRTL's list: '" + line + "'");
      }
      verilog.append(module(matcher, ramBytes));
    }
    return verilog.toString();
  }

  private static String module(Matcher line, long ramBytes) throws ModelBuildException {
    String name = line.group("name");
    int depth = Integer.parseInt(line.group("depth"));
    int width = Integer.parseInt(line.group("width"));
    int grain = Integer.parseInt(line.group("grain"));
    int addressBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(depth - 1));
    if (line.group("ports").equals("mrw") && grain > 0 && width % grain == 0) {
      return array(name, depth, addressBits, width, grain);
    }
    if (line.group("ports").equals("mwrite,read") && width == BUS_BITS && grain == Byte.SIZE) {
      boolean ram = (long) depth * (BUS_BITS / Byte.SIZE) == ramBytes;
      return words(name, ram ? "ram_words" : "device_words", addressBits);
    }
    throw new ModelBuildException("no such memory is known: '" + line.group() + "'");
  }

  private static String array(String name, int depth, int addressBits, int width, int grain) {
    return String.format(
        """
        module %s(
          input RW0_clk, input RW0_en, input RW0_wmode, input [%d:0] RW0_addr,
          input [%d:0] RW0_wmask, input [%d:0] RW0_wdata, output [%4$d:0] RW0_rdata
        );
          cache_array #(.DEPTH(%d), .ADDRESS_BITS(%d), .WIDTH(%d), .GRAIN(%d)) array(
            .clock(RW0_clk), .enable(RW0_en), .write(RW0_wmode), .address(RW0_addr),
            .mask(RW0_wmask), .written(RW0_wdata), .read(RW0_rdata));
        endmodule
        """,
        name, addressBits - 1, width / grain - 1, width - 1, depth, addressBits, width, grain);
  }

  private static String words(String name, String kind, int addressBits) {
    return String.format(
        """
        module %s(
          input R0_clk, input R0_en, input [%d:0] R0_addr, output [63:0] R0_data,
          input W0_clk, input W0_en, input [%2$d:0] W0_addr, input [63:0] W0_data,
          input [7:0] W0_mask
        );
          %s #(.ADDRESS_BITS(%d)) words(
            .clock(R0_clk), .read_enable(R0_en), .read_address(R0_addr), .read(R0_data),
            .write_enable(W0_en), .write_address(W0_addr), .mask(W0_mask), .written(W0_data));
        endmodule
        """,
        name, addressBits - 1, kind, addressBits);
  }
}
