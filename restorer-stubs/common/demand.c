/* Pages that are born when they are touched first, and stacks that grow.
 *
 * State: the mapping table, the page tables, and the page that was found there
 * last: programs hand the same buffer to the kernel again and again.
 */
#include "stub.h"

/* As the processors see it: whatever has any right can be read. */
static int allows(u64 vma_flags, u64 access)
{
	if (access == THAW_VMA_READ)
		access = VMA_RIGHTS;
	return (vma_flags & access) != 0;
}

/* expand_downwards of Linux's mm/mmap.c: up to RLIMIT_STACK, and not too near to
 * what is accessible below, unless it is a stack itself. */
static int grow(struct thaw_vma *stack, u64 vaddr)
{
	u64 start = ALIGN_DOWN(vaddr, thaw_boot_block.page_size_bytes);
	const struct thaw_vma *below = vma_before(vaddr);

	if (!(stack->flags & THAW_VMA_GROWS_DOWN) || start < MMAP_LEAST_VADDR)
		return 0;
	if (below && !(below->flags & THAW_VMA_GROWS_DOWN) && (below->flags & VMA_RIGHTS)
	    && start - below->end_vaddr < stack_gap_bytes())
		return 0;
	if (stack->end_vaddr - start > thaw_boot_block.stack_limit_bytes)
		return 0;
	stack->start_vaddr = start;
	return 1;
}

/* Its vaddr and, below it, the access that was found to be allowed; 0 if none. */
static u64 known_page;

void demand_forget(void) { known_page = 0; }

enum demand demand_page(u64 vaddr, u64 access)
{
	u64 key = ALIGN_DOWN(vaddr, HW_PAGE_BYTES) | access;
	struct thaw_vma *vma;
	u64 *pte;

	if (key == known_page)
		return DEMAND_PRESENT;
	vma = vma_at_or_above(vaddr);
	if (!vma || (vaddr < vma->start_vaddr && !grow(vma, vaddr)) || !allows(vma->flags, access))
		return DEMAND_OUTSIDE;
	pte = pte_find(vaddr);
	if (pte && pte_present(*pte)) {
		known_page = key;
		return DEMAND_PRESENT;
	}
	if (pte && pte_marked(*pte)) {
		*pte = pte_unmarked(*pte);
		tlb_publish();
		marker_touched();
		return DEMAND_BORN;
	}
	if ((pte && *pte == THAW_PTE_MISSING) || (vma->flags & THAW_VMA_TRIMMED))
		return DEMAND_MISSING;
	if (!(vma->flags & THAW_VMA_DEMAND_ZERO)) /* beyond the end of a file */
		return DEMAND_OUTSIDE;
	page_map_new(vaddr, vma->flags, access);
	report_demand_pages++;
	return DEMAND_BORN;
}
