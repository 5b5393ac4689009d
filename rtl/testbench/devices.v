// What the image stores to: a console, the report, marks of the region, the exit.
//
// State at power-on: nothing was stored. What the image and its report write is printed as it
// comes.

`include "platform.vh"

module devices (
  input                           clock,
  input                           store,       // for one clock
  input      [63:0]               address,     // of a whole word
  input      [8*`WORD_BYTES-1:0]  write_data,
  input      [`WORD_BYTES-1:0]    write_mask,
  input      [63:0]               cycle,
  output                          known,       // there is a device, and this is how it is stored to
  output                          at_exit,
  output     [63:0]               exit_value,
  output                          report_whole,
  output     [63:0]               report_verdict,
  output     [63:0]               program_status,
  output reg                      line_open    // the last byte printed did not end a line
);
  localparam [63:0] LAST_BYTE = `WORD_BYTES - 1;

  // Whether a store is one of so many bytes at a device's address.
  function hits;
    input [63:0] device;
    input integer width;
    input [63:0] word;
    input [`WORD_BYTES-1:0] mask;
    hits = word == (device & ~LAST_BYTE)
      && mask == (({`WORD_BYTES{1'b1}} >> (`WORD_BYTES - width)) << (device & LAST_BYTE));
  endfunction

  // The number stored, from the bytes of the word.
  function [63:0] number;
    input [63:0] device;
    input integer width;
    input [8*`WORD_BYTES-1:0] data;
    reg [8*`WORD_BYTES+63:0] wide;
    begin
      wide = {64'd0, data} >> (8 * (device & LAST_BYTE));
      number = wide[63:0] & (64'hffffffffffffffff >> (64 - 8 * width));
    end
  endfunction

  wire at_console = hits(`CONSOLE, `CONSOLE_WIDTH, address, write_mask);
  wire at_report = hits(`REPORT, `REPORT_WIDTH, address, write_mask);
  wire at_mark = hits(`MARK, `MARK_WIDTH, address, write_mask);
  assign at_exit = hits(`EXIT, `EXIT_WIDTH, address, write_mask);
  assign known = at_console || at_report || at_mark || at_exit;
  assign exit_value = number(`EXIT, `EXIT_WIDTH, write_data);

  wire [63:0] printed = at_console
    ? number(`CONSOLE, `CONSOLE_WIDTH, write_data) : number(`REPORT, `REPORT_WIDTH, write_data);
  wire [63:0] mark = number(`MARK, `MARK_WIDTH, write_data);

  report report (
    .clock(clock),
    .valid(store && at_report),
    .character(printed[7:0]),
    .whole(report_whole),
    .verdict(report_verdict),
    .status(program_status)
  );

  initial line_open = 0;

  always @(posedge clock)
    if (store && (at_console || at_report)) begin
      $write("%c", printed[7:0]);
      line_open <= printed[7:0] != "\n";
    end else if (store && at_mark) begin
      if (line_open) $display;
      $display("testbench: mark %0d at cycle %0d", mark, cycle);
      line_open <= 0;
    end
endmodule
