/* Clocks: a deterministic virtual time that starts at the dump and passes by
 * clock_tick_ns with each reading, so that no program waits for it in vain.
 *
 * State: how much has passed.
 */
#include "stub.h"

#define NS_PER_S 1000000000ull
#define NS_PER_US 1000ull

/* <linux/time.h>. */
enum {
	CLOCK_REALTIME = 0,
	CLOCK_MONOTONIC = 1,
	CLOCK_PROCESS_CPUTIME_ID = 2,
	CLOCK_THREAD_CPUTIME_ID = 3,
	CLOCK_MONOTONIC_RAW = 4,
	CLOCK_REALTIME_COARSE = 5,
	CLOCK_MONOTONIC_COARSE = 6,
	CLOCK_BOOTTIME = 7,
	CLOCK_REALTIME_ALARM = 8,
	CLOCK_BOOTTIME_ALARM = 9,
	CLOCK_UNUSED = 10,
	CLOCK_TAI = 11,
};

static u64 passed_ns;

u64 virtual_time_pass(void)
{
	passed_ns += thaw_boot_block.clock_tick_ns;
	return passed_ns;
}

u64 virtual_counter(void)
{
	return thaw_boot_block.monotonic_ns + virtual_time_pass();
}

/* Finds what a clock showed at the checkpoint; otherwise the error for the program. */
static i64 clock_base(struct trap_frame *frame, u64 *base_ns)
{
	switch ((int)frame_argument(frame, 0)) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_TAI:
		*base_ns = thaw_boot_block.realtime_ns;
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
		*base_ns = thaw_boot_block.monotonic_ns;
		return 0;
	case CLOCK_BOOTTIME:
		*base_ns = thaw_boot_block.boottime_ns;
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID: /* processor time spent before is not in a dump */
	case CLOCK_THREAD_CPUTIME_ID:
		*base_ns = 0;
		return 0;
	case CLOCK_REALTIME_ALARM: /* depends on the machine's clock chip */
	case CLOCK_BOOTTIME_ALARM:
		call_unknown(frame);
	}
	if ((int)frame_argument(frame, 0) < 0) /* a process, or a device */
		call_unknown(frame);
	return -THAW_EINVAL;
}

static i64 put_time(u64 vaddr, u64 ns, u64 ns_per_unit)
{
	u64 value[2] = {ns / NS_PER_S, ns % NS_PER_S / ns_per_unit};
	return user_write(vaddr, value, sizeof(value)) ? 0 : -THAW_EFAULT;
}

i64 call_clock_gettime(struct trap_frame *frame)
{
	u64 base_ns;
	i64 error = clock_base(frame, &base_ns);

	return error ? error : put_time(frame_argument(frame, 1), base_ns + virtual_time_pass(), 1);
}

i64 call_clock_getres(struct trap_frame *frame)
{
	u64 clock = (u32)frame_argument(frame, 0);
	u64 base_ns;
	i64 error = clock_base(frame, &base_ns);

	if (error)
		return error;
	/* Depends on how the kernel was built: one of its ticks. */
	if (clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE)
		call_unknown(frame);
	return frame_argument(frame, 1) ? put_time(frame_argument(frame, 1), 1, 1) : 0;
}

i64 call_gettimeofday(struct trap_frame *frame)
{
	static const u32 time_zone[2]; /* the kernel's is UTC unless its clock chip is not */
	u64 to = frame_argument(frame, 0);
	u64 zone = frame_argument(frame, 1);

	if (to && put_time(to, thaw_boot_block.realtime_ns + virtual_time_pass(), NS_PER_US))
		return -THAW_EFAULT;
	if (zone && !user_write(zone, time_zone, sizeof(time_zone)))
		return -THAW_EFAULT;
	return 0;
}

i64 call_time(struct trap_frame *frame)
{
	u64 seconds = (thaw_boot_block.realtime_ns + virtual_time_pass()) / NS_PER_S;
	u64 to = frame_argument(frame, 0);

	if (to && !user_write(to, &seconds, sizeof(seconds)))
		return -THAW_EFAULT;
	return (i64)seconds;
}
