/* The program's instructions and how often each is executed in the interval. State: a
 * record for each that QEMU has translated. QEMU translates again and again; the record
 * stays, unless the code or its place in memory is another. */
#ifndef THAW_CODE_H
#define THAW_CODE_H

#include "instruction_kind.h"

#define MOST_INSTRUCTION_BYTES 15

struct instruction {
	struct instruction *next; /* of the same hash */
	u64 pc, count;
	u64 frames[2]; /* paddrs of the pages of its first and last byte */
	u8 size_bytes, kind, ends_block, fetched;
	u8 bytes[MOST_INSTRUCTION_BYTES];
};

/* The record of an instruction that is translated, 0 if there is no memory for it. */
struct instruction *code_find(enum target target, u64 pc, const u8 *bytes, size_t size_bytes);
void code_write(void);

#endif
