/* What an interval uses: which bytes of memory before it writes them, how often each
 * instruction is executed, in which blocks, the last instructions, and when the stub was
 * entered. State: whether it has begun, and its last instruction. */
#ifndef THAW_INTERVAL_H
#define THAW_INTERVAL_H

#include "arguments.h"
#include "code.h"

/* Returns 0, or what is wrong, in words. */
const char *interval_open(const struct arguments *arguments);
/* Instruction number `index`, counted from 0 from the program's beginning, executes. */
void interval_executes(struct instruction *instruction, u64 index);
/* The one that would have been next. */
void interval_ends(struct instruction *next);
/* The last instruction did not retire after all. */
void interval_take_back(void);
/* Bytes are read, written or both (bits 1 and 2); by the stub or by the program. */
void interval_accesses(u64 vaddr, u64 size_bytes, int how, int by_stub);
/* The stub is entered after so many instructions. */
void interval_enters_stub(u64 index);
/* Returns 0, or -1 if the file could not be written. */
int interval_write(u64 user_instructions);

#endif
