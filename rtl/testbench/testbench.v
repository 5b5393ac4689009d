// Runs an image on `core`, by a bus: loads RAM, watches what is stored, and says what came of
// it in a line that begins with "verdict: ". docs/your-own-rtl.md is its manual.
//
// The end is $finish if the verdict is good, else $stop, of which `vvp -N` and Verilator make
// an exit status that is not 0. Good are: the program exited with 0, and an interval was
// complete; both only if a whole report says so and the exit store does.
//
// +hex=FILE      what RAM holds: thaw export --format hex --word-bytes N --address-base START
// +cycles=N      time limit
//
// The bus: the core raises `request` and leaves it and what belongs to it as it is until a
// clock edge at which `done` is 1. At that edge `read_data` is what was loaded. The next
// request may follow at once. `address` is of a whole word; `write_mask` says which of its
// bytes are stored, byte n being that at address + n.

`include "platform.vh"

module testbench;
  reg clock, reset;
  reg [63:0] cycle, limit;

  wire request, write;
  wire [63:0] address;
  wire [8*`WORD_BYTES-1:0] read_data, write_data;
  wire [`WORD_BYTES-1:0] write_mask;
  reg done;

  initial begin
    clock = 0;
    reset = 1;
    cycle = 0;
    if (!$value$plusargs("cycles=%d", limit)) limit = 64'd100000000;
  end

  always #5 clock = !clock;

  always @(posedge clock) begin
    cycle <= cycle + 1;
    if (cycle == 20) reset <= 0;
  end

  core core (
    .clock(clock),
    .reset(reset),
    .request(request),
    .write(write),
    .address(address),
    .write_data(write_data),
    .write_mask(write_mask),
    .done(done),
    .read_data(read_data)
  );

  // When what is requested is done: for one clock, the answer follows with the next.

  reg [31:0] waited;
  wire access = !reset && request && !done && waited == `MEMORY_CLOCKS - 1;

  initial begin
    done = 0;
    waited = 0;
  end

  always @(posedge clock) begin
    done <= access;
    waited <= reset || !request || done || access ? 0 : waited + 1;
  end

  wire in_ram = address >= `RAM_START && address - `RAM_START < `RAM_BYTES;
  wire loaded;

  memory memory (
    .clock(clock),
    .access(access && in_ram),
    .write(write),
    .address(address),
    .write_data(write_data),
    .write_mask(write_mask),
    .read_data(read_data),
    .loaded(loaded)
  );

  wire device_known, at_exit, report_whole, line_open;
  wire [63:0] exit_value, report_verdict, program_status;

  devices devices (
    .clock(clock),
    .store(access && write && !in_ram),
    .address(address),
    .write_data(write_data),
    .write_mask(write_mask),
    .cycle(cycle),
    .known(device_known),
    .at_exit(at_exit),
    .exit_value(exit_value),
    .report_whole(report_whole),
    .report_verdict(report_verdict),
    .program_status(program_status),
    .line_open(line_open)
  );

  // The bytes that are stored; what is beside them may be anything.
  reg [8*`WORD_BYTES-1:0] stored;
  integer n;
  always @* begin
    stored = 0;
    for (n = 0; n < `WORD_BYTES; n = n + 1)
      if (write_mask[n]) stored[8*n +: 8] = write_data[8*n +: 8];
  end

  wire unknown_request = ^request === 1'bx
    || request && (^{write, address} === 1'bx || write && ^{write_mask, stored} === 1'bx);

  wire [63:0] times = exit_value - `EXIT_PLUS;
  wire [63:0] verdict = times / `EXIT_TIMES;
  wire verdict_valid = times % `EXIT_TIMES == 0 && verdict >= 1 && verdict <= 9;

  // At most one verdict; one that ends the simulation is the last thing in it.
  always @(posedge clock)
    if (!loaded) begin
      $display("verdict: no image");
      $stop;
    end else if (reset) begin
    end else if (unknown_request) begin
      begin_line;
      $display("verdict: unknown value (X) on the bus: request %b, write %b, address 0x%h, mask %b, data 0x%h",
        request, write, address, write_mask, write_data);
      $stop;
    end else if (request && address % `WORD_BYTES != 0) begin
      begin_line;
      $display("verdict: request of address 0x%0h, which is not a word's", address);
      $stop;
    end else if (access && !in_ram && !write) begin
      begin_line;
      $display("verdict: load from 0x%0h, where no RAM is", address);
      $stop;
    end else if (access && !in_ram && !device_known) begin
      begin_line;
      $display("verdict: store to 0x%0h, mask %b, where neither RAM nor a device is",
        address, write_mask);
      $stop;
    end else if (access && !in_ram && at_exit)
      end_with_verdict;
    else if (cycle >= limit) begin
      begin_line;
      $display("verdict: time-out after %0d cycles", cycle);
      $stop;
    end

  task begin_line;
    if (line_open) $display;
  endtask

  task end_with_verdict;
    begin
      begin_line;
      $display("testbench: %0d cycles", cycle);
      if (!verdict_valid) begin
        $display("verdict: none: the exit value is 0x%0h", exit_value);
        $stop;
      end else if (!report_whole) begin
        $display("verdict: none: exit with %0d and without a whole report", verdict);
        $stop;
      end else if (report_verdict != verdict) begin
        $display("verdict: none: exit with %0d, but the report says %0d",
          verdict, report_verdict);
        $stop;
      end else if (verdict == 1) begin
        $display("verdict: exited %0d", program_status);
        if (program_status == 0) $finish;
        else $stop;
      end else if (verdict == 8) begin
        $display("verdict: complete");
        $finish;
      end else begin
        $display("verdict: %0s", name(verdict));
        $stop;
      end
    end
  endtask

  function [8*16-1:0] name;
    input [63:0] number;
    case (number)
      2: name = "unknown call";
      3: name = "page fault";
      4: name = "missing page";
      5: name = "program fault";
      6: name = "pool exhausted";
      7: name = "stub fault";
      default: name = "diverged";
    endcase
  endfunction
endmodule
