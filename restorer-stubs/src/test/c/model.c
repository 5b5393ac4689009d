/* See model.h. */
#include <string.h>
#include "model.h"

struct model_page model[MODEL_PAGES];
u64 model_page_bytes, model_brk_bytes;

static u64 next_id = 1;

u64 model_vaddr(u64 page) { return WINDOW + page * model_page_bytes; }
u64 model_end(void) { return model_vaddr(MODEL_PAGES); }

static int same_mapping(u64 a, u64 b)
{
	return model[a].mapped && model[b].mapped && model[a].flags == model[b].flags
	       && model[a].id == model[b].id;
}

u64 model_mapping_end(u64 page)
{
	while (page + 1 < MODEL_PAGES && same_mapping(page, page + 1))
		page++;
	return page + 1;
}

static u64 next_mapped(u64 page)
{
	while (page < MODEL_PAGES && !model[page].mapped)
		page++;
	return page;
}

/* The end of the gap that page is in, with the gap that Linux keeps under stacks. */
static u64 gap_end(u64 page)
{
	u64 next = next_mapped(page);
	if (next < MODEL_PAGES && (model[next].flags & THAW_VMA_GROWS_DOWN))
		return next > 256 ? next - 256 : 0;
	return next;
}

int model_fits(u64 page, u64 page_count)
{
	return page + page_count <= MODEL_PAGES && !model[page].mapped
	       && page + page_count <= gap_end(page);
}

u64 model_place(u64 page_count)
{
	u64 high = MODEL_PAGES;

	for (u64 page = MODEL_PAGES; page-- > 0;) {
		u64 end = next_mapped(page);
		if (end > high)
			end = high;
		if (page + page_count > end)
			continue;
		if (end > gap_end(page)) /* a stack keeps it: go on below */
			high = end = gap_end(page);
		if (page + page_count <= end)
			return page;
	}
	return NO_PAGE;
}

static u64 id_for(u64 flags) { return vma_is_private_anonymous(flags) ? 0 : next_id++; }

void model_map(u64 page, u64 page_count, u64 flags)
{
	u64 id = id_for(flags);
	model_unmap(page, page_count);
	for (u64 i = page; i < page + page_count; i++)
		model[i] = (struct model_page){.flags = flags, .id = id, .mapped = 1};
}

void model_unmap(u64 page, u64 page_count)
{
	memset(&model[page], 0, page_count * sizeof(model[0]));
}

void model_protect(u64 page, u64 page_count, u64 rights)
{
	u64 end = page + page_count;

	while (page < end) {
		u64 mapping_end = model_mapping_end(page);
		u64 to = mapping_end < end ? mapping_end : end;
		u64 flags = (model[page].flags & ~VMA_RIGHTS) | rights;
		if (flags != model[page].flags) {
			u64 id = id_for(flags);
			u64 rest_id = id_for(flags);
			for (u64 i = page; i < to; i++) {
				model[i].flags = flags;
				model[i].id = id;
			}
			for (u64 i = to; i < mapping_end; i++)
				model[i].id = rest_id;
		}
		page = to;
	}
}

void model_move(u64 from, u64 to, u64 old_count, u64 new_count)
{
	static struct model_page copy[MODEL_PAGES];
	u64 flags = model[from].flags;
	u64 id = id_for(flags);

	memcpy(copy, &model[from], old_count * sizeof(model[0]));
	model_unmap(from, old_count);
	for (u64 i = 0; i < new_count; i++) {
		model[to + i] =
			i < old_count ? copy[i] : (struct model_page){.flags = flags, .mapped = 1};
		model[to + i].id = id;
	}
}

int model_grow(u64 page)
{
	u64 stack = next_mapped(page);
	u64 below = page;

	if (stack >= MODEL_PAGES || !(model[stack].flags & THAW_VMA_GROWS_DOWN))
		return 0;
	while (below > 0 && !model[below - 1].mapped)
		below--;
	if (below > 0 && !(model[below - 1].flags & THAW_VMA_GROWS_DOWN)
	    && (model[below - 1].flags & VMA_RIGHTS) && page - below < 256)
		return 0;
	/* Two stacks of which one grew up to the other stay two: the table has to say. */
	if (vma_at_or_above(model_vaddr(stack))->end_vaddr - model_vaddr(page)
	    > thaw_boot_block.stack_limit_bytes)
		return 0;
	for (u64 i = page; i < stack; i++)
		model[i] = (struct model_page){.flags = model[stack].flags, .mapped = 1};
	return 1;
}

static void check_rows(void)
{
	const struct thaw_vma *rows = (const struct thaw_vma *)thaw_boot_block.vma_table_vaddr;
	u64 index = 0;

	for (u64 page = next_mapped(0); page < MODEL_PAGES; page = next_mapped(page)) {
		u64 end = model_mapping_end(page);
		u64 at = model_vaddr(page);
		/* A stack that grew up to another one is not merged with it: take both. */
		do {
			REQUIRE(index < thaw_boot_block.vma_count, "no row at %llx", at);
			REQUIRE(rows[index].start_vaddr == at && rows[index].end_vaddr > at,
				"%llx, row %llx", at, rows[index].start_vaddr);
			REQUIRE(rows[index].flags == model[page].flags,
				"%llx has flags %llx, not %llx", at, rows[index].flags,
				model[page].flags);
			at = rows[index++].end_vaddr;
		} while (at < model_vaddr(end));
		REQUIRE(at == model_vaddr(end), "a row ends at %llx", at);
		page = end;
	}
	REQUIRE(index == thaw_boot_block.vma_count, "%llu rows, %llu expected",
		thaw_boot_block.vma_count, index);
}

static void check_page(u64 page)
{
	for (u64 offset = 0; offset < model_page_bytes; offset += HW_PAGE_BYTES) {
		const u64 *pte = pte_find(model_vaddr(page) + offset);
		u64 value = pte ? *pte : 0;
		REQUIRE(pte_has_frame(value) == (model[page].born && !model[page].missing),
			"page %llu: entry %llx", page, value);
		REQUIRE((value == THAW_PTE_MISSING) == model[page].missing, "page %llu: entry %llx",
			page, value);
		if (pte_has_frame(value))
			REQUIRE(value == pte_leaf(pte_paddr(value), model[page].flags),
				"page %llu: entry %llx, rights %llx", page, value,
				model[page].flags);
	}
	if (model[page].born && !model[page].missing) {
		const u8 *bytes = frame_view(pte_paddr(*pte_find(model_vaddr(page))));
		u64 nonzero = (model[page].bytes[0] != 0) + (model[page].bytes[1] != 0);
		REQUIRE(bytes[0] == model[page].bytes[0]
				&& bytes[model_page_bytes - 1] == model[page].bytes[1],
			"contents of page %llu", page);
		for (u64 i = 0; i < model_page_bytes; i++)
			nonzero -= bytes[i] != 0;
		REQUIRE(nonzero == 0, "page %llu was not born zero", page);
	}
}

void model_check(void)
{
	check_rows();
	for (u64 page = 0; page < MODEL_PAGES; page++)
		check_page(page);
}
