/* What the parts of the stub offer each other. See boot_block.h for the
 * linker's side, and arch.h of each architecture for what differs. */
#ifndef THAW_STUB_H
#define THAW_STUB_H

#include "boot_block.h"
#include "arch.h"

#define HW_PAGE_BYTES 4096ull
#define NORETURN __attribute__((noreturn))

#define ALIGN_DOWN(value, unit) ((value) & ~((unit)-1))
#define ALIGN_UP(value, unit) ALIGN_DOWN((value) + (unit)-1, unit)

/* Negative results of system calls, <asm-generic/errno-base.h>. */
enum {
	THAW_EBADF = 9,
	THAW_ENOMEM = 12,
	THAW_EFAULT = 14,
	THAW_EEXIST = 17,
	THAW_EINVAL = 22,
	THAW_ESPIPE = 29,
};

/* traps.c: where the architecture's vectors lead. All run with interrupts off,
 * on the stub's stack, and the program's SIMD registers untouched. */
void trap_call(struct trap_frame *frame);
void trap_page_fault(struct trap_frame *frame, u64 vaddr, u64 access);
NORETURN void trap_program_fault(struct trap_frame *frame, u64 cause, u64 detail);
NORETURN void trap_stub_fault(struct trap_frame *frame, u64 cause, u64 detail);

/* calls.c: one row a system call. */
void emulate_call(struct trap_frame *frame);
typedef i64 call_handler(struct trap_frame *frame);

/* frames.c: zeroed frames of the user's page size from the pool. */
u64 frame_allocate(void);           /* paddr; ends the run if the pool is empty */
void frame_free(u64 paddr);
void *frame_view(u64 paddr);        /* the stub's view of physical memory */

/* page_tables.c: entries of the program's page tables, 4 KiB leaves. */
u64 *pte_find(u64 vaddr);                      /* 0 if there is no table yet */
void page_map(u64 vaddr, u64 paddr, u64 flags);   /* one page of page_size_bytes */
void page_protect(u64 vaddr, u64 flags);          /* if it is there */
u64 page_unmap(u64 vaddr);                        /* its frame's paddr, 0 if none */
int page_is_missing(u64 vaddr);
int page_is_present(u64 vaddr);

/* vmas.c: the sorted table of mappings. */
struct thaw_vma *vma_at(u64 vaddr);               /* the one that contains vaddr, or 0 */
struct thaw_vma *vma_at_or_above(u64 vaddr);      /* the first that ends above vaddr, or 0 */
void vma_insert(u64 start, u64 end, u64 flags);   /* merges with equal neighbours */
void vma_remove(u64 start, u64 end);              /* cuts whatever overlaps */
int vma_covers(u64 start, u64 end);               /* no hole in between */
u64 vma_gap_below(u64 top, u64 size_bytes);       /* start of the highest gap, 0 if none */

/* demand.c: pages that are born when touched, and growing stacks. */
enum demand { DEMAND_MAPPED, DEMAND_OUTSIDE, DEMAND_MISSING };
enum demand demand_page(u64 vaddr, u64 access);   /* access: VMA_READ, _WRITE or _EXECUTE */
int user_range_ready(u64 vaddr, u64 size_bytes, u64 access); /* all pages present after it */

/* memory_calls.c, file_calls.c, time_calls.c, identity_calls.c, signal_calls.c */
call_handler call_brk, call_mmap, call_munmap, call_mprotect, call_mremap, call_madvise;
call_handler call_write, call_writev, call_pwrite64, call_close, call_fstat, call_newfstatat,
	call_lseek;
call_handler call_clock_gettime, call_clock_getres, call_gettimeofday, call_time;
call_handler call_getpid, call_gettid, call_getppid, call_getpgid, call_getpgrp, call_getsid,
	call_getuid, call_geteuid, call_getgid, call_getegid, call_sched_yield, call_futex,
	call_set_robust_list, call_set_tid_address;
call_handler call_rt_sigaction, call_rt_sigprocmask, call_rt_sigpending, call_sigaltstack;

u64 virtual_time_pass(void);        /* nanoseconds since the checkpoint; moves on by a tick */
u64 virtual_counter(void);          /* what the program reads as a cycle counter: one count a nanosecond */

/* devices.c: bytes and the end, as the boot block says. */
void console_write(const void *bytes, u64 size_bytes);
void report_byte(u8 byte);
NORETURN void simulation_end(u64 verdict);

/* report.c: the verdict, as lines key=value on the report device. */
void report_value(const char *key, u64 value);
NORETURN void report_verdict(struct trap_frame *frame, u64 verdict);
void report_begin(u64 verdict);
extern u64 report_swallowed_bytes, report_demand_pages, report_call_count;

/* strings.c: what compilers expect to find. */
void *memcpy(void *to, const void *from, __SIZE_TYPE__ size_bytes);
void *memmove(void *to, const void *from, __SIZE_TYPE__ size_bytes);
void *memset(void *to, int value, __SIZE_TYPE__ size_bytes);

#endif
