/* Memory calls at random, made to the stub and to the Linux that runs this test:
 * the stub starts with the test's own mappings, and must give the same results,
 * addresses included, and end with the same mappings. Calls that the stub does
 * not know are not made. Arguments: seed, operations. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "call_numbers.h"
#include "own_maps.h"

#define PAGE HW_PAGE_BYTES
#define PLAY_START WINDOW
#define PLAY_PAGES 300
/* Linux of today aligns mappings of 2 MiB and more for huge pages; 6.1 did not. */
#define MOST_PAGES 500

struct request {
	u64 number, a[6];
};

static struct own_maps before, after, emulated;
static u64 placed[64];
static u64 answered, step;

static u64 any_address(void)
{
	u64 base = random_below(3) ? PLAY_START : placed[random_below(64)];
	u64 vaddr = (base ? base : PLAY_START) + random_below(PLAY_PAGES) * PAGE;
	if (base && base != PLAY_START)
		vaddr = base + random_below(20) * PAGE - (random_below(4) ? 0 : 3 * PAGE);
	return random_below(60) ? vaddr : vaddr + 8;
}

static u64 any_size(void)
{
	switch (random_below(80)) {
	case 0: return 0;
	case 1: return ~0ull;
	case 2: return ~0ull - PAGE;
	case 3: return 1ull << 47;
	case 4: return (1ull << 47) - PAGE;
	default:
		return (1 + random_below(random_below(10) ? 12 : MOST_PAGES)) * PAGE
		       - (random_below(3) ? 0 : random_below(PAGE));
	}
}

static u64 any_rights(void)
{
	return random_below(20) == 0 ? 8 + random_below(8) : random_below(2) ? 3 : random_below(8);
}

static struct request any_mmap(void)
{
	u64 flags = MAP_ANONYMOUS | (random_below(4) ? MAP_PRIVATE : random_below(4));
	u64 hint = random_below(2) ? any_address() : 0;

	if (hint && random_below(2))
		flags |= random_below(2) ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	if (random_below(15) == 0)
		flags |= MAP_GROWSDOWN;
	if (random_below(8) == 0)
		flags |= MAP_NORESERVE | MAP_STACK;
	return (struct request){CALL_mmap,
				{hint, any_size(), any_rights(), flags, ~0ull,
				 random_below(40) ? 0 : random_below(3) * 2048}};
}

static struct request any_mremap(void)
{
	u64 from = any_address(), size = any_size();
	const struct thaw_vma *vma = vma_at(from);

	if (vma && random_below(3))
		size = vma->end_vaddr - ALIGN_DOWN(from, PAGE);
	return (struct request){CALL_mremap,
				{from, size, any_size(),
				 random_below(30) ? random_below(4) : random_below(9),
				 any_address()}};
}

static struct request any_request(void)
{
	static const u64 advices[] = {0, 1, 2, 3, 4, 4, 4, 8, 10, 11, 14, 15, 16, 17, 20, 21, 99};

	switch (random_below(12)) {
	case 0:
	case 1:
	case 2:
	case 3: return any_mmap();
	case 4:
	case 5: return (struct request){CALL_munmap, {any_address(), any_size()}};
	case 6:
	case 7: return (struct request){CALL_mprotect, {any_address(), any_size(), any_rights()}};
	case 8:
		return (struct request){CALL_brk,
					{thaw_boot_block.brk_start_vaddr + random_below(60 * PAGE)
					 - (random_below(9) ? 0 : 2 * PAGE)}};
	case 9:
		return (struct request){CALL_madvise,
					{any_address(), any_size(), advices[random_below(17)]}};
	default: return any_mremap();
	}
}

/* What this test itself stands on. */
static int is_dangerous(const struct request *r)
{
	u64 to = r->number == CALL_mremap && (r->a[3] & MREMAP_FIXED) ? r->a[4] : r->a[0];
	u64 size = r->number == CALL_mremap && r->a[2] > r->a[1] ? r->a[2] : r->a[1];

	/* Since Linux 6.15 this is EINVAL and no longer ENOMEM. */
	if (r->number == CALL_mremap && r->a[2] > thaw_boot_block.user_end_vaddr)
		return 1;
	/* Since Linux 6.17 several mappings may be moved at once. */
	if (r->number == CALL_mremap && (r->a[3] & MREMAP_FIXED)
	    && !(vma_at(r->a[0]) && vma_at(r->a[0])->end_vaddr - r->a[0] >= page_align_up(r->a[1])))
		return 1;
	if (r->number == CALL_brk || (r->number == CALL_mmap && !(r->a[3] & MAP_FIXED)))
		return 0;
	if (size > (1ull << 40)) /* refused as a whole, unless it covers what is mapped */
		return to + size > to
		       && (r->number == CALL_madvise || r->number == CALL_mprotect
			   || to + size <= thaw_boot_block.user_end_vaddr);
	for (u64 i = 0; i < before.count; i++) {
		if (to < before.rows[i].end_vaddr && to + size > before.rows[i].start_vaddr)
			return 1;
		if (r->a[0] < before.rows[i].end_vaddr
		    && r->a[0] + size > before.rows[i].start_vaddr)
			return 1;
	}
	return 0;
}

static i64 ask_linux(const struct request *r)
{
	long result =
		syscall((long)r->number, r->a[0], r->a[1], r->a[2], r->a[3], r->a[4], r->a[5]);
	return result == -1 ? -errno : result;
}

static void compare_mappings(void)
{
	own_maps_read(&after);
	own_maps_simplify(&after);
	emulated.count = thaw_boot_block.vma_count;
	for (u64 i = 0; i < emulated.count; i++)
		emulated.rows[i] = ((struct thaw_vma *)thaw_boot_block.vma_table_vaddr)[i];
	own_maps_simplify(&emulated);
	for (u64 i = 0; i < emulated.count && i < after.count; i++)
		REQUIRE(emulated.rows[i].start_vaddr == after.rows[i].start_vaddr
				&& emulated.rows[i].end_vaddr == after.rows[i].end_vaddr
				&& emulated.rows[i].flags == after.rows[i].flags,
			"step %llu: %llx-%llx %llx, Linux has %llx-%llx %llx", step,
			emulated.rows[i].start_vaddr, emulated.rows[i].end_vaddr,
			emulated.rows[i].flags, after.rows[i].start_vaddr, after.rows[i].end_vaddr,
			after.rows[i].flags);
	REQUIRE(emulated.count == after.count, "step %llu: %llu mappings, Linux has %llu", step,
		emulated.count, after.count);
}

/* Linux keeps neighbours apart that differ in what the stub does not know: whether
 * they are accounted for, and advice. mremap over both is refused there only. */
static int is_split_in_linux(u64 from, u64 size)
{
	own_maps_read(&after);
	for (u64 i = 0; i < after.count; i++)
		if (from >= after.rows[i].start_vaddr && from < after.rows[i].end_vaddr)
			return from + size > after.rows[i].end_vaddr;
	return 0;
}

static void one_step(void)
{
	struct request r = any_request();
	struct outcome got;
	i64 expected;

	if (is_dangerous(&r))
		return;
	got = machine_call(r.number, r.a[0], r.a[1], r.a[2], r.a[3], r.a[4], r.a[5]);
	if (got.verdict) {
		REQUIRE(got.verdict == THAW_VERDICT_UNKNOWN_CALL, "step %llu: verdict %llu", step,
			got.verdict);
		own_maps_read(&after);
		own_maps_install(&after);
		return;
	}
	expected = ask_linux(&r);
	if (expected == -EFAULT && r.number == CALL_mremap && is_split_in_linux(r.a[0], r.a[1])) {
		own_maps_install(&after);
		return;
	}
	REQUIRE(got.result == expected,
		"step %llu: call %llu (%llx, %llx, %llx, %llx, %llx): %llx, Linux says %llx", step,
		r.number, r.a[0], r.a[1], r.a[2], r.a[3], r.a[4], got.result, expected);
	answered++;
	if (r.number == CALL_mmap && got.result > 0
	    && got.result < (i64)before.rows[before.count - 1].start_vaddr)
		placed[random_below(64)] = (u64)got.result;
	if (step % 16 == 0 || getenv("EVERY_STEP"))
		compare_mappings();
}

int main(int argc, char **argv)
{
	static char output[256];
	u64 seed = argc > 1 ? strtoull(argv[1], 0, 0) : 1;
	u64 steps = argc > 2 ? strtoull(argv[2], 0, 0) : 5000;
	struct rlimit limit;
	char deep[64 << 10];

	setvbuf(stdout, output, _IOFBF, sizeof(output));
	*(volatile char *)deep = 0; /* the stack grows now, and not later */
	random_seed(seed);
	machine_start(PAGE, (1ull << 47) - PAGE);
	getrlimit(RLIMIT_STACK, &limit);
	thaw_boot_block.stack_limit_bytes = limit.rlim_cur;
	thaw_boot_block.brk_start_vaddr = thaw_boot_block.brk_vaddr = (u64)sbrk(0);
	own_maps_read(&before);
	own_maps_install(&before);
	thaw_boot_block.mmap_top_vaddr = own_maps_top(&before);
	for (step = 0; step < steps; step++)
		one_step();
	compare_mappings();
	printf("ok: seed %llu, %llu of %llu calls as Linux answers them\n", seed, answered, steps);
	return 0;
}
