// Modules that the generated Verilog takes from elsewhere.

// The debugger's link to the outside, at which nobody sits.
module SimDTM(
  input         clk,
  input         reset,
  output        debug_req_valid,
  input         debug_req_ready,
  output [6:0]  debug_req_bits_addr,
  output [1:0]  debug_req_bits_op,
  output [31:0] debug_req_bits_data,
  input         debug_resp_valid,
  output        debug_resp_ready,
  input  [1:0]  debug_resp_bits_resp,
  input  [31:0] debug_resp_bits_data,
  output [31:0] exit
);
  assign debug_req_valid = 1'b0;
  assign debug_req_bits_addr = 7'd0;
  assign debug_req_bits_op = 2'd0;
  assign debug_req_bits_data = 32'd0;
  assign debug_resp_ready = 1'b1;
  assign exit = 32'd0;
endmodule

// Options on the simulator's command line: none are given.
module plusarg_reader #(parameter FORMAT = "", DEFAULT = 0, WIDTH = 1) (
  output [WIDTH-1:0] out
);
  assign out = DEFAULT;
endmodule

// A clock that can be stopped: the enable may change while the clock is low alone.
module EICG_wrapper(
  output out,
  input  en,
  input  in
);
  reg enabled;
  always_latch if (!in) enabled = en;
  assign out = enabled & in;
endmodule
