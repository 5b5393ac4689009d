/* What memory should be like: an array with one entry for each of the window's
 * pages, and nothing clever. */
#ifndef THAW_MODEL_H
#define THAW_MODEL_H

#include "harness.h"

#define MODEL_PAGES 1500
#define BRK_PAGE 100     /* where the heap may begin to grow */
#define NO_PAGE (~0ull)

struct model_page {
	u64 flags;  /* of struct thaw_vma */
	u64 id;     /* pages merge only if it is equal; 0 for private anonymous memory */
	u8 mapped, born, missing;
	u8 bytes[2];        /* the first and the last of the page; all others are 0 */
};

extern struct model_page model[MODEL_PAGES];
extern u64 model_page_bytes, model_brk_bytes;

u64 model_vaddr(u64 page);
u64 model_end(void);
/* The last page of the mapping that page is in, plus 1. */
u64 model_mapping_end(u64 page);
u64 model_place(u64 page_count);        /* NO_PAGE if there is no gap */
int model_fits(u64 page, u64 page_count);
void model_map(u64 page, u64 page_count, u64 flags);
void model_unmap(u64 page, u64 page_count);
void model_protect(u64 page, u64 page_count, u64 rights);
void model_move(u64 from, u64 to, u64 old_count, u64 new_count);
/* As far as a stack below which page is would grow; 0 if it would not. */
int model_grow(u64 page);
/* The stub's tables say the same. */
void model_check(void);

#endif
