/* A breakpoint instruction in the program's memory for as long as it is waited for.
 * Of that copy of the code, a program that reads it as data sees the difference.
 *
 * State: where it is, and what it is in place of.
 */
#include "code_patch.h"

static arch_code *patched; /* 0 if nowhere */
static arch_code patched_code;
static u64 patched_pc;

static void put(arch_code code)
{
	*patched = code;
	arch_sync_code(patched, sizeof *patched);
}

/* The program's own code is there again, unless the program has written another. */
void code_patch_clear(void)
{
	if (patched && *patched == ARCH_BREAKPOINT)
		put(patched_code);
	patched = 0;
}

/* A pc that cannot be executed is never reached: what happens then is an exception. */
void code_patch_set(u64 pc)
{
	code_patch_clear();
	if (!user_range_ready(pc, sizeof *patched, THAW_VMA_EXECUTE))
		return;
	patched = frame_view(pte_paddr(*pte_find(pc)) + pc % HW_PAGE_BYTES);
	patched_code = *patched;
	patched_pc = pc;
	put(ARCH_BREAKPOINT);
}

int code_patch_is_at(u64 pc) { return patched && pc == patched_pc; }
