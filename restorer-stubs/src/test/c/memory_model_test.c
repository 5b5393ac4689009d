/* Memory calls at random, with pages read and written in between, against model.c:
 * results, mapping table, page-table entries, contents of pages, and that every
 * frame comes back. Arguments: seed, operations, page size in bytes. */
#include <stdio.h>
#include <stdlib.h>
#include "call_numbers.h"
#include "model.h"

#define RW_PRIVATE (THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_DEMAND_ZERO)

enum {
	MAP_SHARED = 1,
	MAP_PRIVATE = 2,
	MAP_FIXED = 0x10,
	MAP_ANONYMOUS = 0x20,
	MAP_GROWSDOWN = 0x100,
	MAP_FIXED_NOREPLACE = 0x100000
};
enum { UNKNOWN = THAW_VERDICT_UNKNOWN_CALL };
enum {
	EFAULT_ = -THAW_EFAULT,
	ENOMEM_ = -THAW_ENOMEM,
	EINVAL_ = -THAW_EINVAL,
	EEXIST_ = -THAW_EEXIST
};

static u64 step;

static void expect(const char *what, struct outcome got, u64 verdict, i64 result)
{
	REQUIRE(got.verdict == verdict && (verdict || got.result == result),
		"step %llu, %s: verdict %llu result %llx, not %llu %llx", step, what, got.verdict,
		got.result, verdict, result);
}

static u64 any_rights(void)
{
	return random_below(3) ? THAW_VMA_READ | THAW_VMA_WRITE : random_below(8);
}

static u64 few_pages(void) { return 1 + (random_below(20) ? random_below(12) : random_below(400)); }

static int any_mapped(u64 page, u64 count)
{
	for (u64 i = page; i < page + count; i++)
		if (model[i].mapped)
			return 1;
	return 0;
}

static void try_mmap(void)
{
	u64 page = random_below(MODEL_PAGES), count = few_pages();
	u64 rights = any_rights();
	int shared = random_below(4) == 0, grows = random_below(12) == 0;
	u64 how = random_below(4);
	u64 flags = MAP_ANONYMOUS | (shared ? MAP_SHARED : MAP_PRIVATE)
		    | (grows ? MAP_GROWSDOWN : 0)
		    | (how == 0	  ? MAP_FIXED
		       : how == 1 ? MAP_FIXED_NOREPLACE
				  : 0);
	u64 hint = how == 3 && random_below(2) ? 0 : model_vaddr(page);
	u64 odd = random_below(model_page_bytes);
	struct outcome got = machine_call(CALL_mmap, hint + (how >= 2 && hint ? odd : 0),
					  count * model_page_bytes - odd, rights, flags, ~0ull, 0);

	if (how <= 1 && page + count > MODEL_PAGES) {
		expect("mmap beyond the end", got, 0, ENOMEM_);
		return;
	}
	if (how == 1 && any_mapped(page, count)) {
		expect("mmap in use", got, 0, EEXIST_);
		return;
	}
	if (how >= 2 && !(hint && model_fits(page, count))) {
		page = model_place(count);
		if (page == NO_PAGE) {
			expect("mmap without a gap", got, UNKNOWN, 0);
			return;
		}
	}
	if (shared && grows) {
		expect("mmap of a shared stack", got, 0, EINVAL_);
		return;
	}
	expect("mmap", got, 0, (i64)model_vaddr(page));
	model_map(page, count,
		  rights | THAW_VMA_DEMAND_ZERO | (shared ? THAW_VMA_SHARED : 0)
			  | (grows ? THAW_VMA_GROWS_DOWN : 0));
}

static void try_munmap(void)
{
	u64 page = random_below(MODEL_PAGES), count = few_pages();
	struct outcome got = machine_call(CALL_munmap, model_vaddr(page),
					  count * model_page_bytes - random_below(100), 0, 0, 0, 0);

	if (page + count > MODEL_PAGES) {
		expect("munmap beyond the end", got, 0, EINVAL_);
		return;
	}
	expect("munmap", got, 0, 0);
	model_unmap(page, count);
}

static void try_mprotect(void)
{
	u64 page = random_below(MODEL_PAGES), count = few_pages();
	u64 rights = any_rights();
	u64 good = 0;
	struct outcome got = machine_call(CALL_mprotect, model_vaddr(page),
					  count * model_page_bytes, rights, 0, 0, 0);

	while (good < count && page + good < MODEL_PAGES && model[page + good].mapped)
		good++;
	expect("mprotect", got, 0, good < count ? ENOMEM_ : 0);
	model_protect(page, good, rights);
}

static void try_madvise(void)
{
	u64 page = random_below(MODEL_PAGES), count = few_pages();
	int hole = page + count > MODEL_PAGES, shared = 0;
	struct outcome got =
		machine_call(CALL_madvise, model_vaddr(page), count * model_page_bytes, 4, 0, 0, 0);

	for (u64 i = page; i < page + count && i < MODEL_PAGES; i++) {
		hole |= !model[i].mapped;
		shared |= model[i].mapped && (model[i].flags & THAW_VMA_SHARED);
	}
	expect("madvise", got, shared ? UNKNOWN : 0, hole ? ENOMEM_ : 0);
	for (u64 i = page; !shared && i < page + count && i < MODEL_PAGES; i++)
		model[i].born = model[i].missing = model[i].bytes[0] = model[i].bytes[1] = 0;
}

/* 0 if mremap may go on with the old range; else what it comes to. */
static i64 refusal(u64 from, u64 old_count, int grows, u64 *verdict)
{
	int fits;

	if (!model[from].mapped)
		return EFAULT_;
	fits = from + old_count <= model_mapping_end(from);
	if ((model[from].flags & THAW_VMA_GROWS_DOWN)
	    || ((grows || !fits) && !vma_is_private_anonymous(model[from].flags)))
		*verdict = UNKNOWN;
	return *verdict || !fits ? EFAULT_ : 0;
}

static void try_mremap_fixed(u64 from, u64 old_count, u64 new_count)
{
	u64 to = random_below(MODEL_PAGES), verdict = 0;
	struct outcome got =
		machine_call(CALL_mremap, model_vaddr(from), old_count * model_page_bytes,
			     new_count * model_page_bytes, 3, model_vaddr(to), 0);
	i64 error;

	if (!model[from].mapped) {
		expect("mremap of nothing", got, 0, EFAULT_);
		return;
	}
	if (to + new_count > MODEL_PAGES || (from + old_count > to && to + new_count > from)) {
		expect("mremap onto itself", got, 0, EINVAL_);
		return;
	}
	if (from + old_count > MODEL_PAGES) {
		expect("mremap from beyond the end", got, UNKNOWN, 0);
		return;
	}
	model_unmap(to, new_count);
	if (old_count > new_count) {
		model_unmap(from + new_count, old_count - new_count);
		old_count = new_count;
	}
	error = refusal(from, old_count, new_count > old_count, &verdict);
	expect("mremap to", got, verdict, error ? error : (i64)model_vaddr(to));
	if (!error)
		model_move(from, to, old_count, new_count);
}

static void try_mremap(void)
{
	u64 from = random_below(MODEL_PAGES), old_count = few_pages(), new_count = few_pages();
	u64 may_move = random_below(2), to, verdict = 0;
	struct outcome got;
	i64 error;

	if (random_below(2) && model[from].mapped)
		old_count = model_mapping_end(from) - from;
	if (random_below(3) == 0) {
		try_mremap_fixed(from, old_count, new_count);
		return;
	}
	got = machine_call(CALL_mremap, model_vaddr(from), old_count * model_page_bytes,
			   new_count * model_page_bytes, may_move, 0, 0);
	if (!model[from].mapped) {
		expect("mremap of nothing", got, 0, EFAULT_);
	} else if (old_count > new_count && from + old_count > MODEL_PAGES) {
		expect("mremap beyond the end", got, 0, EINVAL_);
	} else if (old_count >= new_count) {
		expect("mremap to less", got, 0, (i64)model_vaddr(from));
		if (old_count > new_count)
			model_unmap(from + new_count, old_count - new_count);
	} else if ((error = refusal(from, old_count, 1, &verdict))) {
		expect("mremap refused", got, verdict, error);
	} else if (from + new_count <= MODEL_PAGES
		   && !any_mapped(from + old_count, new_count - old_count)) {
		expect("mremap in place", got, 0, (i64)model_vaddr(from));
		for (u64 i = from + old_count; i < from + new_count; i++)
			model[i] = (struct model_page){.flags = model[from].flags, .mapped = 1};
	} else if (!may_move) {
		expect("mremap without room", got, 0, ENOMEM_);
	} else if ((to = model_place(new_count)) == NO_PAGE) {
		expect("mremap without a gap", got, UNKNOWN, 0);
	} else {
		expect("mremap elsewhere", got, 0, (i64)model_vaddr(to));
		model_move(from, to, old_count, new_count);
	}
}

static void try_brk(void)
{
	u64 wanted = random_below(12 * model_page_bytes);
	u64 old_end = BRK_PAGE + (model_brk_bytes + model_page_bytes - 1) / model_page_bytes;
	u64 new_end = BRK_PAGE + (wanted + model_page_bytes - 1) / model_page_bytes;
	struct outcome got = machine_call(CALL_brk, model_vaddr(BRK_PAGE) + wanted, 0, 0, 0, 0, 0);
	u64 verdict = 0;
	int refused = 0;

	for (u64 i = new_end; i < old_end; i++)
		verdict = model[i].mapped ? verdict : UNKNOWN;
	if (new_end > old_end)
		refused = !model_fits(old_end, new_end + 1 - old_end);
	expect("brk", got, verdict,
	       (i64)(model_vaddr(BRK_PAGE) + (refused ? model_brk_bytes : wanted)));
	if (verdict || refused)
		return;
	model_brk_bytes = wanted;
	if (new_end < old_end)
		model_unmap(new_end, old_end - new_end);
	else if (new_end > old_end)
		model_map(old_end, new_end - old_end, RW_PRIVATE);
}

static void try_touch(void)
{
	u64 page = random_below(MODEL_PAGES), where = random_below(2);
	int write = (int)random_below(2);
	u8 byte = (u8)random_below(256);
	u64 vaddr = model_vaddr(page) + where * (model_page_bytes - 1);
	struct outcome got = write ? machine_write(vaddr, byte) : machine_read(vaddr);
	u64 needed = write ? THAW_VMA_WRITE : 7;

	if ((!model[page].mapped && !model_grow(page)) || !(model[page].flags & needed)) {
		expect("touch", got, THAW_VERDICT_PAGE_FAULT, 0);
		return;
	}
	if (model[page].missing) {
		expect("touch of a missing page", got, THAW_VERDICT_MISSING_PAGE, 0);
		return;
	}
	expect("touch", got, 0, write ? 0 : model[page].bytes[where]);
	model[page].born = 1;
	if (write)
		model[page].bytes[where] = byte;
}

/* As the linker marks a page that the dump did not have. */
static void lose_page(void)
{
	u64 page = random_below(MODEL_PAGES);

	if (!model[page].mapped || model[page].born)
		return;
	page_map_new(model_vaddr(page), model[page].flags, THAW_VMA_READ);
	for (u64 offset = 0; offset < model_page_bytes; offset += HW_PAGE_BYTES) {
		u64 *pte = pte_find(model_vaddr(page) + offset);
		if (offset == 0)
			frame_free(pte_paddr(*pte));
		*pte = THAW_PTE_MISSING;
		tlb_forget(model_vaddr(page) + offset);
	}
	model[page].born = model[page].missing = 1;
}

static u64 frames_expected(void)
{
	u64 count = 0;
	for (u64 page = 0; page < MODEL_PAGES; page++)
		count += model[page].born && !model[page].missing;
	return count;
}

int main(int argc, char **argv)
{
	static void (*const operations[])(void) = {
		try_mmap,  try_munmap, try_mprotect, try_madvise, try_mremap, try_brk,	try_touch,
		try_touch, try_touch,  try_touch,    try_touch,	  try_touch,  lose_page};
	u64 seed = argc > 1 ? strtoull(argv[1], 0, 0) : 1;
	u64 steps = argc > 2 ? strtoull(argv[2], 0, 0) : 20000;
	struct outcome got;

	model_page_bytes = argc > 3 ? strtoull(argv[3], 0, 0) : HW_PAGE_BYTES;
	random_seed(seed);
	machine_start(model_page_bytes, model_end());
	machine_map_window(MODEL_PAGES * model_page_bytes);
	thaw_boot_block.brk_start_vaddr = thaw_boot_block.brk_vaddr = model_vaddr(BRK_PAGE);
	thaw_boot_block.stack_limit_bytes = 300 * model_page_bytes;
	/* What is below the window is in use: new mappings go into it. */
	thaw_boot_block.vma_count = 0;
	vma_insert(MMAP_LEAST_VADDR, WINDOW, 0);
	for (step = 0; step < steps; step++) {
		operations[random_below(sizeof(operations) / sizeof(operations[0]))]();
		if (step % 64 == 0) {
			vma_remove(MMAP_LEAST_VADDR, WINDOW);
			model_check();
			vma_insert(MMAP_LEAST_VADDR, WINDOW, 0);
			REQUIRE(machine_frames_in_use() == frames_expected(),
				"step %llu: %llu frames in use, %llu expected", step,
				machine_frames_in_use(), frames_expected());
		}
	}
	got = machine_call(CALL_munmap, WINDOW, MODEL_PAGES * model_page_bytes, 0, 0, 0, 0);
	expect("munmap of all", got, 0, 0);
	REQUIRE(machine_frames_in_use() == 0, "%llu frames in use", machine_frames_in_use());
	printf("ok: seed %llu, %llu steps, pages of %llu bytes\n", seed, steps, model_page_bytes);
	return 0;
}
