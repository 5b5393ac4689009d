/* A breakpoint that is hit again and again where nothing like x86-64's RF or AArch64's
 * single step gets the program over it: while the instruction there is executed, the
 * breakpoint waits at the next one, which the registers tell, or the linker has told.
 *
 * State: the marker's pc, where the breakpoint is, and the instruction that is being
 * got over.
 */
#include "code_patch.h"

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
	u64 next;

	passed_pc = frame_pc(frame);
	watch(WALK_NOWHERE);
	next = arch_next_pc(frame);
	if (next) /* if not, an exception is what happens next */
		watch(next);
}

int walk_hit(struct trap_frame *frame)
{
	if (frame_pc(frame) != watched_pc)
		return 0;
	if (passed_pc == WALK_NOWHERE)
		return marker_hit(frame);
	walk_to(marker_pc);
	return 1;
}

void walk_follow(const struct trap_frame *frame)
{
	if (passed_pc != WALK_NOWHERE && passed_pc != frame_pc(frame))
		walk_to(marker_pc);
}
