/* The processor's breakpoint: the first trigger of Sdtrig, for one pc of the program.
 * RISC-V debug specification, chapter Sdtrig: mcontrol; its CSRs are M-mode's.
 *
 * There is one trigger, nothing like x86-64's RF or AArch64's single step, and the
 * instruction at the breakpoint has to be executed: the breakpoint waits at the
 * next one meanwhile, which the registers tell.
 *
 * State: the marker's pc, where the trigger is, and the instruction that is being
 * got over.
 */
#include "instructions.h"
#include "stub.h"

#define NOWHERE 1ull /* no pc: it is odd */
#define MCONTROL (2ull << 60)
#define MCONTROL_USER_EXECUTE 0xcull

static u64 marker_pc = NOWHERE, watched_pc = NOWHERE, passed_pc = NOWHERE;

static void set_trigger(u64 control, u64 pc)
{
	register u64 a0 __asm__("a0") = control;
	register u64 a1 __asm__("a1") = pc;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1) : "t0", "t1", "memory");
}

static void watch(u64 pc)
{
	watched_pc = pc;
	set_trigger(pc == NOWHERE ? MCONTROL : MCONTROL | MCONTROL_USER_EXECUTE, pc);
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
	if (instruction_fetch(frame, &code)) /* if not, that is what happens next */
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
