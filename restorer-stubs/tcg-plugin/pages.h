/* What is done to each page of RAM in the interval. State: a record for each page that
 * was touched, and where the program's latest pages lie. */
#ifndef THAW_PAGES_H
#define THAW_PAGES_H

#include "arguments.h"

/* How memory is touched; a write that also reads (an atomic one) is both. The first two
 * are QEMU's own bits. */
enum { READ = 1, WRITE = 2, FETCH = 4 };

/* Returns 0, or what is wrong, in words. */
const char *pages_open(const struct arguments *arguments);
/* Instruction `index` of the program, or the stub behind it, touches bytes. */
void pages_touch(u64 vaddr, u64 size_bytes, int how, int by_stub, u64 index);
/* Mappings may change. */
void pages_forget(void);
/* Touches whose place in memory could not be told: what was learned is not whole. */
u64 pages_lost(void);
void pages_write(void);

#endif
