/* Who the program is, and its end.
 *
 * State: the boot block's numbers, which nothing here can change.
 */
#include "stub.h"

#define ROBUST_LIST_HEAD_BYTES 24

i64 call_getpid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.pid; }
i64 call_gettid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.tid; }
i64 call_getppid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.parent_pid; }
i64 call_getpgrp(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.group_pid; }
i64 call_getuid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.uid; }
i64 call_geteuid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.effective_uid; }
i64 call_getgid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.gid; }
i64 call_getegid(struct trap_frame *frame) { (void)frame; return (i64)thaw_boot_block.effective_gid; }
i64 call_sched_yield(struct trap_frame *frame) { (void)frame; return 0; }

/* Other processes are not here to be asked about. */
static void must_be_own(struct trap_frame *frame)
{
	u64 pid = (u32)frame_argument(frame, 0);
	if (pid && pid != thaw_boot_block.pid)
		call_unknown(frame);
}

i64 call_getpgid(struct trap_frame *frame)
{
	must_be_own(frame);
	return (i64)thaw_boot_block.group_pid;
}

i64 call_getsid(struct trap_frame *frame)
{
	must_be_own(frame);
	return (i64)thaw_boot_block.session_pid;
}

/* Looked at when a thread ends, and there is none to see it. */
i64 call_set_robust_list(struct trap_frame *frame)
{
	return frame_argument(frame, 1) == ROBUST_LIST_HEAD_BYTES ? 0 : -THAW_EINVAL;
}

i64 call_exit(struct trap_frame *frame)
{
	report_begin(THAW_VERDICT_EXITED);
	report_value("status", frame_argument(frame, 0) & 0xff);
	report_end();
}
