/* System call numbers of x86-64, as Linux's arch/x86/entry/syscalls/syscall_64.tbl has them. */
#ifndef THAW_CALL_NUMBERS_H
#define THAW_CALL_NUMBERS_H

#define CALL_brk 12
#define CALL_clock_getres 229
#define CALL_clock_gettime 228
#define CALL_close 3
#define CALL_exit 60
#define CALL_exit_group 231
#define CALL_fstat 5
#define CALL_futex 202
#define CALL_getegid 108
#define CALL_geteuid 107
#define CALL_getgid 104
#define CALL_getpgid 121
#define CALL_getpgrp 111
#define CALL_getpid 39
#define CALL_getppid 110
#define CALL_getsid 124
#define CALL_gettid 186
#define CALL_gettimeofday 96
#define CALL_getuid 102
#define CALL_lseek 8
#define CALL_madvise 28
#define CALL_mmap 9
#define CALL_mprotect 10
#define CALL_mremap 25
#define CALL_munmap 11
#define CALL_newfstatat 262
#define CALL_pwrite64 18
#define CALL_rt_sigaction 13
#define CALL_rt_sigpending 127
#define CALL_rt_sigprocmask 14
#define CALL_sched_yield 24
#define CALL_set_robust_list 273
#define CALL_set_tid_address 218
#define CALL_sigaltstack 131
#define CALL_time 201
#define CALL_write 1
#define CALL_writev 20

#endif
