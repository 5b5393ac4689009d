// Reads the report, the lines that an image writes when it ends: thaw-report, key=0xHEX with
// verdict first, end. docs/image-format.md has them.
//
// State at power-on: nothing was read. A line thaw-report begins anew.

module report (
  input             clock,
  input             valid,   // for one clock for each byte
  input      [7:0]  character,
  output reg        whole,   // its last line was the last thing written
  output reg [63:0] verdict,
  output reg [63:0] status   // of the program, when it exited
);
  reg [8*16-1:0] key;   // of this line, up to the =
  reg [63:0] value;
  reg behind_key;
  reg begun;

  // Of a digit: thaw-report has these and no others.
  wire [7:0] digit = character - (character >= "a" ? "a" - 8'd10 : "0");

  initial begin
    whole = 0;
    verdict = 0;
    status = 0;
    key = 0;
    value = 0;
    behind_key = 0;
    begun = 0;
  end

  always @(posedge clock)
    if (valid) begin
      whole <= 0;
      if (character == 0 || character == "\n") begin
        key <= 0;
        value <= 0;
        behind_key <= 0;
      end else if (character == "=")
        behind_key <= 1;
      else if (!behind_key)
        key <= {key[8*15-1:0], character};
      else if (character == "x")
        value <= 0;
      else
        value <= {value[59:0], digit[3:0]};
      if (character == "\n") begin
        if (key == "thaw-report") begin
          begun <= 1;
          verdict <= 0;
          status <= 0;
        end
        if (begun && key == "verdict") verdict <= value;
        if (begun && key == "status") status <= value;
        if (begun && key == "end") begin
          begun <= 0;
          whole <= 1;
        end
      end
    end
endmodule
