/* Basic-block vectors: how many instructions of each block a slice of the interval
 * executes. A block begins where the interval does, behind an instruction that ends one
 * (ends_block) and wherever the next instruction is not the one behind in memory; it is
 * known by the address of its first instruction. So vectors do not depend on QEMU.
 * State: the blocks, and the slice at hand. Slices that are complete are in the file. */
#ifndef THAW_VECTORS_H
#define THAW_VECTORS_H

#include "code.h"

/* Slices of so many instructions. */
void vectors_open(u64 slice);
void vectors_execute(const struct instruction *instruction);
void vectors_take_back(void); /* what was executed last */
void vectors_write(void);

#endif
