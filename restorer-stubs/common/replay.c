/* Replay: every trap of the program is the next event of the recording, or the
 * program is not on the recorded path.
 *
 * On entry: the trap frame on the stub's stack, interrupts off.
 * On exit: the frame says how the program goes on; or never.
 * State: the boot block's event_vaddr, which moves from event to event.
 */
#include "digest.h"
#include "stub.h"

u64 replay_event_count;

static struct thaw_event *next_event(void)
{
	return (struct thaw_event *)thaw_boot_block.event_vaddr;
}

#define FOLD(name, field) digest = digest_fold(digest, frame->field);
#define FOLD_FLAGS(name, field) digest = digest_fold(digest, frame->field & ARCH_FLAGS_MASK);

static inline u64 digest_at_call(const struct trap_frame *frame)
{
	u64 digest = 0;
	ARCH_CALL_ROW(FOLD)
	ARCH_FLAGS(FOLD_FLAGS)
	return digest;
}

u64 digest_at_fault(const struct trap_frame *frame)
{
	u64 digest = 0;
	ARCH_FAULT_ROW(FOLD)
	ARCH_FLAGS(FOLD_FLAGS)
	return digest;
}

/* There is an event as long as the program runs: the last one ends it. */
static inline int run(struct trap_frame *frame, struct thaw_event *event)
{
	const struct thaw_operation *operation = (const struct thaw_operation *)(event + 1);
	const struct thaw_operation *end = operation + event->operation_count;
	int registers_set = 0;

	if (operation < end)
		registers_set = operations_run(frame, operation, end);
	thaw_boot_block.event_vaddr = (u64)end;
	replay_event_count++;
	if (thaw_boot_block.marker_step_count)
		marker_event();
	return registers_set;
}

int replay_call(struct trap_frame *frame)
{
	struct thaw_event *event = next_event();
	u64 digest = digest_at_call(frame);

	if (event->digest != digest || event->trigger != THAW_TRIGGER_CALL)
		replay_diverged(frame, THAW_TRIGGER_CALL,
				event->trigger == THAW_TRIGGER_CALL ? DIVERGED_REGISTERS : DIVERGED_TRIGGER);
	frame_set_result(frame, (i64)event->result);
	return run(frame, event);
}

static int replay_if(struct trap_frame *frame, u64 trigger)
{
	struct thaw_event *event = next_event();

	if (!event || event->trigger != trigger || event->digest != digest_at_fault(frame))
		return 0;
	run(frame, event);
	return 1;
}

int replay_fault(struct trap_frame *frame) { return replay_if(frame, THAW_TRIGGER_FAULT); }

int replay_counter(struct trap_frame *frame)
{
	if (replay_if(frame, THAW_TRIGGER_COUNTER))
		return 1;
	if (replaying() && next_event()->trigger == THAW_TRIGGER_COUNTER)
		replay_diverged(frame, THAW_TRIGGER_COUNTER, DIVERGED_REGISTERS);
	return 0;
}

#define REPORT(name, field) report_value(name, frame->field);

NORETURN void replay_diverged(struct trap_frame *frame, u64 trigger, u64 reason)
{
	report_begin(THAW_VERDICT_DIVERGED);
	report_value("event", replay_event_count);
	report_value("reason", reason);
	report_value("trigger", trigger);
	ARCH_ROW(REPORT)
	ARCH_FLAGS(REPORT)
	report_end();
}
