/* What an event does, one operation after the other.
 *
 * On entry: the trap frame of the event. Operations on the program's memory that
 *   the linker could place go through the stub's own view, whatever rights the
 *   program has there.
 * On exit: the frame and memory are as the kernel left them.
 * State: none of its own.
 */
#include "digest.h"
#include "stub.h"

/* A row of a recording, in the order of ARCH_ROW. */
static void set_registers(struct trap_frame *frame, const u64 *row)
{
#define LOAD(name, field) frame->field = *row++;
#define LOAD_FLAGS(name, field) \
	frame->field = (frame->field & ~ARCH_FLAGS_MASK) | (*row & ARCH_FLAGS_MASK);
	ARCH_ROW(LOAD)
	ARCH_FLAGS(LOAD_FLAGS)
}

static void check(struct trap_frame *frame, const struct thaw_operation *operation)
{
	if (!user_range_ready(operation->source, operation->size_bytes, THAW_VMA_READ)
	    || digest_bytes((const u8 *)operation->source, operation->size_bytes) != operation->target)
		replay_diverged(frame, THAW_TRIGGER_CALL, DIVERGED_OUTPUT);
}

/* Of pages that are there, and of those that are born later. */
static void set_rights(u64 start, u64 end, u64 rights)
{
	const struct thaw_vma *vma = vma_at(start);
	u64 flags = (vma ? vma->flags & ~VMA_RIGHTS : THAW_VMA_DEMAND_ZERO) | rights;

	if (vma_has_room()) {
		vma_remove(start, end);
		vma_insert(start, end, flags);
	}
	pages_protect(start, end, flags);
	demand_forget();
}

static NORETURN void complete(u64 status_and_one)
{
	replay_event_count++;
	report_begin(THAW_VERDICT_COMPLETE);
	if (status_and_one)
		report_value("status", status_and_one - 1);
	report_end();
}

int operations_run(struct trap_frame *frame, const struct thaw_operation *operation,
		   const struct thaw_operation *end)
{
	int registers_set = 0;

	for (; operation < end; operation++) {
		u64 target = operation->target, source = operation->source;
		u64 size_bytes = operation->size_bytes;

		switch (operation->kind) {
		case THAW_OPERATION_WRITE:
			memcpy((void *)target, (const void *)source, size_bytes);
			break;
		case THAW_OPERATION_CHECK:
			check(frame, operation);
			break;
		case THAW_OPERATION_CONSOLE: /* was checked, so it is there */
		case THAW_OPERATION_RELAY:
			console_write((const void *)source, size_bytes);
			break;
		case THAW_OPERATION_ZERO:
			memset((void *)target, 0, size_bytes);
			break;
		case THAW_OPERATION_ZERO_PAGES:
			pages_zero(target, target + size_bytes);
			break;
		case THAW_OPERATION_MOVE_PAGES:
			pages_copy(source, target, size_bytes);
			break;
		case THAW_OPERATION_RIGHTS:
			set_rights(target, target + size_bytes, source);
			break;
		case THAW_OPERATION_SEGMENT_BASE:
			arch_segment_base(target, source);
			break;
		case THAW_OPERATION_VECTORS:
			arch_load_vectors((const void *)source, size_bytes);
			break;
		case THAW_OPERATION_REGISTERS:
			set_registers(frame, (const u64 *)source);
			registers_set = 1;
			break;
		case THAW_OPERATION_SYNC_CODE:
			arch_sync_code((const void *)target, size_bytes);
			break;
		case THAW_OPERATION_END:
			complete(source);
		}
	}
	return registers_set;
}
