/* System call numbers of riscv64, as Linux's include/uapi/asm-generic/unistd.h and
 * arch/riscv/include/uapi/asm/unistd.h have them. */
#ifndef THAW_CALL_NUMBERS_H
#define THAW_CALL_NUMBERS_H

#define CALL_brk 214
#define CALL_clock_getres 114
#define CALL_clock_gettime 113
#define CALL_close 57
#define CALL_exit 93
#define CALL_exit_group 94
#define CALL_fstat 80
#define CALL_futex 98
#define CALL_getegid 177
#define CALL_geteuid 175
#define CALL_getgid 176
#define CALL_getpgid 155
#define CALL_getpid 172
#define CALL_getppid 173
#define CALL_getsid 156
#define CALL_gettid 178
#define CALL_gettimeofday 169
#define CALL_getuid 174
#define CALL_lseek 62
#define CALL_madvise 233
#define CALL_mmap 222
#define CALL_mprotect 226
#define CALL_mremap 216
#define CALL_munmap 215
#define CALL_newfstatat 79
#define CALL_pwrite64 68
#define CALL_riscv_flush_icache 259
#define CALL_rt_sigaction 134
#define CALL_rt_sigpending 136
#define CALL_rt_sigprocmask 135
#define CALL_sched_yield 124
#define CALL_set_robust_list 99
#define CALL_set_tid_address 96
#define CALL_sigaltstack 132
#define CALL_write 64
#define CALL_writev 66

#endif
