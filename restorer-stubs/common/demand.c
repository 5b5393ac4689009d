/* Pages that are born when they are touched first, and stacks that grow.
 *
 * State: the mapping table and the page tables.
 */
#include "stub.h"

/* As the processors see it: whatever has any right can be read. */
static int allows(u64 vma_flags, u64 access)
{
	if (access == THAW_VMA_READ)
		access = THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_EXECUTE;
	return (vma_flags & access) != 0;
}

/* expand_downwards of Linux's mm/mmap.c: up to RLIMIT_STACK, and not too near to
 * what is accessible below, unless it is a stack itself. */
static int grow(struct thaw_vma *stack, u64 vaddr)
{
	u64 start = ALIGN_DOWN(vaddr, thaw_boot_block.page_size_bytes);
	const struct thaw_vma *below = vma_before(vaddr);
	u64 rights = THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_EXECUTE;

	if (!(stack->flags & THAW_VMA_GROWS_DOWN) || start < MMAP_LEAST_VADDR)
		return 0;
	if (below && !(below->flags & THAW_VMA_GROWS_DOWN) && (below->flags & rights)
	    && start - below->end_vaddr < stack_gap_bytes())
		return 0;
	if (stack->end_vaddr - start > thaw_boot_block.stack_limit_bytes)
		return 0;
	stack->start_vaddr = start;
	return 1;
}

enum demand demand_page(u64 vaddr, u64 access)
{
	struct thaw_vma *vma = vma_at_or_above(vaddr);
	u64 *pte;

	if (!vma || (vaddr < vma->start_vaddr && !grow(vma, vaddr)) || !allows(vma->flags, access))
		return DEMAND_OUTSIDE;
	pte = pte_find(vaddr);
	if (pte && pte_present(*pte))
		return DEMAND_PRESENT;
	if (pte && *pte == THAW_PTE_MISSING)
		return DEMAND_MISSING;
	if (!(vma->flags & THAW_VMA_DEMAND_ZERO)) /* beyond the end of a file */
		return DEMAND_OUTSIDE;
	page_map_new(vaddr, vma->flags, access);
	report_demand_pages++;
	return DEMAND_BORN;
}
