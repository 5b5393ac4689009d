/* System calls: one row a call, the frequent ones first. A call without a row
 * ends the run: nothing is ever invented.
 *
 * State: none. A handler finds arguments in the frame and returns what the
 * program gets.
 */
#include "stub.h"
#include "call_numbers.h"

struct row {
	u64 number;
	call_handler *handler;
};

#define ROW(name) {CALL_##name, call_##name},

static const struct row rows[] = {
	ROW(write)
	ROW(clock_gettime)
	ROW(brk)
	ROW(mmap)
	ROW(munmap)
	ROW(madvise)
	ROW(mprotect)
	ROW(mremap)
	ROW(futex)
	ROW(rt_sigprocmask)
	ROW(writev)
	ROW(lseek)
	ROW(gettimeofday)
	ROW(getpid)
	ROW(gettid)
	ROW(sched_yield)
	ROW(pwrite64)
	ROW(close)
	ROW(fstat)
	ROW(newfstatat)
	ROW(clock_getres)
	ROW(rt_sigaction)
	ROW(rt_sigpending)
	ROW(sigaltstack)
	ROW(getppid)
	ROW(getpgid)
	ROW(getsid)
	ROW(getuid)
	ROW(geteuid)
	ROW(getgid)
	ROW(getegid)
	ROW(set_robust_list)
#ifdef CALL_time
	ROW(time)
#endif
#ifdef CALL_riscv_flush_icache
	ROW(riscv_flush_icache)
#endif
#ifdef CALL_getpgrp
	ROW(getpgrp)
#endif
	{CALL_set_tid_address, call_gettid}, /* its effect shows at the end of a thread only */
	ROW(exit)
	{CALL_exit_group, call_exit},
};

/* Linux takes the number as an int. */
static u64 number_of(const struct trap_frame *frame)
{
	return (u32)frame_call_number(frame);
}

NORETURN void call_unknown(struct trap_frame *frame)
{
	static const char names[6][3] = {"a0", "a1", "a2", "a3", "a4", "a5"};

	report_begin(THAW_VERDICT_UNKNOWN_CALL);
	report_value("number", number_of(frame));
	report_value("pc", frame_pc(frame) - ARCH_CALL_INSTRUCTION_BYTES);
	for (int i = 0; i < 6; i++)
		report_value(names[i], frame_argument(frame, i));
	report_end();
}

void emulate_call(struct trap_frame *frame)
{
	u64 number = number_of(frame);

	for (u64 i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].number == number) {
			frame_set_result(frame, rows[i].handler(frame));
			return;
		}
	}
	call_unknown(frame);
}
