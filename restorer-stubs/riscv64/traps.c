/* Exceptions of riscv64: which of them the stub answers.
 *
 * On entry: the trap frame on the stub's stack, interrupts off.
 * On exit: back to the program, or never.
 */
#include "instructions.h"
#include "stub.h"

/* scause, privileged architecture 10.1.8. */
enum {
	CAUSE_ILLEGAL_INSTRUCTION = 2,
	CAUSE_BREAKPOINT = 3,
	CAUSE_LOAD_MISALIGNED = 4,
	CAUSE_STORE_MISALIGNED = 6,
	CAUSE_CALL = 8,
	CAUSE_FETCH_PAGE_FAULT = 12,
	CAUSE_LOAD_PAGE_FAULT = 13,
	CAUSE_STORE_PAGE_FAULT = 15,
};

/* mcounteren makes RDCYCLE, RDTIME and RDINSTRET illegal for the program, so that it
 * sees virtual time: one count a nanosecond. */
static int emulate_counter_read(struct trap_frame *frame)
{
	u64 target, value;
	u32 code;

	if (!instruction_fetch(frame, &code) || !instruction_is_counter_read(code, &target))
		return 0;
	if (replay_counter(frame))
		return 1;
	value = virtual_counter();
	if (target)
		frame->x[target - 1] = value;
	frame->pc += 4;
	return 1;
}

static void answer(struct trap_frame *frame)
{
	switch (frame->cause) {
	case CAUSE_CALL:
		frame->pc += ARCH_CALL_INSTRUCTION_BYTES;
		trap_call(frame);
		return;
	case CAUSE_FETCH_PAGE_FAULT:
		trap_page_fault(frame, frame->fault_vaddr, THAW_VMA_EXECUTE);
		return;
	case CAUSE_LOAD_PAGE_FAULT:
		trap_page_fault(frame, frame->fault_vaddr, THAW_VMA_READ);
		return;
	case CAUSE_STORE_PAGE_FAULT: /* and of atomic operations */
		trap_page_fault(frame, frame->fault_vaddr, THAW_VMA_WRITE);
		return;
	case CAUSE_BREAKPOINT:
		if (walk_hit(frame))
			return;
		break;
	case CAUSE_LOAD_MISALIGNED:
	case CAUSE_STORE_MISALIGNED:
		if (emulate_misaligned(frame))
			return;
		break;
	case CAUSE_ILLEGAL_INSTRUCTION:
		if (emulate_counter_read(frame))
			return;
		break;
	}
	trap_program_fault(frame, frame->cause, frame->fault_vaddr);
}

void trap_exception(struct trap_frame *frame)
{
	answer(frame);
	walk_follow(frame);
}

NORETURN void trap_in_stub(struct trap_frame *frame)
{
	trap_stub_fault(frame, frame->cause, frame->fault_vaddr);
}
