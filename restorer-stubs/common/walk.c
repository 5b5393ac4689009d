/* A breakpoint that is hit again and again where nothing like x86-64's RF or AArch64's
 * single step gets the program over it: while the instruction there is executed, the
 * breakpoint waits at the next one, which the registers tell.
 *
 * State: the marker's pc, where the breakpoint is, and the instruction that is being
 * got over.
 */
#include "code_patch.h"

#ifdef ARCH_WALKS

static u64 marker_pc = WALK_NOWHERE, watched_pc = WALK_NOWHERE, passed_pc = WALK_NOWHERE;

static void watch(u64 pc)
{
	watched_pc = pc;
	arch_watch(pc);
}

void walk_to(u64 pc)
{
	marker_pc = pc;
	passed_pc = WALK_NOWHERE;
	watch(pc);
}

void walk_over(struct trap_frame *frame)
{
	u32 code;

	passed_pc = frame->pc;
	watch(WALK_NOWHERE);
	if (instruction_fetch(frame, &code)) /* if not, an exception is what happens next */
		watch(instruction_next_pc(frame, code));
}

int walk_hit(struct trap_frame *frame)
{
	if (frame->pc != watched_pc)
		return 0;
	if (passed_pc == WALK_NOWHERE)
		return marker_hit(frame);
	walk_to(marker_pc);
	return 1;
}

void walk_follow(const struct trap_frame *frame)
{
	if (passed_pc != WALK_NOWHERE && passed_pc != frame->pc)
		walk_to(marker_pc);
}

#endif
