/* Mappings and their pages together, and where new mappings go.
 *
 * State: the mapping table and the page tables, kept in step here.
 */
#include "stub.h"

u64 page_align_up(u64 value)
{
	return ALIGN_UP(value, thaw_boot_block.page_size_bytes);
}

int page_is_aligned(u64 value)
{
	return (value & (thaw_boot_block.page_size_bytes - 1)) == 0;
}

int mapping_fits(u64 start, u64 size_bytes)
{
	const struct thaw_vma *next = vma_at_or_above(start);
	return user_range_valid(start, size_bytes)
		&& (!next || start + size_bytes <= vma_start_with_gap(next));
}

void mapping_remove(u64 start, u64 end)
{
	u64 at = start;
	const struct thaw_vma *vma;

	while (at < end && (vma = vma_at_or_above(at)) && vma->start_vaddr < end) {
		u64 to = vma->end_vaddr < end ? vma->end_vaddr : end;
		u64 from = vma->start_vaddr > at ? vma->start_vaddr : at;
		pages_unmap(from, to, vma_is_private_anonymous(vma->flags));
		at = to;
	}
	vma_remove(start, end);
}

/* Linux would go on above mmap_base when there is no gap; how is not known here. */
u64 mapping_place(struct trap_frame *frame, u64 size_bytes)
{
	u64 start = vma_gap_below(thaw_boot_block.mmap_top_vaddr, size_bytes);

	if (!start)
		call_unknown(frame);
	return start;
}
