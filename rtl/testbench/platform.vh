// What the platform's file (my-soc.toml) says, for the testbench: change both. Each can be
// given to the compiler instead: -DWORD_BYTES=16.

`ifndef WORD_BYTES
`define WORD_BYTES 8                // of the bus and of the memory; a power of two
`endif
`ifndef WORD_ORDER
`define WORD_ORDER "little"         // of the hex file: thaw export --word-order
`endif
`ifndef RAM_START
`define RAM_START 64'h80000000
`endif
`ifndef RAM_BYTES
`define RAM_BYTES 64'h01000000
`endif
`ifndef MEMORY_CLOCKS
`define MEMORY_CLOCKS 1             // from a request to its answer, at least 1
`endif

// Devices, by address and width of a store (bytes, at most WORD_BYTES). The report's may be
// the console's.
`ifndef CONSOLE
`define CONSOLE 64'h60000008
`define CONSOLE_WIDTH 1
`endif
`ifndef REPORT
`define REPORT 64'h60000010
`define REPORT_WIDTH 1
`endif
`ifndef MARK
`define MARK 64'h60000018           // where the region begins and ends
`define MARK_WIDTH 4
`endif
`ifndef EXIT
`define EXIT 64'h60000000
`define EXIT_WIDTH 4
`define EXIT_TIMES 1                // the number stored is verdict * EXIT_TIMES + EXIT_PLUS
`define EXIT_PLUS 0
`endif
