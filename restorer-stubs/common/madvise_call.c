/* madvise, as Linux 6.1's mm/madvise.c.
 *
 * MADV_DONTNEED drops pages of private anonymous memory: zeros again when
 * touched. MADV_FREE leaves them, as Linux does as long as memory is not short.
 * What is advice only has no effect. Anything else ends the run.
 *
 * State: the mapping table and the page tables.
 */
#include "stub.h"

enum { MADV_DONTNEED = 4, MADV_FREE = 8 };

/* NORMAL RANDOM SEQUENTIAL WILLNEED, DONTFORK DOFORK MERGEABLE UNMERGEABLE
 * HUGEPAGE NOHUGEPAGE DONTDUMP DODUMP, COLD PAGEOUT. */
#define ADVICE_ONLY 0x33fc0full

static int is_advice_only(u64 advice)
{
	return advice < 64 && (ADVICE_ONLY >> advice & 1);
}

/* Holes do not matter. */
static int all_private_anonymous(u64 start, u64 end)
{
	const struct thaw_vma *vma;

	for (u64 at = start; at < end && (vma = vma_at_or_above(at)); at = vma->end_vaddr) {
		if (vma->start_vaddr < end && !vma_is_private_anonymous(vma->flags))
			return 0;
	}
	return 1;
}

static void drop_pages(u64 start, u64 end)
{
	const struct thaw_vma *vma;

	for (u64 at = start; at < end && (vma = vma_at_or_above(at)); at = vma->end_vaddr)
		pages_unmap(vma->start_vaddr > at ? vma->start_vaddr : at,
			    vma->end_vaddr < end ? vma->end_vaddr : end, 1);
}

i64 call_madvise(struct trap_frame *frame)
{
	u64 start = arch_untagged(frame_argument(frame, 0));
	u64 size_bytes = frame_argument(frame, 1);
	u64 advice = (u32)frame_argument(frame, 2);
	u64 end = start + page_align_up(size_bytes);

	if (!is_advice_only(advice) && advice != MADV_DONTNEED && advice != MADV_FREE)
		call_unknown(frame);
	if (!page_is_aligned(start) || (size_bytes && !page_align_up(size_bytes)) || end < start)
		return -THAW_EINVAL;
	if (!is_advice_only(advice)) {
		if (!all_private_anonymous(start, end))
			call_unknown(frame);
		if (advice == MADV_DONTNEED)
			drop_pages(start, end);
	}
	return vma_covers(start, end) ? 0 : -THAW_ENOMEM;
}
