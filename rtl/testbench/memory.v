// RAM, loaded from the file of +hex=FILE as `thaw export --format hex` writes it.
//
// State at power-on: what the file has. The rest is unknown; or zero if the file leaves
// zeros out (--sparse), which it says in a comment.
//
// The file's first line says how it is to be read. A file for another memory is refused:
// loaded all the same, it would be a program that crashes for no visible reason.

`include "platform.vh"

module memory (
  input                           clock,
  input                           access,      // for one clock; the answer is there at the next
  input                           write,
  input      [63:0]               address,     // in RAM, of a whole word
  input      [8*`WORD_BYTES-1:0]  write_data,  // byte n is the one at address + n
  input      [`WORD_BYTES-1:0]    write_mask,
  output reg [8*`WORD_BYTES-1:0]  read_data,
  output reg                      loaded
);
  localparam WORDS = `RAM_BYTES / `WORD_BYTES;
  localparam LITTLE = `WORD_ORDER == "little";

  reg [8*`WORD_BYTES-1:0] words [0:WORDS-1];  // as in the file

  wire [63:0] index = (address - `RAM_START) / `WORD_BYTES;

  function integer place;  // of a byte in a word of the file
    input integer byte_number;
    place = 8 * (LITTLE ? byte_number : `WORD_BYTES - 1 - byte_number);
  endfunction

  integer n;
  always @(posedge clock)
    if (access)
      for (n = 0; n < `WORD_BYTES; n = n + 1)
        if (!write) read_data[8*n +: 8] <= words[index][place(n) +: 8];
        else if (write_mask[n]) words[index][place(n) +: 8] <= write_data[8*n +: 8];

  reg [8*1024-1:0] name;
  reg [8*16-1:0] order, unit, word;
  reg [63:0] bits, bank, banks, base, entry, i;
  reg sparse;
  integer file, found;

  initial begin
    loaded = 0;
    file = 0;
    if ($value$plusargs("hex=%s", name)) file = $fopen(name, "r");
    if (file == 0)
      $display("testbench: no file that can be read: give +hex=FILE");
    else begin
      found = $fscanf(file,
        "// words of %d bits, %s bank %d of %d; addresses count %s from 0x%h\n",
        bits, order, bank, banks, unit, base);
      loaded = found == 6 && bits == 8 * `WORD_BYTES && order == {`WORD_ORDER, "-endian,"}
        && banks == 1 && (unit == "words" || `WORD_BYTES == 1) && base == `RAM_START;
      sparse = $fscanf(file, "// entry at physical address 0x%h\n// sparse: %s", entry, word) == 2;
      $fclose(file);
      if (!loaded)
        $display("testbench: %0s is not for this memory of %0d-bit words, %0s-endian, one bank, addresses in words from 0x%0h: its first line says what it is for",
          name, 8 * `WORD_BYTES, `WORD_ORDER, `RAM_START);
      else begin
        if (sparse)
          for (i = 0; i < WORDS; i = i + 1) words[i] = 0;
        $readmemh(name, words);
      end
    end
  end
endmodule
