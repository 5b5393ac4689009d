/* brk, munmap, mprotect, as Linux 6.1's mm/mmap.c and mm/mprotect.c.
 *
 * State: brk_vaddr of the boot block, the mapping table and the page tables. When
 * the mapping table is full the run ends: Linux's own limit is far higher.
 */
#include "stub.h"

i64 call_brk(struct trap_frame *frame)
{
	u64 brk = frame_argument(frame, 0);
	u64 old_end = page_align_up(thaw_boot_block.brk_vaddr);
	u64 new_end = page_align_up(brk);
	const struct thaw_vma *next;

	if (brk < thaw_boot_block.brk_start_vaddr || brk > thaw_boot_block.user_end_vaddr)
		return (i64)thaw_boot_block.brk_vaddr;
	if (!vma_has_room())
		call_unknown(frame);
	if (new_end < old_end) {
		/* Linux has its own ways if the program took parts out of it. */
		if (!vma_covers(new_end, old_end))
			call_unknown(frame);
		mapping_remove(new_end, old_end);
	} else if (new_end > old_end) {
		next = vma_at_or_above(old_end);
		if (!user_range_valid(new_end, 0)
		    || (next && new_end + thaw_boot_block.page_size_bytes > vma_start_with_gap(next)))
			return (i64)thaw_boot_block.brk_vaddr;
		vma_insert(old_end, new_end, THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_DEMAND_ZERO);
	}
	thaw_boot_block.brk_vaddr = brk;
	return (i64)brk;
}

i64 call_munmap(struct trap_frame *frame)
{
	u64 start = arch_untagged(frame_argument(frame, 0));
	u64 size_bytes = frame_argument(frame, 1);

	if (!page_is_aligned(start) || !user_range_valid(start, size_bytes)
	    || !page_align_up(size_bytes))
		return -THAW_EINVAL;
	if (!vma_has_room())
		call_unknown(frame);
	mapping_remove(start, start + page_align_up(size_bytes));
	return 0;
}

/* Whether Linux allows these rights depends, for files, on how they were opened
 * and mounted, unless they are rights that the mapping has or that a private
 * copy always may have. */
static int rights_are_known(u64 vma_flags, u64 rights)
{
	u64 added = rights & ~vma_flags;

	if (vma_flags & THAW_VMA_DEMAND_ZERO)
		return 1;
	return !(added & THAW_VMA_EXECUTE)
		&& !((added & THAW_VMA_WRITE) && (vma_flags & THAW_VMA_SHARED));
}

i64 call_mprotect(struct trap_frame *frame)
{
	u64 at = arch_untagged(frame_argument(frame, 0));
	u64 size_bytes = frame_argument(frame, 1);
	u64 protection = frame_argument(frame, 2);
	u64 end = at + page_align_up(size_bytes);

	/* PROT_GROWSDOWN, and on AArch64 PROT_BTI and PROT_MTE, which depend on the processor */
	if (protection & ~PROT_ACCEPTED)
		call_unknown(frame);
	if (!page_is_aligned(at))
		return -THAW_EINVAL;
	if (!size_bytes)
		return 0;
	if (end <= at)
		return -THAW_ENOMEM;
	if (!vma_has_room())
		call_unknown(frame);
	while (at < end) {
		const struct thaw_vma *vma = vma_at(at);
		u64 to, old_flags, flags;
		if (!vma)
			return -THAW_ENOMEM;
		if (!rights_are_known(vma->flags, protection))
			call_unknown(frame);
		to = vma->end_vaddr < end ? vma->end_vaddr : end;
		old_flags = vma->flags;
		flags = (old_flags & ~VMA_RIGHTS) | (protection & VMA_RIGHTS);
		if (flags != old_flags) {
			vma_remove(at, to);
			vma_insert(at, to, flags);
			pages_protect(at, to, flags);
		}
		at = to;
	}
	return 0;
}
