// In place of a core: tells whether a hex file, the memory map and the bus are right, before
// a real core is connected. It loads +bytes=HEX bytes of RAM, prints their checksum as the
// program `cksum` does (POSIX, cksum), stores and loads a word byte by byte, and ends as an
// image does: verdict 1 (exited), or 9 (diverged) if something differs.
//
// +cksum=N       what the checksum should be
// +fault=WHAT    ends as no image should, to see that the testbench tells: silent, wild,
//                narrow, value, mute, torn, liar, status, load, unknown (see `finish`)
//
// State at power-on: any; `reset` ends before anything begins.

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
  localparam [63:0] LAST_BYTE = `WORD_BYTES - 1;
  localparam TEXT_BYTES = 64;

  reg [63:0] bytes, expected, i;
  reg [31:0] crc, entry;
  reg [31:0] crc_of [0:255];
  reg [8*16-1:0] fault;
  reg good;
  integer n;

  initial begin
    request = 0;
    for (n = 0; n < 256; n = n + 1) begin
      entry = n << 24;
      for (i = 0; i < 8; i = i + 1) entry = (entry << 1) ^ (entry[31] ? 32'h04c11db7 : 32'd0);
      crc_of[n] = entry;
    end
    if (!$value$plusargs("bytes=%h", bytes)) bytes = 0;
    if (!$value$plusargs("fault=%s", fault)) fault = 0;
  end

  always begin
    @(posedge clock);
    while (reset) @(posedge clock);
    check_memory;
    check_stores;
    finish;
    while (!reset) @(posedge clock);
  end

  task check_memory;
    begin
      crc = 0;
      for (i = 0; i < bytes; i = i + `WORD_BYTES) begin
        transfer(1'b0, `RAM_START + i);
        for (n = 0; n < `WORD_BYTES && i + n < bytes; n = n + 1) add(read_data[8*n +: 8]);
      end
      for (i = bytes; i != 0; i = i >> 8) add(i[7:0]);
      crc = ~crc;
      good = 1;
      if ($value$plusargs("cksum=%d", expected)) good = crc == expected[31:0];
    end
  endtask

  task add;
    input [7:0] value;
    crc = (crc << 8) ^ crc_of[crc[31:24] ^ value];
  endtask

  task check_stores;
    begin
      for (i = 0; i < `WORD_BYTES; i = i + 1) store(`RAM_START + i, 1, i + 1);
      transfer(1'b0, `RAM_START);
      for (n = 0; n < `WORD_BYTES; n = n + 1)
        if (read_data[8*n +: 8] !== n + 1) good = 0;
    end
  endtask

  task finish;
    reg [7:0] digit;
    begin
      store(`MARK, `MARK_WIDTH, 1);
      print(`CONSOLE, `CONSOLE_WIDTH, "cksum ");
      print_decimal(crc);
      print(`CONSOLE, `CONSOLE_WIDTH, "\n");
      store(`MARK, `MARK_WIDTH, 2);

      if (`REPORT == `CONSOLE) store(`CONSOLE, `CONSOLE_WIDTH, 0);
      digit = fault == "liar" ? "8" : good ? "1" : "9";
      if (fault != "mute") print(`REPORT, `REPORT_WIDTH, {"thaw-report\nverdict=0x", digit, "\n"});
      if (fault == "status") print(`REPORT, `REPORT_WIDTH, "status=0x3\n");
      if (fault != "mute" && fault != "torn")
        print(`REPORT, `REPORT_WIDTH, "swallowed=0x0\nend\n");

      if (fault == "wild") store(`EXIT + 64'h1000, `EXIT_WIDTH, 1);
      if (fault == "narrow") store(`EXIT, `EXIT_WIDTH / 2, 1);
      if (fault == "value") store(`EXIT, `EXIT_WIDTH, 85);
      if (fault == "load") transfer(1'b0, `EXIT & ~LAST_BYTE);
      if (fault == "unknown") store(`EXIT, `EXIT_WIDTH, 32'bx);
      if (fault != "silent") store(`EXIT, `EXIT_WIDTH, (good ? 1 : 9) * `EXIT_TIMES + `EXIT_PLUS);
    end
  endtask

  task print_decimal;
    input [31:0] number;
    reg [31:0] power;
    begin
      power = 1;
      while (number / power >= 10) power = power * 10;
      for (power = power; power != 0; power = power / 10)
        store(`CONSOLE, `CONSOLE_WIDTH, number / power % 10 + "0");
    end
  endtask

  task print;
    input [63:0] place;
    input integer width;
    input [8*TEXT_BYTES-1:0] text;
    for (i = TEXT_BYTES; i != 0; i = i - 1)
      if (text[8*(i-1) +: 8] != 0) store(place, width, text[8*(i-1) +: 8]);
  endtask

  task store;
    input [63:0] place;
    input integer width;
    input [31:0] value;
    begin
      write_mask <= ({`WORD_BYTES{1'b1}} >> (`WORD_BYTES - width)) << (place & LAST_BYTE);
      write_data <= {{8*`WORD_BYTES{1'b0}}, value} << (8 * (place & LAST_BYTE));
      transfer(1'b1, place);
    end
  endtask

  // Returns at the clock edge at which it is done; read_data is what it is then.
  task transfer;
    input is_store;
    input [63:0] place;
    begin
      request <= 1;
      write <= is_store;
      address <= place & ~LAST_BYTE;
      @(posedge clock);
      while (!done) @(posedge clock);
      request <= 0;
    end
  endtask
endmodule
