/* Where every trap of either architecture leads: answered, or a verdict.
 *
 * On entry: the trap frame on the stub's stack, interrupts off, the program's
 * page tables in use.
 * On exit: the frame says how the program goes on; or never.
 */
#include "stub.h"

/* Where the program was when it trapped, for a verdict found deep inside. */
static u64 trap_pc, trap_sp;

void trap_at(const struct trap_frame *frame)
{
	trap_pc = frame_pc(frame);
	trap_sp = frame_sp(frame);
}

int trap_call(struct trap_frame *frame)
{
	if (replaying())
		return replay_call(frame);
	trap_at(frame);
	trap_pc -= ARCH_CALL_INSTRUCTION_BYTES;
	emulate_call(frame);
	report_call_count++;
	return 0;
}

void trap_page_fault(struct trap_frame *frame, u64 vaddr, u64 access)
{
	trap_at(frame);
	if (replay_fault(frame)) /* first: a page may be there and yet be one that faulted */
		return;
	switch (demand_page(vaddr, access)) {
	case DEMAND_BORN:
		return;
	case DEMAND_MISSING:
		refuse_access(THAW_VERDICT_MISSING_PAGE, vaddr, access);
	case DEMAND_PRESENT: /* it is there, and yet the processor refused: rights */
	case DEMAND_OUTSIDE:
		break;
	}
	refuse_access(THAW_VERDICT_PAGE_FAULT, vaddr, access);
}

NORETURN void refuse_access(u64 verdict, u64 vaddr, u64 access)
{
	report_begin(verdict);
	report_value("address", vaddr);
	report_value("access", access);
	report_value("pc", trap_pc);
	report_value("sp", trap_sp);
	report_end();
}

static NORETURN void refuse_fault(u64 verdict, struct trap_frame *frame, u64 cause, u64 detail)
{
	report_begin(verdict);
	report_value("cause", cause);
	report_value("detail", detail);
	report_value("pc", frame_pc(frame));
	report_end();
}

void trap_program_fault(struct trap_frame *frame, u64 cause, u64 detail)
{
	if (!replay_fault(frame))
		refuse_program_fault(frame, cause, detail);
}

NORETURN void refuse_program_fault(struct trap_frame *frame, u64 cause, u64 detail)
{
	refuse_fault(THAW_VERDICT_PROGRAM_FAULT, frame, cause, detail);
}

NORETURN void trap_stub_fault(struct trap_frame *frame, u64 cause, u64 detail)
{
	refuse_fault(THAW_VERDICT_STUB_FAULT, frame, cause, detail);
}
