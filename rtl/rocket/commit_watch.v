// Tells the harness of each instruction that leaves the pipeline. Bound to the core's
// module of control and status registers, which sees them all, in program order.

module commit_watch(
  input        clock,
  input        reset,
  input        retired,    // also ECALL and EBREAK, which trap nevertheless
  input        trapped,
  input [39:0] pc,         // sign-extended
  input [31:0] instruction,
  input [1:0]  privilege   // in which it was executed: 0 user, 1 supervisor, 3 machine
);
  import "DPI-C" function void core_commit(
    input bit retired, input bit trapped, input longint pc, input int unsigned instruction,
    input int unsigned privilege);
  always @(posedge clock)
    if (!reset && (retired || trapped))
      core_commit(retired, trapped, {{24{pc[39]}}, pc}, instruction, {30'd0, privilege});
endmodule

bind CSRFile commit_watch thaw_commit_watch(
  .clock(clock),
  .reset(reset),
  .retired(io_retire),
  .trapped(io_trace_0_exception),
  .pc(io_pc),
  .instruction(io_trace_0_insn),
  .privilege(io_status_prv)
);
