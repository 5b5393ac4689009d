/* The program's page tables: levels of 512 entries, 4 KiB leaves, as the linker
 * made them. A page of page_size_bytes is a run of leaves.
 *
 * State: the tables themselves, seen through the direct map. A leaf is 0 (nothing
 * there), present, held (no rights, but the frame stays), marked (a marker waits for
 * its first touch) or THAW_PTE_MISSING.
 * The boot page's leaf, privileged, may lie where the program maps something
 * later: it counts as nothing and is overwritten.
 */
#include "stub.h"

#define INDEX_BITS 9
#define PAGE_BITS 12

static u64 *root(void)
{
	return frame_view(thaw_boot_block.user_root_paddr);
}

static u64 *entry_of(u64 *table, u64 vaddr, int level)
{
	return &table[vaddr >> (PAGE_BITS + INDEX_BITS * level) & ((1 << INDEX_BITS) - 1)];
}

u64 *pte_find(u64 vaddr)
{
	u64 *table = root();

	for (int level = ARCH_TABLE_LEVELS - 1; level > 0; level--) {
		u64 entry = *entry_of(table, vaddr, level);
		if (!(entry & PTE_PRESENT))
			return 0;
		table = frame_view(pte_paddr(entry));
	}
	return entry_of(table, vaddr, 0);
}

static u64 *pte_make(u64 vaddr, u64 access)
{
	u64 *table = root();

	for (int level = ARCH_TABLE_LEVELS - 1; level > 0; level--) {
		u64 *entry = entry_of(table, vaddr, level);
		if (!(*entry & PTE_PRESENT)) {
			u64 paddr = frame_allocate_table(vaddr, access);
			tlb_publish(); /* its zeros first */
			*entry = pte_table(paddr);
		}
		table = frame_view(pte_paddr(*entry));
	}
	return entry_of(table, vaddr, 0);
}

/* The next leaf that is not 0 in [*vaddr, end), or 0. Where there is no table
 * all that it would cover is skipped. */
static u64 *pte_next(u64 *vaddr, u64 end)
{
	u64 at = *vaddr;

	while (at < end) {
		u64 *table = root();
		int level = ARCH_TABLE_LEVELS - 1;
		for (; level > 0; level--) {
			u64 entry = *entry_of(table, at, level);
			if (!(entry & PTE_PRESENT))
				break;
			table = frame_view(pte_paddr(entry));
		}
		if (level > 0) {
			u64 span = 1ull << (PAGE_BITS + INDEX_BITS * level);
			at = ALIGN_DOWN(at, span) + span;
			continue;
		}
		do {
			u64 *pte = entry_of(table, at, 0);
			if (*pte) {
				*vaddr = at;
				return pte;
			}
			at += HW_PAGE_BYTES;
		} while (at < end && entry_of(table, at, 0) != table);
	}
	return 0;
}

static void set(u64 *pte, u64 vaddr, u64 value)
{
	if (*pte & PTE_PRESENT) {
		*pte = 0;
		tlb_forget(vaddr);
		demand_forget();
	}
	*pte = value;
}

void page_map_new(u64 vaddr, u64 flags, u64 access)
{
	u64 size_bytes = thaw_boot_block.page_size_bytes;
	u64 start = ALIGN_DOWN(vaddr, size_bytes);
	u64 paddr = frame_allocate(vaddr, access);

	for (u64 offset = 0; offset < size_bytes; offset += HW_PAGE_BYTES)
		set(pte_make(start + offset, access), start + offset, pte_leaf(paddr + offset, flags));
	tlb_publish();
}

void pages_protect(u64 start, u64 end, u64 flags)
{
	u64 *pte;

	for (u64 vaddr = start; (pte = pte_next(&vaddr, end)); vaddr += HW_PAGE_BYTES) {
		if (pte_has_frame(*pte))
			set(pte, vaddr, pte_leaf(pte_paddr(*pte), flags));
	}
	tlb_publish();
}

/* The frame goes with the first of a page's leaves. Frames of the pool are in one
 * place only, whatever the mapping; others only if the caller knows. */
void pages_unmap(u64 start, u64 end, int exclusive)
{
	u64 *pte;

	for (u64 vaddr = start; (pte = pte_next(&vaddr, end)); vaddr += HW_PAGE_BYTES) {
		u64 old = *pte;
		set(pte, vaddr, 0);
		if (!pte_has_frame(old) || (vaddr & (thaw_boot_block.page_size_bytes - 1)))
			continue;
		if (exclusive || frame_is_of_pool(pte_paddr(old)))
			frame_free(pte_paddr(old));
	}
}

void pages_move(u64 from, u64 to, u64 size_bytes)
{
	u64 *pte;

	for (u64 vaddr = from; (pte = pte_next(&vaddr, from + size_bytes)); vaddr += HW_PAGE_BYTES) {
		u64 old = *pte;
		set(pte, vaddr, 0);
		if (pte_has_frame(old) || old == THAW_PTE_MISSING) {
			u64 target = vaddr - from + to;
			set(pte_make(target, THAW_VMA_WRITE), target, old);
		}
	}
	tlb_publish();
}

void pages_zero(u64 start, u64 end)
{
	u64 *pte;

	for (u64 vaddr = start; (pte = pte_next(&vaddr, end)); vaddr += HW_PAGE_BYTES) {
		if (pte_has_frame(*pte))
			memset(frame_view(pte_paddr(*pte)), 0, HW_PAGE_BYTES);
		else if (*pte == THAW_PTE_MISSING)
			set(pte, vaddr, 0); /* whatever it was, now it is zero */
	}
}

void pages_copy(u64 from, u64 to, u64 size_bytes)
{
	u64 *pte;

	pages_zero(to, to + size_bytes);
	for (u64 vaddr = from; (pte = pte_next(&vaddr, from + size_bytes)); vaddr += HW_PAGE_BYTES) {
		u64 target = vaddr - from + to;
		u64 *target_pte;

		if (*pte == THAW_PTE_MISSING)
			refuse_access(THAW_VERDICT_MISSING_PAGE, vaddr, THAW_VMA_READ);
		if (!pte_has_frame(*pte))
			continue;
		target_pte = pte_find(target);
		if (!target_pte || !pte_has_frame(*target_pte)) {
			const struct thaw_vma *vma = vma_at(target);
			page_map_new(target, vma ? vma->flags : VMA_RIGHTS, THAW_VMA_WRITE);
			target_pte = pte_find(target);
		}
		memcpy(frame_view(pte_paddr(*target_pte)), frame_view(pte_paddr(*pte)), HW_PAGE_BYTES);
	}
}
