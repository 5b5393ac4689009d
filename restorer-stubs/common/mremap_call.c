/* mremap, as Linux 6.1's mm/mremap.c: shrinks, grows in place, moves.
 *
 * State: the mapping table and the page tables. A page moves by its entry. What
 * only memory objects have (copies by old size 0, MREMAP_DONTUNMAP, growing
 * beyond what a file or shared memory holds) ends the run. One thing differs:
 * Linux refuses an old range over two neighbours that only its own bookkeeping
 * tells apart (accounting, advice); here they are one.
 */
#include "stub.h"

enum { MREMAP_MAYMOVE = 1, MREMAP_FIXED = 2, MREMAP_DONTUNMAP = 4 };

struct remap {
	u64 from, old_size_bytes, to, new_size_bytes, flags;
};

/* 0 if the old range can be as large as asked for: vma_to_resize of Linux. */
static i64 check_resize(struct trap_frame *frame, const struct remap *r)
{
	const struct thaw_vma *vma = vma_at(r->from);
	int grows = r->new_size_bytes > r->old_size_bytes;
	int fits;

	if (!vma)
		return -THAW_EFAULT;
	/* Files and shared memory may be one mapping for Linux, and two here; growing,
	 * they need what is behind their end. */
	fits = r->old_size_bytes <= vma->end_vaddr - r->from;
	if ((vma->flags & THAW_VMA_GROWS_DOWN)
	    || ((grows || !fits) && !vma_is_private_anonymous(vma->flags)))
		call_unknown(frame);
	return fits ? 0 : -THAW_EFAULT;
}

static i64 move(const struct remap *r)
{
	u64 vma_flags = vma_at(r->from)->flags;

	pages_move(r->from, r->to, r->old_size_bytes);
	vma_remove(r->from, r->from + r->old_size_bytes);
	vma_insert(r->to, r->to + r->new_size_bytes, vma_flags);
	return (i64)r->to;
}

static i64 move_to_fixed(struct trap_frame *frame, struct remap *r)
{
	i64 error;

	if (!page_is_aligned(r->to) || !user_range_valid(r->to, r->new_size_bytes))
		return -THAW_EINVAL;
	if (r->from + r->old_size_bytes > r->to && r->to + r->new_size_bytes > r->from)
		return -THAW_EINVAL;
	if (r->to < MMAP_LEAST_VADDR || !user_range_valid(r->from, r->old_size_bytes))
		call_unknown(frame);
	mapping_remove(r->to, r->to + r->new_size_bytes);
	if (r->old_size_bytes > r->new_size_bytes) {
		mapping_remove(r->from + r->new_size_bytes, r->from + r->old_size_bytes);
		r->old_size_bytes = r->new_size_bytes;
	}
	error = check_resize(frame, r);
	return error ? error : move(r);
}

static i64 grow(struct trap_frame *frame, struct remap *r)
{
	u64 old_end = r->from + r->old_size_bytes;
	u64 added_bytes = r->new_size_bytes - r->old_size_bytes;
	i64 error = check_resize(frame, r);
	const struct thaw_vma *next;

	if (error)
		return error;
	next = vma_at_or_above(old_end);
	if (user_range_valid(r->from, r->new_size_bytes)
	    && (!next || next->start_vaddr >= old_end + added_bytes)) {
		vma_insert(old_end, old_end + added_bytes, vma_at(r->from)->flags);
		return (i64)r->from;
	}
	if (!(r->flags & MREMAP_MAYMOVE) || !user_range_valid(0, r->new_size_bytes))
		return -THAW_ENOMEM;
	r->to = mapping_place(frame, r->new_size_bytes);
	return move(r);
}

i64 call_mremap(struct trap_frame *frame)
{
	struct remap r = {
		.from = arch_untagged(frame_argument(frame, 0)),
		.old_size_bytes = page_align_up(frame_argument(frame, 1)),
		.new_size_bytes = page_align_up(frame_argument(frame, 2)),
		.flags = frame_argument(frame, 3),
		.to = frame_argument(frame, 4),
	};

	if (r.flags & ~(u64)(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP))
		return -THAW_EINVAL;
	if ((r.flags & MREMAP_FIXED) && !(r.flags & MREMAP_MAYMOVE))
		return -THAW_EINVAL;
	if (r.flags & MREMAP_DONTUNMAP)
		call_unknown(frame);
	if (!page_is_aligned(r.from) || !r.new_size_bytes)
		return -THAW_EINVAL;
	if (!vma_at(r.from))
		return -THAW_EFAULT;
	if (!r.old_size_bytes || !vma_has_room())
		call_unknown(frame);
	if (r.flags & MREMAP_FIXED)
		return move_to_fixed(frame, &r);
	if (r.old_size_bytes > r.new_size_bytes) {
		if (!user_range_valid(r.from, r.old_size_bytes))
			return -THAW_EINVAL;
		mapping_remove(r.from + r.new_size_bytes, r.from + r.old_size_bytes);
		return (i64)r.from;
	}
	return r.old_size_bytes == r.new_size_bytes ? (i64)r.from : grow(frame, &r);
}
