/* The breakpoint, on one pc of the program: the first trigger of Sdtrig, whose CSRs are
 * M-mode's (RISC-V debug specification, chapter Sdtrig: mcontrol); on a core that has
 * none, an EBREAK in the program's memory as long as it is waited for.
 *
 * There is nothing like x86-64's RF or AArch64's single step, and the instruction at
 * the breakpoint has to be executed: the breakpoint waits at the next one meanwhile,
 * which the registers tell.
 *
 * State: the marker's pc, where the breakpoint is, and the instruction that is being
 * got over.
 */
#include "instructions.h"
#include "stub.h"

#define NOWHERE 1ull /* no pc: it is odd */
#define MCONTROL (2ull << 60)
#define MCONTROL_USER_EXECUTE 0xcull
#define MCONTROL_MASK (15ull << 60 | MCONTROL_USER_EXECUTE)
#define COMPRESSED_EBREAK 0x9002

static u64 marker_pc = NOWHERE, watched_pc = NOWHERE, passed_pc = NOWHERE;
static u16 *patched; /* where EBREAK is, 0 if nowhere */
static u16 patched_code;

/* In restore.S: what the first trigger's tdata1 has become. */
static u64 set_trigger(u64 control, u64 pc)
{
	register u64 a0 __asm__("a0") = control;
	register u64 a1 __asm__("a1") = pc;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1) : "t0", "t1", "memory");
	return a0;
}

static void put(u16 *at, u16 code)
{
	*at = code;
	arch_sync_code();
}

/* The program's own code is there again, unless the program has written another. */
static void take_out(void)
{
	if (patched && *patched == COMPRESSED_EBREAK)
		put(patched, patched_code);
	patched = 0;
}

/* A pc that cannot be executed is never reached: what happens then is an exception. */
static void patch(u64 pc)
{
	if (!user_range_ready(pc, sizeof *patched, THAW_VMA_EXECUTE))
		return;
	patched = frame_view(pte_paddr(*pte_find(pc)) + pc % HW_PAGE_BYTES);
	patched_code = *patched;
	put(patched, COMPRESSED_EBREAK);
}

static void watch(u64 pc)
{
	u64 control = pc == NOWHERE ? MCONTROL : MCONTROL | MCONTROL_USER_EXECUTE;

	take_out();
	watched_pc = pc;
	if ((set_trigger(control, pc) & MCONTROL_MASK) != control && pc != NOWHERE)
		patch(pc);
}

void arch_breakpoint_set(u64 pc)
{
	marker_pc = pc;
	passed_pc = NOWHERE;
	watch(pc);
}

void arch_breakpoint_clear(void) { arch_breakpoint_set(NOWHERE); }

void arch_step_over(struct trap_frame *frame)
{
	u32 code;

	passed_pc = frame->pc;
	take_out();
	if (instruction_fetch(frame, &code)) /* if not, an exception is what happens next */
		watch(instruction_next_pc(frame, code));
}

int breakpoint_hit(struct trap_frame *frame)
{
	if (frame->pc != watched_pc)
		return 0; /* an EBREAK of the program's */
	if (passed_pc == NOWHERE)
		return marker_hit(frame);
	arch_breakpoint_set(marker_pc);
	return 1;
}

void breakpoint_follow(const struct trap_frame *frame)
{
	if (passed_pc != NOWHERE && passed_pc != frame->pc)
		arch_breakpoint_set(marker_pc);
}
