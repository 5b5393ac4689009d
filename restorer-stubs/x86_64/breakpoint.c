/* The breakpoint, on one pc of the program: debug register 0; for a processor that has
 * none, as the boot block says, an INT3 in the program's memory for as long as it is
 * waited for.
 *
 * An INT3 is for one hit: what it is in place of could not be executed without taking
 * it out. The linker takes ways with one hit a step then.
 *
 * State: where the INT3 is, and what it is in place of.
 */
#include "stub.h"

#define INT3 0xcc

static u8 *patched; /* 0 if nowhere */
static u8 patched_code;
static u64 patched_pc;

/* The program's own code is there again, unless the program has written another. */
static void take_out(void)
{
	if (patched && *patched == INT3)
		*patched = patched_code;
	patched = 0;
}

/* A pc that cannot be executed is never reached: what happens then is an exception. */
static void patch(u64 pc)
{
	take_out();
	if (!user_range_ready(pc, 1, THAW_VMA_EXECUTE))
		return;
	patched = frame_view(pte_paddr(*pte_find(pc)) + pc % HW_PAGE_BYTES);
	patched_code = *patched;
	patched_pc = pc;
	*patched = INT3;
}

/* DR7.L0 enables DR0. */
void arch_breakpoint_set(u64 pc)
{
	if (thaw_boot_block.marker_patches)
		patch(pc);
	else
		__asm__ volatile("movq %0, %%dr0; movq %1, %%dr7" : : "r"(pc), "r"(0x401ull));
}

void arch_breakpoint_clear(void)
{
	if (thaw_boot_block.marker_patches)
		take_out();
	else
		__asm__ volatile("movq %0, %%dr7" : : "r"(0x400ull));
}

/* DR6.B0, which the processor does not clear. */
int breakpoint_of_debug_register(void)
{
	u64 status;
	__asm__ volatile("movq %%dr6, %0; movq %1, %%dr6" : "=&r"(status) : "r"(0xffff0ff0ull));
	return status & 1;
}

int breakpoint_of_patch(struct trap_frame *frame)
{
	if (!patched || frame->rip != patched_pc + 1)
		return 0; /* an INT3 of the program's */
	frame->rip = patched_pc;
	return 1;
}
