/* Instructions of the program that the stub executes in its place, or gets over. */
#ifndef THAW_INSTRUCTIONS_H
#define THAW_INSTRUCTIONS_H

#include "code_patch.h"

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

/* misaligned.c */
int emulate_misaligned(struct trap_frame *frame); /* 0 if it is neither load nor store */

#endif
