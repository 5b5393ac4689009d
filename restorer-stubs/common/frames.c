/* Frames of page_size_bytes for pages and tables born while the image runs.
 *
 * State: the pool of the boot block, zero at the start, is given out from below;
 * frames given back are kept in a list that runs through their first words, and
 * are zeroed when they go out again. Tables are 4 KiB whatever the program's page
 * size is, and are cut from frames; they are never given back.
 */
#include "stub.h"

#define NO_FRAME 1ull /* no paddr of a frame: it is not aligned */

static u64 pool_used_bytes;
static u64 first_free = NO_FRAME;
static u64 table_frame, table_frame_left_bytes;

int frame_is_of_pool(u64 paddr)
{
	return paddr - thaw_boot_block.pool_paddr < thaw_boot_block.pool_size_bytes;
}

/* Eight words a turn: this is most of what a recycled frame costs. */
static void clear(u64 paddr)
{
	u64 *word = frame_view(paddr);
	u64 *end = word + thaw_boot_block.page_size_bytes / sizeof(u64);

	for (; word < end; word += 8) {
		word[0] = 0;
		word[1] = 0;
		word[2] = 0;
		word[3] = 0;
		word[4] = 0;
		word[5] = 0;
		word[6] = 0;
		word[7] = 0;
	}
}

u64 frame_allocate(u64 vaddr, u64 access)
{
	u64 size_bytes = thaw_boot_block.page_size_bytes;
	u64 paddr = first_free;

	if (paddr != NO_FRAME) {
		first_free = *(u64 *)frame_view(paddr);
		clear(paddr);
		return paddr;
	}
	if (thaw_boot_block.pool_size_bytes - pool_used_bytes < size_bytes)
		refuse_access(THAW_VERDICT_POOL_EXHAUSTED, vaddr, access);
	paddr = thaw_boot_block.pool_paddr + pool_used_bytes;
	pool_used_bytes += size_bytes;
	return paddr;
}

u64 frame_allocate_table(u64 vaddr, u64 access)
{
	if (!table_frame_left_bytes) {
		table_frame = frame_allocate(vaddr, access);
		table_frame_left_bytes = thaw_boot_block.page_size_bytes;
	}
	table_frame_left_bytes -= HW_PAGE_BYTES;
	return table_frame + table_frame_left_bytes;
}

void frame_free(u64 paddr)
{
	*(u64 *)frame_view(paddr) = first_free;
	first_free = paddr;
}
