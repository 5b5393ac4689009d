/* The breakpoint, on one pc of the program: the first trigger of Sdtrig, whose CSRs are
 * M-mode's (RISC-V debug specification, chapter Sdtrig: mcontrol); on a core that has
 * none, or whose trigger is of no use, as the boot block says, an EBREAK in the
 * program's memory.
 *
 * State: none, that is in walk.c.
 */
#include "code_patch.h"

#define MCONTROL (2ull << 60)
#define MCONTROL_USER_EXECUTE 0xcull
#define MCONTROL_MASK (15ull << 60 | MCONTROL_USER_EXECUTE)

/* In restore.S: what the first trigger's tdata1 has become. */
static u64 set_trigger(u64 control, u64 pc)
{
	register u64 a0 __asm__("a0") = control;
	register u64 a1 __asm__("a1") = pc;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1) : "t0", "t1", "memory");
	return a0;
}

static int has_trigger_at(u64 pc)
{
	u64 control = pc == WALK_NOWHERE ? MCONTROL : MCONTROL | MCONTROL_USER_EXECUTE;

	return !thaw_boot_block.marker_patches
		&& (set_trigger(control, pc) & MCONTROL_MASK) == control;
}

void arch_watch(u64 pc)
{
	code_patch_clear();
	if (!has_trigger_at(pc) && pc != WALK_NOWHERE)
		code_patch_set(pc);
}

void arch_breakpoint_set(u64 pc) { walk_to(pc); }
void arch_breakpoint_clear(void) { walk_to(WALK_NOWHERE); }
void arch_step_over(struct trap_frame *frame) { walk_over(frame); }
