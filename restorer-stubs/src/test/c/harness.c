/* See harness.h. A fault of the host processor in the window is a miss of the TLB:
 * if the page tables allow the access the page is mapped, else the stub is asked,
 * just as its trap vectors would. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include "harness.h"

#define PHYSICAL_BYTES (POOL_BYTES + (32ull << 20))
#define POOL_PADDR (16ull << 20)
#define IMAGE_PADDR (POOL_PADDR + POOL_BYTES)
#define FAULT_WRITE 2 /* of the error code */
#define PTE_WRITE 2ull

char console_text[1 << 20], report_text[1 << 16];
u64 console_length, report_length;

static int memory_file;
static u64 window_bytes;
static int in_stub;
static sigjmp_buf at_end;
static u64 image_frames;
static u64 random_state = 1;
static struct thaw_vma vma_rows[4096];
static struct thaw_descriptor descriptor_rows[64];

void test_failed(const char *file, int line, const char *condition, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fprintf(stderr, "%s:%d: %s: ", file, line, condition);
	vfprintf(stderr, format, arguments);
	fprintf(stderr, "\n");
	va_end(arguments);
	_exit(1);
}

u64 random_below(u64 limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (random_state >> 11) % limit;
}

void random_seed(u64 seed) { random_state = seed * 0x9e3779b97f4a7c15ull + 1; }

/* The devices, in place of devices.c. */

void console_write(const void *bytes, u64 size_bytes)
{
	for (u64 i = 0; i < size_bytes && console_length < sizeof(console_text) - 1; i++)
		console_text[console_length++] = ((const char *)bytes)[i];
	console_text[console_length] = 0;
}

void report_write(const void *bytes, u64 size_bytes)
{
	for (u64 i = 0; i < size_bytes && report_length < sizeof(report_text) - 1; i++)
		report_text[report_length++] = ((const char *)bytes)[i];
	report_text[report_length] = 0;
}

int report_is_on_console(void) { return 0; }

/* The hooks, in place of hooks.c. */

void hooks_of_begin(void) {}

void hooks_of_end(void) {}

void simulation_end(u64 verdict) { siglongjmp(at_end, (int)verdict); }

void arch_idle(void) {}

/* Markers are not set here. */
void arch_breakpoint_set(u64 pc) { (void)pc; }
void arch_breakpoint_clear(void) {}
void arch_step_over(struct trap_frame *frame) { (void)frame; }
void arch_watch(u64 pc) { (void)pc; }
u64 arch_next_pc(const struct trap_frame *frame)
{
	(void)frame;
	return 0;
}
void arch_capture(const struct trap_frame *frame) { (void)frame; }

static int in_window(u64 vaddr) { return vaddr - WINDOW < window_bytes; }

void tlb_forget(u64 vaddr)
{
	if (in_window(vaddr)
	    && mmap((void *)vaddr, HW_PAGE_BYTES, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
		    0) == MAP_FAILED)
		test_failed(__FILE__, __LINE__, "mmap", "%llx", vaddr);
}

static int allowed(u64 pte, int write) { return pte_present(pte) && (!write || (pte & PTE_WRITE)); }

static void fill_tlb(u64 vaddr, u64 pte)
{
	int protection = PROT_READ | ((pte & PTE_WRITE) ? PROT_WRITE : 0);
	void *at = (void *)ALIGN_DOWN(vaddr, HW_PAGE_BYTES);
	if (mmap(at, HW_PAGE_BYTES, protection, MAP_SHARED | MAP_FIXED, memory_file,
		 (off_t)pte_paddr(pte))
	    == MAP_FAILED)
		test_failed(__FILE__, __LINE__, "mmap", "%llx", vaddr);
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
	const ucontext_t *user = context;
	u64 vaddr = (u64)info->si_addr;
	int write = (user->uc_mcontext.gregs[REG_ERR] & FAULT_WRITE) != 0;
	u64 *pte;

	REQUIRE(in_window(vaddr), "signal %d at %llx in %s", signal, vaddr,
		in_stub ? "the stub" : "the test");
	pte = pte_find(vaddr);
	if (!pte || !allowed(*pte, write)) {
		struct trap_frame frame = {.rip = 0x1234, .rsp = 0x5678};
		REQUIRE(!in_stub, "the stub touched %llx, which is not ready", vaddr);
		in_stub = 1;
		trap_page_fault(&frame, vaddr, write ? THAW_VMA_WRITE : THAW_VMA_READ);
		in_stub = 0;
		pte = pte_find(vaddr);
		REQUIRE(pte && allowed(*pte, write), "%llx was said to be ready", vaddr);
	}
	fill_tlb(vaddr, *pte);
}

void machine_start(u64 page_size_bytes, u64 user_end_vaddr)
{
	struct thaw_boot_block *b = &thaw_boot_block;
	char *view;

	memory_file = memfd_create("physical", 0);
	if (ftruncate(memory_file, (off_t)PHYSICAL_BYTES) != 0)
		test_failed(__FILE__, __LINE__, "ftruncate", "memory");
	view = mmap(0, PHYSICAL_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, memory_file, 0);
	REQUIRE(view != MAP_FAILED, "no memory");
	b->phys_to_virt = (u64)view;
	b->pool_paddr = POOL_PADDR;
	b->pool_size_bytes = POOL_BYTES;
	b->page_size_bytes = page_size_bytes;
	b->user_root_paddr = HW_PAGE_BYTES;
	b->user_end_vaddr = user_end_vaddr;
	b->mmap_top_vaddr = user_end_vaddr;
	b->vma_table_vaddr = (u64)vma_rows;
	b->vma_capacity = sizeof(vma_rows) / sizeof(vma_rows[0]);
	b->stack_limit_bytes = 8 << 20;
	b->descriptor_table_vaddr = (u64)descriptor_rows;
}

void machine_map_window(u64 size_bytes)
{
	static char stack[1 << 16];
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_sigaction = on_fault,
				   .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};

	REQUIRE(mmap((void *)WINDOW, size_bytes, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1,
		     0) == (void *)WINDOW,
		"no window");
	window_bytes = size_bytes;
	sigaltstack(&alternate, 0);
	sigaction(SIGSEGV, &action, 0);
	sigaction(SIGBUS, &action, 0);
}

struct outcome machine_call(u64 number, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5)
{
	/* Not in registers: it is looked at after siglongjmp. */
	static struct trap_frame frame;
	int verdict = sigsetjmp(at_end, 0);

	if (verdict) {
		in_stub = 0;
		return (struct outcome){(u64)verdict, 0};
	}
	frame = (struct trap_frame){.rax = number,
				    .rdi = a0,
				    .rsi = a1,
				    .rdx = a2,
				    .r10 = a3,
				    .r8 = a4,
				    .r9 = a5,
				    .rip = 0x1002,
				    .rsp = (u64)__builtin_frame_address(0)};
	in_stub = 1;
	trap_call(&frame);
	in_stub = 0;
	return (struct outcome){0, (i64)frame.rax};
}

static struct outcome touch(u64 vaddr, int write, u8 byte)
{
	volatile u8 *at = (volatile u8 *)vaddr;
	int verdict = sigsetjmp(at_end, 0);
	u8 old = 0;

	if (verdict) {
		in_stub = 0;
		return (struct outcome){(u64)verdict, 0};
	}
	if (write)
		*at = byte;
	else
		old = *at;
	return (struct outcome){0, old};
}

struct outcome machine_read(u64 vaddr) { return touch(vaddr, 0, 0); }
struct outcome machine_write(u64 vaddr, u8 byte) { return touch(vaddr, 1, byte); }

u64 machine_image_frame(void)
{
	u64 size_bytes = thaw_boot_block.page_size_bytes;
	u64 paddr = IMAGE_PADDR + image_frames++ * size_bytes;
	REQUIRE(paddr + size_bytes <= PHYSICAL_BYTES, "too many frames");
	return paddr;
}

/* Walks all tables: a frame counts once for each of a page's first leaves. */
static u64 frames_below(u64 table_paddr, int level, u64 vaddr)
{
	const u64 *table = frame_view(table_paddr);
	u64 count = 0;

	for (u64 i = 0; i < 512; i++) {
		u64 at = vaddr | i << (12 + 9 * level);
		if (level > 0 && (table[i] & PTE_PRESENT))
			count += frames_below(pte_paddr(table[i]), level - 1, at);
		if (level == 0 && pte_has_frame(table[i])
		    && (at & (thaw_boot_block.page_size_bytes - 1)) == 0
		    && frame_is_of_pool(pte_paddr(table[i])))
			count++;
	}
	return count;
}

u64 machine_frames_in_use(void)
{
	return frames_below(thaw_boot_block.user_root_paddr, ARCH_TABLE_LEVELS - 1, 0);
}
