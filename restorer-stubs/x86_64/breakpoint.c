/* The breakpoint, on one pc of the program: debug register 0; for a processor that has
 * none, as the boot block says, an INT3 in the program's memory.
 *
 * An INT3 is for one hit: what it is in place of could not be executed without taking
 * it out. The linker takes ways with one hit a step then.
 *
 * State: none, that is in code_patch.c.
 */
#include "code_patch.h"

/* DR7.L0 enables DR0. */
void arch_breakpoint_set(u64 pc)
{
	if (thaw_boot_block.marker_patches)
		code_patch_set(pc);
	else
		__asm__ volatile("movq %0, %%dr0; movq %1, %%dr7" : : "r"(pc), "r"(0x401ull));
}

void arch_breakpoint_clear(void)
{
	if (thaw_boot_block.marker_patches)
		code_patch_clear();
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
	if (!code_patch_is_at(frame->rip - 1))
		return 0; /* an INT3 of the program's */
	frame->rip--;
	return 1;
}
