/* Exceptions of x86-64: which of them the stub answers.
 *
 * On entry: the trap frame on the stub's trap stack, interrupts off.
 * On exit: back to the program, or never.
 */
#include "code_patch.h"

enum { VECTOR_DEBUG = 1, VECTOR_BREAKPOINT = 3 };
enum { VECTOR_GENERAL_PROTECTION = 13, VECTOR_PAGE_FAULT = 14 };
enum { FAULT_WRITE = 2, FAULT_FETCH = 16 };

static int from_program(const struct trap_frame *frame) { return (frame->cs & 3) == 3; }

static u64 page_fault_vaddr(void)
{
	u64 vaddr;
	__asm__ volatile("movq %%cr2, %0" : "=r"(vaddr));
	return vaddr;
}

/* CR4.TSD makes RDTSC and RDTSCP fault in the program, so that it sees virtual
 * time: one count a nanosecond. */
static int emulate_counter_read(struct trap_frame *frame)
{
	const u8 *code = (const u8 *)frame->rip;
	u64 length, count;

	if (replay_counter(frame))
		return 1;
	if (!user_range_ready(frame->rip, 2, THAW_VMA_EXECUTE) || code[0] != 0x0f)
		return 0;
	if (code[1] == 0x31) {
		length = 2;
	} else if (code[1] == 0x01 && user_range_ready(frame->rip, 3, THAW_VMA_EXECUTE)
		   && code[2] == 0xf9) {
		length = 3;
		frame->rcx = 0; /* TSC_AUX: processor 0 of node 0 */
	} else {
		return 0;
	}
	count = virtual_counter();
	frame->rax = (u32)count;
	frame->rdx = count >> 32;
	frame->rip += length;
	return 1;
}

static void answer(struct trap_frame *frame)
{
	if (!from_program(frame))
		trap_stub_fault(frame, frame->vector,
				frame->vector == VECTOR_PAGE_FAULT ? page_fault_vaddr() : frame->error_code);
	if (frame->vector == VECTOR_DEBUG && breakpoint_of_debug_register() && marker_hit(frame))
		return;
	if (frame->vector == VECTOR_BREAKPOINT && breakpoint_of_patch(frame) && walk_hit(frame))
		return;
	if (frame->vector == VECTOR_PAGE_FAULT) {
		trap_page_fault(frame, page_fault_vaddr(),
				(frame->error_code & FAULT_FETCH) ? THAW_VMA_EXECUTE
				: (frame->error_code & FAULT_WRITE) ? THAW_VMA_WRITE : THAW_VMA_READ);
		return;
	}
	if (frame->vector == VECTOR_GENERAL_PROTECTION && frame->error_code == 0
	    && emulate_counter_read(frame))
		return;
	trap_program_fault(frame, frame->vector, frame->error_code);
}

void trap_exception(struct trap_frame *frame)
{
	answer(frame);
	walk_follow(frame);
}
