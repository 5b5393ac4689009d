/* mmap of anonymous memory, as do_mmap and arch_get_unmapped_area_topdown of
 * Linux 6.1. A file's contents are not there: mapping one ends the run.
 *
 * State: the mapping table. Pages are born when touched, MAP_POPULATE or not:
 * the program cannot tell.
 */
#include "stub.h"

/* <asm-generic/mman-common.h> and <asm-generic/mman.h>. */
enum {
	MAP_SHARED = 0x01,
	MAP_PRIVATE = 0x02,
	MAP_TYPE = 0x0f,
	MAP_FIXED = 0x10,
	MAP_ANONYMOUS = 0x20,
	MAP_GROWSDOWN = 0x100,
	MAP_NORESERVE = 0x4000,
	MAP_POPULATE = 0x8000,
	MAP_NONBLOCK = 0x10000,
	MAP_STACK = 0x20000,
	MAP_FIXED_NOREPLACE = 0x100000,
	/* No effect on anonymous memory: MAP_DENYWRITE, MAP_EXECUTABLE. */
	MAP_HISTORIC = 0x1800,
	MAP_KNOWN = MAP_TYPE | MAP_FIXED | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_NORESERVE
		| MAP_POPULATE | MAP_NONBLOCK | MAP_STACK | MAP_FIXED_NOREPLACE | MAP_HISTORIC,
};

/* MMAP_LEAST_VADDR is refused or not by privilege, so it is not asked for. */
static u64 place(struct trap_frame *frame, u64 hint, u64 size_bytes)
{
	hint = ALIGN_DOWN(hint, thaw_boot_block.page_size_bytes);
	if (hint && hint < MMAP_LEAST_VADDR)
		hint = page_align_up(MMAP_LEAST_VADDR);
	if (hint && mapping_fits(hint, size_bytes))
		return hint;
	return mapping_place(frame, size_bytes);
}

i64 call_mmap(struct trap_frame *frame)
{
	u64 start = frame_argument(frame, 0);
	u64 size_bytes = frame_argument(frame, 1);
	u64 protection = frame_argument(frame, 2);
	u64 flags = frame_argument(frame, 3);
	u64 vma_flags = (protection & VMA_RIGHTS) | THAW_VMA_DEMAND_ZERO;
	int shared = (flags & MAP_TYPE) == MAP_SHARED;

	if (!page_is_aligned(frame_argument(frame, 5)))
		return -THAW_EINVAL;
	if (!(flags & MAP_ANONYMOUS) || (flags & ~(u64)MAP_KNOWN)
	    || (protection & ~PROT_ACCEPTED))
		call_unknown(frame);
	if (!size_bytes)
		return -THAW_EINVAL;
	size_bytes = page_align_up(size_bytes);
	if (!size_bytes || !user_range_valid(0, size_bytes))
		return -THAW_ENOMEM;
	if (!(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
		start = place(frame, start, size_bytes);
	} else {
		if (!user_range_valid(start, size_bytes))
			return -THAW_ENOMEM;
		if (!page_is_aligned(start))
			return -THAW_EINVAL;
		if (start < MMAP_LEAST_VADDR)
			call_unknown(frame);
	}
	if (flags & MAP_FIXED_NOREPLACE) {
		const struct thaw_vma *next = vma_at_or_above(start);
		if (next && next->start_vaddr < start + size_bytes)
			return -THAW_EEXIST;
	}
	if ((!shared && (flags & MAP_TYPE) != MAP_PRIVATE) || (shared && (flags & MAP_GROWSDOWN)))
		return -THAW_EINVAL;
	if (!vma_has_room())
		call_unknown(frame);
	if (flags & MAP_GROWSDOWN)
		vma_flags |= THAW_VMA_GROWS_DOWN;
	if (shared)
		vma_flags |= THAW_VMA_SHARED;
	mapping_remove(start, start + size_bytes);
	vma_insert(start, start + size_bytes, vma_flags);
	return (i64)start;
}
