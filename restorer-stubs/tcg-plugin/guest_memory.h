/* The guest's RAM as the plugin sees it: the file that backs it, and the program's
 * page tables in it. QEMU's interface has no physical addresses of instructions. */
#ifndef THAW_GUEST_MEMORY_H
#define THAW_GUEST_MEMORY_H

#include "arguments.h"

#define PAGE_BYTES 4096ull
#define NO_PADDR (~0ull)

/* Maps the RAM file. Returns 0, or what is wrong, in words. */
const char *guest_memory_open(const struct arguments *arguments);
/* The word at a paddr that is a multiple of 8, 0 if there is no RAM. */
u64 guest_memory_word(u64 paddr);
/* Where a byte of the program lies, or NO_PADDR if it is not mapped. */
u64 guest_memory_walk(u64 vaddr);
/* What the stub sees at a vaddr of its view of physical memory, or NO_PADDR. */
u64 guest_memory_direct(u64 vaddr);

#endif
