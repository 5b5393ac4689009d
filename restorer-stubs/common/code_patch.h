/* A breakpoint instruction in the program's memory, and how the program gets over it. */
#ifndef THAW_CODE_PATCH_H
#define THAW_CODE_PATCH_H

#include "stub.h"

/* code_patch.c */
void code_patch_set(u64 pc);  /* at one pc; that of before is taken out */
void code_patch_clear(void);
int code_patch_is_at(u64 pc); /* else a breakpoint instruction there is the program's */

/* walk.c: the breakpoint on the marker's pc, again and again. */
void walk_to(u64 pc);
void walk_over(struct trap_frame *frame);         /* the instruction at the frame's pc is executed */
int walk_hit(struct trap_frame *frame);           /* 0 if the trap is the program's own */
void walk_follow(const struct trap_frame *frame); /* the trap has been answered */
#define WALK_NOWHERE 1ull /* no pc: it is odd */

/* Of an architecture that walks. */
void arch_watch(u64 pc); /* the breakpoint is here now, or nowhere */
/* Where the program goes from the instruction at the frame's pc, unless that traps; 0 if
 * it cannot be executed. */
u64 arch_next_pc(const struct trap_frame *frame);

#endif
