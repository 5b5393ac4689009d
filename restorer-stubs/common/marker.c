/* Markers: how an image knows by itself that it has reached the region's begin or its
 * end, exact to the instruction. A marker is a chain of steps; each sets the
 * processor's breakpoint on one instruction and counts how often it is reached.
 *
 * On entry: the trap frame in front of the instruction, which has not been executed.
 * On exit: the frame says how the program goes on; at the end, never.
 * State: the step that is under way, and the hits that it still needs.
 */
#include "digest.h"
#include "stub.h"

static u64 step_index; /* steps done */
static u64 hits_left;  /* of the step under way; 0 if it waits to begin */
static u64 regions_begun, hit_count;

int marker_pending(void) { return step_index < thaw_boot_block.marker_step_count; }

static const struct thaw_step *step(void)
{
	return &thaw_boot_block.marker_steps[step_index];
}

static void begin_step(void)
{
	hits_left = step()->hits;
	arch_breakpoint_set(step()->pc);
}

static void begin_if(u64 arm)
{
	if (marker_pending() && !hits_left && step()->arm == arm)
		begin_step();
}

u64 marker_next_pc(void) { return step()->next_pc; }

void marker_touched(void) { begin_if(THAW_ARM_TOUCH); }

void marker_event(void)
{
	if (marker_pending() && step()->event == replay_event_count)
		begin_if(THAW_ARM_EVENT);
}

static u64 digest_of_memory(void)
{
	const struct thaw_range *range = (const struct thaw_range *)thaw_boot_block.marker_ranges_vaddr;
	u64 digest = 0;

	for (u64 i = 0; i < thaw_boot_block.marker_range_count; i++, range++)
		digest = digest_fold(digest, digest_bytes((const u8 *)range->vaddr, range->size_bytes));
	return digest;
}

/* Executed once each, at the region's borders: simulators that watch instructions see them
 * here, however often the program's own instruction trapped before it was executed. */
#define BORDER __attribute__((noinline)) void
BORDER region_begins(void) { __asm__ volatile(""); }
BORDER region_ends(void) { __asm__ volatile(""); }

#define REPORT(name, field) report_value(name, frame->field);

/* The state is put where the restore path takes it from: memory as it is now is an
 * image that goes on from here. */
static NORETURN void tell(struct trap_frame *frame)
{
	arch_capture(frame);
	report_begin(THAW_VERDICT_MARKER);
	report_value("hits", hit_count);
	ARCH_ROW(REPORT)
	ARCH_FLAGS(REPORT)
	step_index = hit_count = regions_begun = 0;
	thaw_boot_block.marker_step_count = 0;
	report_end();
}

static NORETURN void end(struct trap_frame *frame)
{
	struct counters counters;
	int counted = regions_begun && arch_counters_stop(&counters);

	region_ends();
	if (!thaw_boot_block.marker_checked)
		tell(frame);
	if (digest_at_fault(frame) != thaw_boot_block.marker_digest)
		replay_diverged(frame, 0, DIVERGED_END);
	if (digest_of_memory() != thaw_boot_block.marker_memory_digest)
		replay_diverged(frame, 0, DIVERGED_MEMORY);
	hooks_of_end();
	report_begin(THAW_VERDICT_COMPLETE);
	report_value("regions", regions_begun);
	report_value("hits", hit_count);
	if (counted) {
		report_value("pmu_cycles", counters.cycles);
		report_value("pmu_instructions", counters.instructions);
	}
	report_end();
}

int marker_hit(struct trap_frame *frame)
{
	u64 action;

	if (!hits_left)
		return 0;
	hit_count++;
	if (--hits_left) {
		arch_step_over(frame);
		return 1;
	}
	arch_breakpoint_clear();
	action = step()->action;
	step_index++;
	if (action == THAW_ACTION_END)
		end(frame);
	if (action == THAW_ACTION_BEGIN) {
		regions_begun++;
		hooks_of_begin();
		region_begins();
		arch_counters_start();
	}
	begin_if(THAW_ARM_NOW);
	return 1;
}
