// The memories that the generated Verilog leaves out: each of its modules NAME_ext is a
// wrapper (written by MemoryWrappers.java) around one of these. Ports are as FIRRTL's
// ReplSeqMem names them: all are read with a delay of one clock.
//
// State at power-on: caches anything at all (Verilator fills them); RAM is the harness's.

// One port that reads or writes: the arrays of the caches.
module cache_array #(parameter DEPTH = 1, ADDRESS_BITS = 1, WIDTH = 1, GRAIN = 1) (
  input                         clock,
  input                         enable,
  input                         write,
  input  [ADDRESS_BITS-1:0]     address,
  input  [WIDTH/GRAIN-1:0]      mask,
  input  [WIDTH-1:0]            written,
  output reg [WIDTH-1:0]        read
);
  reg [WIDTH-1:0] cells [0:DEPTH-1];
  integer i;
  always @(posedge clock)
    if (enable) begin
      if (write) begin
        for (i = 0; i < WIDTH / GRAIN; i = i + 1)
          if (mask[i]) cells[address][i*GRAIN +: GRAIN] <= written[i*GRAIN +: GRAIN];
      end else
        read <= cells[address];
    end
endmodule

// A port that reads and one that writes 64-bit words: RAM, of which the harness is the owner.
module ram_words #(parameter ADDRESS_BITS = 1) (
  input                     clock,
  input                     read_enable,
  input  [ADDRESS_BITS-1:0] read_address,
  output reg [63:0]         read,
  input                     write_enable,
  input  [ADDRESS_BITS-1:0] write_address,
  input  [7:0]              mask,
  input  [63:0]             written
);
  import "DPI-C" function longint unsigned ram_read(input int unsigned word);
  import "DPI-C" function void ram_write(
    input int unsigned word, input longint unsigned data, input byte unsigned mask);
  always @(posedge clock) begin
    if (read_enable) read <= ram_read({{(32 - ADDRESS_BITS){1'b0}}, read_address});
    if (write_enable) ram_write({{(32 - ADDRESS_BITS){1'b0}}, write_address}, written, mask);
  end
endmodule

// The same at the port for devices: a store is a byte of output or the end, a load is 0.
module device_words #(parameter ADDRESS_BITS = 1) (
  input                     clock,
  input                     read_enable,
  input  [ADDRESS_BITS-1:0] read_address,
  output [63:0]             read,
  input                     write_enable,
  input  [ADDRESS_BITS-1:0] write_address,
  input  [7:0]              mask,
  input  [63:0]             written
);
  import "DPI-C" function void device_write(
    input int unsigned word, input longint unsigned data, input byte unsigned mask);
  assign read = 64'd0;
  always @(posedge clock)
    if (write_enable) device_write({{(32 - ADDRESS_BITS){1'b0}}, write_address}, written, mask);
endmodule
