package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;

/** Codes of {@code arch_prctl}, which x86-64 alone has; numbers from asm/prctl.h. */
final class ArchOptions {

  private static final String SHADOW_STACK = "a shadow stack is not replayed";

  static final CallRule RULE =
      ByCode.table("code", 0)
          .row(0x1001, base(true)) // SET_GS
          .row(0x1002, base(false)) // SET_FS
          .row(0x1003, writes(1, 8)) // GET_FS
          .row(0x1004, writes(1, 8)) // GET_GS
          .nothing(0x1011) // GET_CPUID
          .rule(0x1012, processorQueries()) // SET_CPUID
          .row(0x1021, writes(1, 8)) // GET_XCOMP_SUPP
          .row(0x1022, writes(1, 8)) // GET_XCOMP_PERM
          .refused("more registers get usable (AMX)", 0x1023) // REQ_XCOMP_PERM
          .row(0x1024, writes(1, 8)) // GET_XCOMP_GUEST_PERM
          .refused("more registers get usable in guests", 0x1025) // REQ_XCOMP_GUEST_PERM
          .refused("the vDSO is mapped once more", 0x2001, 0x2002, 0x2003) // MAP_VDSO_*
          .row(0x3001, writes(1, 24)) // CET_STATUS of older patches: C libraries ask
          .row(0x4001, writes(1, 8)) // GET_UNTAG_MASK
          .refused("addresses get tags", 0x4002) // ENABLE_TAGGED_ADDR
          .row(0x4003, writes(1, 8)) // GET_MAX_TAG_BITS
          .nothing(0x4004) // FORCE_TAGGED_SVA
          .refused(SHADOW_STACK, 0x5001, 0x5002) // SHSTK_ENABLE, SHSTK_DISABLE
          .nothing(0x5003, 0x5004) // SHSTK_LOCK, SHSTK_UNLOCK
          .row(0x5005, writes(1, 8)) // SHSTK_STATUS
          .build();

  private ArchOptions() {}

  private static Action base(boolean gs) {
    return (call, sink) -> {
      if (Outcome.isSuccess(call)) {
        sink.segmentBase(gs, call.argument(1));
      }
    };
  }

  private static Rule processorQueries() {
    return Rule.doing()
        .unless(call -> call.argument(1) == 0, "CPUID instructions fault from then on");
  }
}
