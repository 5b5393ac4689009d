/* The table of the program's mappings: an array sorted by address, changed in
 * place.
 *
 * State: vma_count rows at vma_table_vaddr; room for vma_capacity. Rows never
 * overlap and are never empty; pages are looked after elsewhere.
 */
#include "stub.h"

/* The most rows that one system call adds: mremap cuts one mapping where it goes
 * and one where it comes from, and adds itself. */
#define MOST_ADDED 3

/* stack_guard_gap of Linux, in the program's pages. */
#define STACK_GAP_PAGES 256

static struct thaw_vma *row(u64 index)
{
	return (struct thaw_vma *)thaw_boot_block.vma_table_vaddr + index;
}

static u64 count(void) { return thaw_boot_block.vma_count; }

/* Index of the first row that ends above vaddr. */
static u64 first_above(u64 vaddr)
{
	u64 low = 0, high = count();

	while (low < high) {
		u64 middle = (low + high) / 2;
		if (row(middle)->end_vaddr > vaddr)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void open_row(u64 index)
{
	memmove(row(index + 1), row(index), (count() - index) * sizeof(struct thaw_vma));
	thaw_boot_block.vma_count++;
}

static void close_rows(u64 from, u64 to)
{
	memmove(row(from), row(to), (count() - to) * sizeof(struct thaw_vma));
	thaw_boot_block.vma_count -= to - from;
}

struct thaw_vma *vma_at_or_above(u64 vaddr)
{
	u64 index = first_above(vaddr);
	return index < count() ? row(index) : 0;
}

struct thaw_vma *vma_at(u64 vaddr)
{
	struct thaw_vma *vma = vma_at_or_above(vaddr);
	return vma && vma->start_vaddr <= vaddr ? vma : 0;
}

struct thaw_vma *vma_before(u64 vaddr)
{
	u64 index = first_above(vaddr);
	return index > 0 ? row(index - 1) : 0;
}

int vma_has_room(void)
{
	return count() + MOST_ADDED <= thaw_boot_block.vma_capacity;
}

/* Linux merges anonymous neighbours. Files and shared memory it merges only if
 * offsets fit, which is not known here: they stay apart. */
static int can_merge(const struct thaw_vma *vma, u64 flags)
{
	return vma->flags == flags && vma_is_private_anonymous(flags);
}

void vma_insert(u64 start, u64 end, u64 flags)
{
	u64 index = first_above(start);
	struct thaw_vma *before = index > 0 ? row(index - 1) : 0;
	struct thaw_vma *after = index < count() ? row(index) : 0;
	int joins_before = before && before->end_vaddr == start && can_merge(before, flags);
	int joins_after = after && after->start_vaddr == end && can_merge(after, flags);

	if (joins_before && joins_after) {
		before->end_vaddr = after->end_vaddr;
		close_rows(index, index + 1);
	} else if (joins_before) {
		before->end_vaddr = end;
	} else if (joins_after) {
		after->start_vaddr = start;
	} else {
		open_row(index);
		row(index)->start_vaddr = start;
		row(index)->end_vaddr = end;
		row(index)->flags = flags;
	}
}

void vma_remove(u64 start, u64 end)
{
	u64 from = first_above(start);
	u64 to;

	if (from < count() && row(from)->start_vaddr < start) {
		struct thaw_vma *cut = row(from);
		if (cut->end_vaddr > end) {
			open_row(from);
			cut->end_vaddr = start;
			row(from + 1)->start_vaddr = end;
			return;
		}
		cut->end_vaddr = start;
		from++;
	}
	for (to = from; to < count() && row(to)->end_vaddr <= end; to++)
		;
	close_rows(from, to);
	if (from < count() && row(from)->start_vaddr < end)
		row(from)->start_vaddr = end;
}

int vma_covers(u64 start, u64 end)
{
	for (u64 i = first_above(start); start < end; i++) {
		if (i >= count() || row(i)->start_vaddr > start)
			return 0;
		start = row(i)->end_vaddr;
	}
	return 1;
}

u64 stack_gap_bytes(void)
{
	return STACK_GAP_PAGES * thaw_boot_block.page_size_bytes;
}

u64 vma_start_with_gap(const struct thaw_vma *vma)
{
	u64 gap = (vma->flags & THAW_VMA_GROWS_DOWN) ? stack_gap_bytes() : 0;
	return vma->start_vaddr > gap ? vma->start_vaddr - gap : 0;
}

/* unmapped_area_topdown of Linux 6.1: a gap that a stack keeps free is found too
 * late, and then the search goes on below what the stack keeps. */
u64 vma_gap_below(u64 top, u64 size_bytes)
{
	for (u64 i = count();; i--) {
		const struct thaw_vma *above = i < count() ? row(i) : 0;
		u64 from = i > 0 ? row(i - 1)->end_vaddr : 0;
		if (from < MMAP_LEAST_VADDR)
			from = MMAP_LEAST_VADDR;
		if (above && above->start_vaddr < top)
			top = above->start_vaddr;
		if (above && top > from && top - from >= size_bytes && vma_start_with_gap(above) < top)
			top = vma_start_with_gap(above);
		if (top > from && top - from >= size_bytes)
			return top - size_bytes;
		if (i == 0)
			return 0;
	}
}
