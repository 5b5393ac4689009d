/* futex of a program with one thread: waking finds nobody, waiting for a value
 * that has changed returns at once. Waiting in earnest ends the run.
 *
 * State: none but the program's memory.
 */
#include "stub.h"

#define NS_PER_S 1000000000ull

/* <linux/futex.h>. */
enum {
	FUTEX_WAIT = 0,
	FUTEX_WAKE = 1,
	FUTEX_WAIT_BITSET = 9,
	FUTEX_WAKE_BITSET = 10,
	FUTEX_PRIVATE_FLAG = 128,
	FUTEX_CLOCK_REALTIME = 256,
};

/* A futex in shared memory may have had waiters elsewhere. */
static int may_be_waited_for(u64 vaddr)
{
	const struct thaw_vma *vma = vma_at(vaddr);
	return vma && (vma->flags & THAW_VMA_SHARED);
}

static i64 check_timeout(u64 vaddr)
{
	u64 time[2];

	if (!vaddr)
		return 0;
	if (!user_read(time, vaddr, sizeof(time)))
		return -THAW_EFAULT;
	return (i64)time[0] < 0 || time[1] >= NS_PER_S ? -THAW_EINVAL : 0;
}

i64 call_futex(struct trap_frame *frame)
{
	u64 vaddr = frame_argument(frame, 0);
	u64 operation = (u32)frame_argument(frame, 1);
	u64 command = operation & ~(u64)(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	int waits = command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET;
	int has_mask = command == FUTEX_WAIT_BITSET || command == FUTEX_WAKE_BITSET;
	u32 value;
	i64 error;

	if (!waits && command != FUTEX_WAKE && command != FUTEX_WAKE_BITSET)
		call_unknown(frame);
	error = waits ? check_timeout(frame_argument(frame, 3)) : 0;
	if (error)
		return error;
	if ((operation & FUTEX_CLOCK_REALTIME) && command != FUTEX_WAIT_BITSET)
		return -THAW_ENOSYS;
	if ((has_mask && !(u32)frame_argument(frame, 5)) || (vaddr & 3))
		return -THAW_EINVAL;
	if (!user_range_valid(vaddr, sizeof(value)))
		return -THAW_EFAULT;
	if (!waits) {
		if (operation & FUTEX_PRIVATE_FLAG)
			return 0;
		if (may_be_waited_for(vaddr))
			call_unknown(frame);
		return user_range_ready(vaddr, sizeof(value), THAW_VMA_READ) ? 0 : -THAW_EFAULT;
	}
	if (!user_read(&value, vaddr, sizeof(value)))
		return -THAW_EFAULT;
	if (value == (u32)frame_argument(frame, 2))
		call_unknown(frame);
	return -THAW_EAGAIN;
}
