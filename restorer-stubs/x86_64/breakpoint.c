/* The breakpoint, on one pc of the program: debug register 0; for a processor that has
 * none, as the boot block says, an INT3 in the program's memory. Where the program goes
 * from there the linker has told: instructions are of too many forms.
 *
 * State: none, that is in walk.c.
 */
#include "code_patch.h"

void arch_watch(u64 pc)
{
	if (pc == WALK_NOWHERE)
		code_patch_clear();
	else
		code_patch_set(pc);
}

u64 arch_next_pc(const struct trap_frame *frame)
{
	(void)frame;
	return marker_next_pc();
}

/* DR7.L0 enables DR0. */
void arch_breakpoint_set(u64 pc)
{
	if (thaw_boot_block.marker_patches)
		walk_to(pc);
	else
		__asm__ volatile("movq %0, %%dr0; movq %1, %%dr7" : : "r"(pc), "r"(0x401ull));
}

void arch_breakpoint_clear(void)
{
	if (thaw_boot_block.marker_patches)
		walk_to(WALK_NOWHERE);
	else
		__asm__ volatile("movq %0, %%dr7" : : "r"(0x400ull));
}

/* RFLAGS.RF keeps the breakpoint away from the next instruction. */
void arch_step_over(struct trap_frame *frame)
{
	if (thaw_boot_block.marker_patches)
		walk_over(frame);
	else
		frame->rflags |= RFLAGS_RF;
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
