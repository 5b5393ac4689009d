// In place of a core: tells whether a hex file, the memory map and the bus are right, before
// a real core is connected. It loads +bytes=HEX bytes of RAM, prints their checksum as the
// program `cksum` does (POSIX, cksum), stores a word byte by byte and loads it, and ends as an
// image does: verdict 1 (exited), or 9 (diverged) if something differs or is unknown.
//
// +cksum=N       what the checksum should be
// +fault=WHAT    ends as no image should, to see that the testbench tells (`item`)
//
// State at power-on: any; it begins when `reset` ends.

`include "platform.vh"

module core (
  input                           clock,
  input                           reset,
  output reg                      request,
  output reg                      write,
  output reg [63:0]               address,
  output reg [8*`WORD_BYTES-1:0]  write_data,
  output reg [`WORD_BYTES-1:0]    write_mask,
  input                           done,
  input      [8*`WORD_BYTES-1:0]  read_data
);
  localparam LOAD = 0, STORE = 1, COMPARE = 2, TELL = 3;
  localparam [63:0] LAST_BYTE = `WORD_BYTES - 1;
  localparam TEXT_BITS = 8 * 32;

  reg [63:0] bytes, expected;
  reg [8*16-1:0] fault;
  reg is_expected;

  reg [1:0] step;
  reg [63:0] position;         // of LOAD and STORE: what is next
  reg [31:0] checksum;
  reg good;
  reg [3:0] next_item;         // of TELL
  reg [TEXT_BITS-1:0] text;    // what is left of it; bytes 0 are none
  reg [63:0] text_place;
  integer text_width, n;

  initial begin
    if (!$value$plusargs("bytes=%h", bytes)) bytes = 0;
    if (!$value$plusargs("fault=%s", fault)) fault = 0;
    is_expected = $value$plusargs("cksum=%d", expected) != 0;
  end

  always @(posedge clock)
    if (reset) begin
      request <= 0;
      step <= LOAD;
      position <= 0;
      checksum = 0;
      good = 1;
      next_item <= 0;
      text <= 0;
    end else if (!request || done) begin
      request <= 0;
      case (step)
        LOAD: begin
          if (request)
            for (n = 0; n < `WORD_BYTES; n = n + 1)
              if (position - `WORD_BYTES + n < bytes)
                checksum = with_byte(checksum, read_data[8*n +: 8]);
          if (position < bytes) begin
            load(`RAM_START + position);
            position <= position + `WORD_BYTES;
          end else begin
            checksum = ~with_length(checksum, bytes);
            if (^checksum === 1'bx || is_expected && checksum != expected[31:0]) good = 0;
            position <= 0;
            step <= STORE;
          end
        end
        STORE:
          if (position < `WORD_BYTES) begin
            store(`RAM_START + position, 1, position[31:0] + 1);
            position <= position + 1;
          end else begin
            load(`RAM_START);
            step <= COMPARE;
          end
        COMPARE: begin
          for (n = 0; n < `WORD_BYTES; n = n + 1)
            if (read_data[8*n +: 8] !== n[7:0] + 8'd1) good = 0;
          step <= TELL;
        end
        TELL:
          if (text == 0) begin
            item;
            next_item <= next_item + (next_item != 15);
          end else begin
            if (text[TEXT_BITS-1 -: 8] != 0)
              store(text_place, text_width, {24'd0, text[TEXT_BITS-1 -: 8]});
            text <= text << 8;
          end
      endcase
    end

  task item;
    case (next_item)
      0: store(`MARK, `MARK_WIDTH, 1);
      1: print(`CONSOLE, `CONSOLE_WIDTH, {"cksum ", decimal(checksum), "\n"});
      2: store(`MARK, `MARK_WIDTH, 2);
      3: if (`CONSOLE == `REPORT) store(`CONSOLE, `CONSOLE_WIDTH, 0);
      4: if (fault != "mute") print(`REPORT, `REPORT_WIDTH, "thaw-report\n");
      5: if (fault != "mute")
          print(`REPORT, `REPORT_WIDTH,
            {"verdict=0x", fault == "liar" ? "8" : good ? "1" : "9", "\n"});
      6: if (fault == "status") print(`REPORT, `REPORT_WIDTH, "status=0x3\n");
      7: if (fault != "mute" && fault != "torn") print(`REPORT, `REPORT_WIDTH, "end\n");
      8: if (fault == "wild") store(`EXIT + 64'h1000, `EXIT_WIDTH, 1);
        else if (fault == "narrow") store(`EXIT, `EXIT_WIDTH / 2, 1);
        else if (fault == "value") store(`EXIT, `EXIT_WIDTH, 85);
        else if (fault == "zero") store(`EXIT, `EXIT_WIDTH, 0);
        else if (fault == "unknown") store(`EXIT, `EXIT_WIDTH, 32'bx);
        else if (fault == "load") load(`EXIT & ~LAST_BYTE);
        else if (fault != "silent")
          store(`EXIT, `EXIT_WIDTH, (good ? 1 : 9) * `EXIT_TIMES + `EXIT_PLUS);
      default: ;
    endcase
  endtask

  task load;
    input [63:0] place;
    begin
      request <= 1;
      write <= 0;
      address <= place;
    end
  endtask

  task store;
    input [63:0] place;
    input integer width;
    input [31:0] value;
    begin
      request <= 1;
      write <= 1;
      address <= place & ~LAST_BYTE;
      write_mask <= ({`WORD_BYTES{1'b1}} >> (`WORD_BYTES - width)) << (place & LAST_BYTE);
      write_data <= {{8*`WORD_BYTES{1'b0}}, value} << (8 * (place & LAST_BYTE));
    end
  endtask

  task print;
    input [63:0] place;
    input integer width;
    input [TEXT_BITS-1:0] what;
    begin
      text <= what;
      text_place <= place;
      text_width <= width;
    end
  endtask

  function [8*10-1:0] decimal;
    input [31:0] number;
    reg [31:0] left;
    integer digit;
    begin
      left = number;
      for (digit = 0; digit < 10; digit = digit + 1) begin
        decimal[8*digit +: 8] = left == 0 && digit != 0 ? 0 : "0" + left % 10;
        left = left / 10;
      end
    end
  endfunction

  // POSIX, cksum: a CRC of the bytes, then of their number, least significant first.

  function [31:0] with_byte;
    input [31:0] crc;
    input [7:0] value;
    with_byte = (crc << 8) ^ crc_of[crc[31:24] ^ value];
  endfunction

  function [31:0] with_length;
    input [31:0] crc;
    input [63:0] length;
    integer k;
    begin
      with_length = crc;
      for (k = 0; k < 8; k = k + 1)
        if (length >> (8 * k) != 0) with_length = with_byte(with_length, length[8*k +: 8]);
    end
  endfunction

  reg [31:0] crc_of [0:255];
  reg [31:0] entry;
  integer index, bit_count;

  initial
    for (index = 0; index < 256; index = index + 1) begin
      entry = index << 24;
      for (bit_count = 0; bit_count < 8; bit_count = bit_count + 1)
        entry = (entry << 1) ^ (entry[31] ? 32'h04c11db7 : 32'd0);
      crc_of[index] = entry;
    end
endmodule
