/* Exceptions of AArch64: which of them the stub answers.
 *
 * On entry: the trap frame on the stub's stack, interrupts masked.
 * On exit: back to the program, or never.
 */
#include "code_patch.h"

/* ESR_EL1.EC, Arm ARM D17.2.37. */
enum {
	CLASS_SVC = 0x15,
	CLASS_SYSTEM_REGISTER = 0x18,
	CLASS_FETCH_ABORT = 0x20,
	CLASS_DATA_ABORT = 0x24,
	CLASS_BREAKPOINT = 0x30,
	CLASS_STEP = 0x32,
	CLASS_BREAKPOINT_INSTRUCTION = 0x3c,
};
enum { ISS_WRITE = 1 << 6, ISS_CACHE_MAINTENANCE = 1 << 8 };

/* Translation, access flag and permission faults: a page, not the memory system. */
static int is_page_fault(u64 syndrome)
{
	u64 status = syndrome & 0x3f;
	return status >= 0x04 && status <= 0x0f;
}

/* Top Byte Ignore is on for the program: the tag is no part of the address. */
static u64 untagged(u64 vaddr)
{
	return (vaddr >> 55 & 1) ? vaddr : vaddr & 0x00ffffffffffffffull;
}

/* MRS of the generic timer traps, so that the program sees virtual time: one
 * count a nanosecond. */
static int emulate_counter_read(struct trap_frame *frame)
{
	u64 iss = frame->syndrome & 0x1ffffff;
	u64 target = iss >> 5 & 31;
	u64 value;

	switch (iss & 0x3ffc1f) { /* op0 op2 op1 CRn CRm, and the direction: a read */
	case 3 << 20 | 0 << 17 | 3 << 14 | 14 << 10 | 0 << 1 | 1: /* CNTFRQ_EL0 */
		value = 1000000000;
		break;
	case 3 << 20 | 1 << 17 | 3 << 14 | 14 << 10 | 0 << 1 | 1: /* CNTPCT_EL0 */
	case 3 << 20 | 2 << 17 | 3 << 14 | 14 << 10 | 0 << 1 | 1: /* CNTVCT_EL0 */
		if (replay_counter(frame))
			return 1;
		value = virtual_counter();
		break;
	default:
		return 0;
	}
	if (target != 31)
		frame->x[target] = value;
	frame->pc += 4;
	return 1;
}

static void answer(struct trap_frame *frame)
{
	u64 syndrome = frame->syndrome;
	u64 vaddr = untagged(frame->fault_vaddr);

	switch (syndrome >> 26) {
	case CLASS_SVC:
		trap_call(frame);
		return;
	case CLASS_FETCH_ABORT:
		if (is_page_fault(syndrome)) {
			trap_page_fault(frame, vaddr, THAW_VMA_EXECUTE);
			return;
		}
		break;
	case CLASS_DATA_ABORT:
		if (is_page_fault(syndrome)) {
			int write = (syndrome & ISS_WRITE) && !(syndrome & ISS_CACHE_MAINTENANCE);
			trap_page_fault(frame, vaddr, write ? THAW_VMA_WRITE : THAW_VMA_READ);
			return;
		}
		break;
	case CLASS_BREAKPOINT:
		if (marker_hit(frame))
			return;
		break;
	case CLASS_STEP:
		breakpoint_stepped(frame);
		return;
	case CLASS_BREAKPOINT_INSTRUCTION:
		if (walk_hit(frame))
			return;
		break;
	case CLASS_SYSTEM_REGISTER:
		if (emulate_counter_read(frame))
			return;
		break;
	}
	trap_program_fault(frame, syndrome, frame->fault_vaddr);
}

void trap_exception(struct trap_frame *frame)
{
	answer(frame);
	walk_follow(frame);
}

NORETURN void trap_in_stub(struct trap_frame *frame)
{
	trap_stub_fault(frame, frame->syndrome, frame->fault_vaddr);
}

/* Interrupts are masked and AArch32 does not exist: neither can come. */
NORETURN void trap_unexpected(struct trap_frame *frame)
{
	refuse_program_fault(frame, frame->syndrome, frame->fault_vaddr);
}
