/* Instructions of the program that the stub executes in its place, or gets over. */
#ifndef THAW_INSTRUCTIONS_H
#define THAW_INSTRUCTIONS_H

#include "stub.h"

/* A load or store of one register. */
struct access {
	u64 size_bytes;
	u64 number;            /* of the register */
	u64 instruction_bytes;
	int is_store, is_float, is_unsigned;
};

/* instructions.c. That at the frame's pc; a compressed instruction's upper half is 0. */
int instruction_fetch(const struct trap_frame *frame, u32 *code); /* 0 if it cannot be executed */
int instruction_is_counter_read(u32 code, u64 *target);
int instruction_is_access(u32 code, struct access *access);

/* next_pc.c: where the program goes from the instruction at the frame's pc, unless
 * that traps. */
u64 instruction_next_pc(const struct trap_frame *frame, u32 code);

/* misaligned.c */
int emulate_misaligned(struct trap_frame *frame); /* 0 if it is neither load nor store */

/* breakpoint.c */
int breakpoint_hit(struct trap_frame *frame); /* 0 if the trap is the program's own */
void breakpoint_follow(const struct trap_frame *frame); /* the trap has been answered */

#endif
