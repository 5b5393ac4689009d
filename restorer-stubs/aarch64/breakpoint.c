/* The breakpoint, on one pc of the program: DBGBVR0_EL1, and the single step over it
 * (Arm ARM D2); for a processor whose breakpoints are of no use, as the boot block says,
 * a BRK in the program's memory.
 *
 * State: none, that is in walk.c.
 */
#include "code_patch.h"

#define MDSCR_SS 1ull
#define MDSCR_MDE (1ull << 15)
#define DBGBCR_EL0 0x1e4ull /* all four bytes */
#define DBGBCR_ENABLE 1ull

void arch_watch(u64 pc)
{
	if (pc == WALK_NOWHERE)
		code_patch_clear();
	else
		code_patch_set(pc);
}

/* The OS lock, which is on after reset, would keep it silent. */
void arch_breakpoint_set(u64 pc)
{
	if (thaw_boot_block.marker_patches)
		walk_to(pc);
	else
		__asm__ volatile("msr dbgbvr0_el1, %0; msr dbgbcr0_el1, %1; msr oslar_el1, xzr;"
			"msr mdscr_el1, %2; isb"
			: : "r"(pc), "r"(DBGBCR_EL0 | DBGBCR_ENABLE), "r"(MDSCR_MDE));
}

void arch_breakpoint_clear(void)
{
	if (thaw_boot_block.marker_patches)
		walk_to(WALK_NOWHERE);
	else
		__asm__ volatile("msr dbgbcr0_el1, xzr; msr mdscr_el1, xzr; isb");
}

/* One instruction with the breakpoint off and SPSR.SS on; then breakpoint_stepped(). */
void arch_step_over(struct trap_frame *frame)
{
	if (thaw_boot_block.marker_patches) {
		walk_over(frame);
		return;
	}
	frame->pstate |= PSTATE_SS;
	__asm__ volatile("msr dbgbcr0_el1, xzr; msr mdscr_el1, %0; isb" : : "r"(MDSCR_MDE | MDSCR_SS));
}

void breakpoint_stepped(struct trap_frame *frame)
{
	frame->pstate &= ~PSTATE_SS;
	__asm__ volatile("msr dbgbcr0_el1, %0; msr mdscr_el1, %1; isb"
		: : "r"(DBGBCR_EL0 | DBGBCR_ENABLE), "r"(MDSCR_MDE));
}
