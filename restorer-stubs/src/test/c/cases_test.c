/* What random calls do not reach: reports, the pool's end, frames that came with
 * the image, pages that the dump did not have, stacks that grow for a call. Each
 * case has a process and a machine of its own. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "call_numbers.h"
#include "harness.h"

#define PAGE HW_PAGE_BYTES
#define WINDOW_PAGES 1024
#define READ_WRITE (THAW_VMA_READ | THAW_VMA_WRITE)
#define PRIVATE_PAGES (READ_WRITE | THAW_VMA_DEMAND_ZERO)
#define FILE_PAGES THAW_VMA_READ

static u64 page(u64 index) { return WINDOW + index * PAGE; }

static struct outcome call3(u64 number, u64 a0, u64 a1, u64 a2)
{
	return machine_call(number, a0, a1, a2, 0, 0, 0);
}

static void expect_result(struct outcome got, i64 result)
{
	REQUIRE(got.verdict == 0 && got.result == result, "verdict %llu, result %lld, not %lld",
		got.verdict, got.result, result);
}

static void expect_verdict(struct outcome got, u64 verdict)
{
	REQUIRE(got.verdict == verdict, "verdict %llu, result %lld, not verdict %llu", got.verdict,
		got.result, verdict);
}

/* A page that came with the image, in place of any other. */
static u64 put_image_page(u64 vaddr, u64 flags)
{
	u64 paddr = machine_image_frame();
	page_map_new(vaddr, flags, THAW_VMA_READ);
	frame_free(pte_paddr(*pte_find(vaddr)));
	*pte_find(vaddr) = pte_leaf(paddr, flags);
	tlb_forget(vaddr);
	return paddr;
}

static struct thaw_descriptor *put_descriptor(u64 index, u64 fd, u64 kind, u64 open_file)
{
	struct thaw_descriptor *row =
		(struct thaw_descriptor *)thaw_boot_block.descriptor_table_vaddr + index;
	*row = (struct thaw_descriptor){
		.fd = fd, .kind = kind, .open_file = open_file, .mode = 0100644};
	thaw_boot_block.descriptor_count = index + 1;
	return row;
}

static void exit_is_reported(void)
{
	expect_result(call3(CALL_getpid, 0, 0, 0), 0);
	expect_verdict(call3(CALL_exit_group, 0x1234, 0, 0), THAW_VERDICT_EXITED);
	REQUIRE(strcmp(report_text,
		       "thaw-report\nverdict=0x1\nstatus=0x34\nswallowed=0x0\ndemand_pages=0x0\n"
		       "calls=0x1\nend\n")
			== 0,
		"%s", report_text);
}

static void unknown_call_is_reported(void)
{
	expect_verdict(machine_call(41, 1, 2, 3, 4, 0xffffffffffffffff, 6),
		       THAW_VERDICT_UNKNOWN_CALL);
	REQUIRE(strcmp(report_text,
		       "thaw-report\nverdict=0x2\nnumber=0x29\npc=0x1000\na0=0x1\na1=0x2\na2=0x3\n"
		       "a3=0x4\na4=0xffffffffffffffff\na5=0x6\nswallowed=0x0\ndemand_pages=0x0\n"
		       "calls=0x0\nend\n")
			== 0,
		"%s", report_text);
}

static void page_fault_is_reported(void)
{
	expect_verdict(machine_write(page(3), 1), THAW_VERDICT_PAGE_FAULT);
	REQUIRE(strcmp(report_text,
		       "thaw-report\nverdict=0x3\naddress=0x100000003000\naccess=0x2\npc=0x1234\n"
		       "sp=0x5678\nswallowed=0x0\ndemand_pages=0x0\ncalls=0x0\nend\n")
			== 0,
		"%s", report_text);
}

static void report_within_a_report_ends_at_once(void)
{
	u64 length;
	expect_verdict(call3(41, 0, 0, 0), THAW_VERDICT_UNKNOWN_CALL);
	length = report_length;
	expect_verdict(call3(42, 0, 0, 0), THAW_VERDICT_UNKNOWN_CALL);
	REQUIRE(report_length == length, "%s", report_text);
}

static void call_number_is_an_int(void)
{
	thaw_boot_block.pid = 77;
	expect_result(call3(CALL_getpid | 5ull << 32, 0, 0, 0), 77);
}

static void empty_pool_is_a_verdict(void)
{
	thaw_boot_block.pool_size_bytes = 5 * PAGE; /* three tables, two pages */
	vma_insert(page(0), page(9), PRIVATE_PAGES);
	expect_result(machine_write(page(0), 1), 0);
	expect_result(machine_write(page(1), 1), 0);
	expect_verdict(machine_write(page(2), 1), THAW_VERDICT_POOL_EXHAUSTED);
	REQUIRE(strstr(report_text, "address=0x100000002000\naccess=0x2\n"), "%s", report_text);
}

static void private_frames_of_the_image_are_used_again(void)
{
	u64 paddr;
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	vma_insert(page(2), page(3), PRIVATE_PAGES);
	paddr = put_image_page(page(0), PRIVATE_PAGES);
	expect_result(machine_write(page(0), 9), 0);
	expect_result(call3(CALL_munmap, page(0), PAGE, 0), 0);
	expect_result(machine_read(page(2)), 0);
	REQUIRE(pte_paddr(*pte_find(page(2))) == paddr, "%llx", *pte_find(page(2)));
}

static void shared_frames_of_the_image_are_not(void)
{
	u64 flags = PRIVATE_PAGES | THAW_VMA_SHARED;
	u64 paddr;
	vma_insert(page(0), page(1), flags);
	vma_insert(page(2), page(3), flags);
	paddr = put_image_page(page(0), flags);
	expect_result(call3(CALL_munmap, page(0), PAGE, 0), 0);
	expect_result(machine_write(page(2), 5), 0);
	expect_result(machine_read(page(2)), 5);
	REQUIRE(pte_paddr(*pte_find(page(2))) != paddr, "%llx", *pte_find(page(2)));
}

static void boot_page_gives_way(void)
{
	u64 boot_page = machine_image_frame();
	vma_insert(page(0), page(9), PRIVATE_PAGES);
	expect_result(machine_write(page(4), 1), 0); /* makes the tables */
	*pte_find(page(5)) = boot_page | PTE_PRESENT | 2;
	expect_result(machine_write(page(5), 7), 0);
	REQUIRE(pte_paddr(*pte_find(page(5))) != boot_page, "%llx", *pte_find(page(5)));
	*pte_find(page(6)) = boot_page | PTE_PRESENT | 2;
	expect_result(call3(CALL_munmap, page(4), 3 * PAGE, 0), 0);
	vma_insert(page(4), page(7), PRIVATE_PAGES);
	for (u64 i = 4; i < 7; i++) {
		expect_result(machine_read(page(i)), 0);
		REQUIRE(pte_paddr(*pte_find(page(i))) != boot_page, "page %llu", i);
	}
}

static void missing_page_of_a_buffer_is_a_verdict(void)
{
	put_descriptor(0, 1, THAW_DESCRIPTOR_CONSOLE, 0);
	vma_insert(page(0), page(9), PRIVATE_PAGES);
	expect_result(machine_write(page(0), 'a'), 0);
	*pte_find(page(1)) = THAW_PTE_MISSING;
	expect_verdict(call3(CALL_write, 1, page(1) - 4, 8), THAW_VERDICT_MISSING_PAGE);
	REQUIRE(strstr(report_text, "address=0x100000001000\naccess=0x1\npc=0x1000\n"), "%s",
		report_text);
	REQUIRE(console_length == 0, "%s", console_text);
}

static void page_beyond_the_end_of_a_file_is_no_memory(void)
{
	vma_insert(page(0), page(2), FILE_PAGES);
	put_image_page(page(0), FILE_PAGES);
	expect_result(machine_read(page(0)), 0);
	expect_verdict(machine_read(page(1)), THAW_VERDICT_PAGE_FAULT);
}

static void code_needs_the_right_to_execute(void)
{
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	vma_insert(page(1), page(2), THAW_VMA_EXECUTE | THAW_VMA_DEMAND_ZERO);
	REQUIRE(demand_page(page(0), THAW_VMA_EXECUTE) == DEMAND_OUTSIDE, "data");
	REQUIRE(demand_page(page(1), THAW_VMA_EXECUTE) == DEMAND_BORN, "code");
	REQUIRE(demand_page(page(1), THAW_VMA_READ) == DEMAND_PRESENT, "code is readable");
	REQUIRE(demand_page(page(1), THAW_VMA_WRITE) == DEMAND_OUTSIDE, "code is not writable");
}

static void stack_grows_for_a_call(void)
{
	vma_insert(page(900), page(901), PRIVATE_PAGES | THAW_VMA_GROWS_DOWN);
	vma_insert(page(600), page(601), PRIVATE_PAGES);
	expect_result(call3(CALL_clock_gettime, 1, page(899) + 8, 0), 0);
	REQUIRE(vma_at(page(899)) && vma_at(page(899))->start_vaddr == page(899), "did not grow");
	/* The mapping at 600 keeps 256 pages free. */
	expect_result(call3(CALL_clock_gettime, 1, page(856), 0), -THAW_EFAULT);
	expect_result(call3(CALL_clock_gettime, 1, page(857), 0), 0);
}

static void duplicates_share_a_position(void)
{
	put_descriptor(0, 3, THAW_DESCRIPTOR_SWALLOW, 0);
	put_descriptor(1, 5, THAW_DESCRIPTOR_SWALLOW, 0);
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	expect_result(call3(CALL_write, 3, page(0), 10), 10);
	expect_result(call3(CALL_close, 3, 0, 0), 0);
	expect_result(call3(CALL_close, 3, 0, 0), -THAW_EBADF);
	expect_result(call3(CALL_write, 5, page(0), 10), 10);
	expect_result(call3(CALL_lseek, 5, 0, 1), 20);
	REQUIRE(report_swallowed_bytes == 20 && console_length == 0, "%llu",
		report_swallowed_bytes);
}

static void console_gets_the_bytes(void)
{
	put_descriptor(0, 1, THAW_DESCRIPTOR_CONSOLE, 0);
	vma_insert(page(0), page(2), PRIVATE_PAGES);
	for (int i = 0; i < 6; i++)
		expect_result(machine_write(page(1) - 3 + i, (u8)("thawed"[i])), 0);
	expect_result(call3(CALL_write, 1, page(1) - 3, 6), 6);
	REQUIRE(strcmp(console_text, "thawed") == 0, "%s", console_text);
}

static void other_descriptors_are_not_written_to(void)
{
	put_descriptor(0, 4, THAW_DESCRIPTOR_OTHER, 0);
	expect_verdict(call3(CALL_write, 4, page(0), 0), THAW_VERDICT_UNKNOWN_CALL);
}

static void time_passes_with_each_reading(void)
{
	u64 *time = (u64 *)page(0);
	thaw_boot_block.realtime_ns = 1700000000999999500;
	thaw_boot_block.monotonic_ns = 5000000000;
	thaw_boot_block.clock_tick_ns = 1000;
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	expect_result(call3(CALL_clock_gettime, 0, page(0), 0), 0);
	REQUIRE(time[0] == 1700000001 && time[1] == 500, "%llu.%llu", time[0], time[1]);
	expect_result(call3(CALL_clock_gettime, 1, page(0), 0), 0);
	REQUIRE(time[0] == 5 && time[1] == 2000, "%llu.%llu", time[0], time[1]);
	expect_result(call3(CALL_gettimeofday, page(0), 0, 0), 0);
	REQUIRE(time[0] == 1700000001 && time[1] == 2, "%llu.%llu", time[0], time[1]);
	REQUIRE(virtual_counter() == 5000004000, "counter");
	expect_result(call3(CALL_time, 0, 0, 0), 1700000001);
}

static void full_table_ends_the_run(void)
{
	thaw_boot_block.vma_capacity = 6;
	for (u64 i = 0; i < 4; i++)
		vma_insert(page(2 * i), page(2 * i + 1), PRIVATE_PAGES);
	expect_verdict(machine_call(CALL_mmap, 0, PAGE, 3, 0x22, ~0ull, 0),
		       THAW_VERDICT_UNKNOWN_CALL);
}

static void advice_stays_in_the_program_s_half(void)
{
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	expect_result(machine_write(page(0), 1), 0);
	expect_result(call3(CALL_madvise, 0, 1ull << 63, 4), -THAW_ENOMEM);
	expect_result(machine_read(page(0)), 0);
}

static void rights_of_files_are_not_guessed(void)
{
	vma_insert(page(0), page(1), THAW_VMA_READ);
	vma_insert(page(2), page(3), THAW_VMA_READ | THAW_VMA_SHARED);
	expect_result(call3(CALL_mprotect, page(0), PAGE, READ_WRITE), 0);
	expect_verdict(call3(CALL_mprotect, page(0), PAGE, THAW_VMA_EXECUTE),
		       THAW_VERDICT_UNKNOWN_CALL);
	expect_verdict(call3(CALL_mprotect, page(2), PAGE, READ_WRITE), THAW_VERDICT_UNKNOWN_CALL);
	expect_verdict(machine_call(CALL_mmap, 0, PAGE, 1, 2, 3, 0), THAW_VERDICT_UNKNOWN_CALL);
}

static void rights_taken_away_come_back_with_the_contents(void)
{
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	expect_result(machine_write(page(0), 42), 0);
	expect_result(call3(CALL_mprotect, page(0), PAGE, 0), 0);
	expect_verdict(machine_read(page(0)), THAW_VERDICT_PAGE_FAULT);
	expect_result(call3(CALL_mprotect, page(0), PAGE, THAW_VMA_READ), 0);
	expect_result(machine_read(page(0)), 42);
	expect_verdict(machine_write(page(0), 1), THAW_VERDICT_PAGE_FAULT);
}

static void waiting_in_earnest_ends_the_run(void)
{
	vma_insert(page(0), page(1), PRIVATE_PAGES);
	expect_result(machine_call(CALL_futex, page(0), 128, 1, 0, 0, 0), -THAW_EAGAIN);
	expect_verdict(machine_call(CALL_futex, page(0), 128, 0, 0, 0, 0),
		       THAW_VERDICT_UNKNOWN_CALL);
}

int main(void)
{
#define CASE(name)                                                                                 \
	{                                                                                          \
		#name, name                                                                        \
	}
	static const struct {
		const char *name;
		void (*run)(void);
	} cases[] = {
		CASE(exit_is_reported),
		CASE(unknown_call_is_reported),
		CASE(page_fault_is_reported),
		CASE(report_within_a_report_ends_at_once),
		CASE(call_number_is_an_int),
		CASE(empty_pool_is_a_verdict),
		CASE(private_frames_of_the_image_are_used_again),
		CASE(shared_frames_of_the_image_are_not),
		CASE(boot_page_gives_way),
		CASE(missing_page_of_a_buffer_is_a_verdict),
		CASE(page_beyond_the_end_of_a_file_is_no_memory),
		CASE(code_needs_the_right_to_execute),
		CASE(stack_grows_for_a_call),
		CASE(duplicates_share_a_position),
		CASE(console_gets_the_bytes),
		CASE(other_descriptors_are_not_written_to),
		CASE(time_passes_with_each_reading),
		CASE(full_table_ends_the_run),
		CASE(advice_stays_in_the_program_s_half),
		CASE(rights_of_files_are_not_guessed),
		CASE(rights_taken_away_come_back_with_the_contents),
		CASE(waiting_in_earnest_ends_the_run),
	};
	u64 failed = 0, count = sizeof(cases) / sizeof(cases[0]);

	for (u64 i = 0; i < count; i++) {
		int status = 0;
		pid_t child = fork();
		if (child == 0) {
			machine_start(PAGE, page(WINDOW_PAGES));
			machine_map_window(WINDOW_PAGES * PAGE);
			cases[i].run();
			_exit(0);
		}
		if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
			fprintf(stderr, "failed: %s\n", cases[i].name);
			failed++;
		}
	}
	printf("%s: %llu cases, %llu failed\n", failed ? "failed" : "ok", count, failed);
	return failed != 0;
}
