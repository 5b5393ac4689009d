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
	THAW_EPERM = 1,
	THAW_EBADF = 9,
	THAW_EAGAIN = 11,
	THAW_ENOMEM = 12,
	THAW_EFAULT = 14,
	THAW_EEXIST = 17,
	THAW_EINVAL = 22,
	THAW_ESPIPE = 29,
	THAW_ENOSYS = 38,
};

/* traps.c: where the architecture's vectors lead. All run with interrupts off,
 * on the stub's stack, and the program's SIMD registers untouched. */
int trap_call(struct trap_frame *frame); /* whether registers of the frame were set besides the result */
void trap_page_fault(struct trap_frame *frame, u64 vaddr, u64 access);
void trap_program_fault(struct trap_frame *frame, u64 cause, u64 detail);
NORETURN void refuse_program_fault(struct trap_frame *frame, u64 cause, u64 detail);
NORETURN void trap_stub_fault(struct trap_frame *frame, u64 cause, u64 detail);
void trap_at(const struct trap_frame *frame); /* where the program is, should it end here */
/* Ends the run because the program, or the stub for it, cannot have that page. */
NORETURN void refuse_access(u64 verdict, u64 vaddr, u64 access);

/* calls.c: one row a system call. */
void emulate_call(struct trap_frame *frame);
typedef i64 call_handler(struct trap_frame *frame);
/* Ends the run: what Linux would have done is not known here. */
NORETURN void call_unknown(struct trap_frame *frame);

/* replay.c: the events of a recording, in place of calls.c. */
static inline int replaying(void) { return thaw_boot_block.event_vaddr != 0; }
int replay_call(struct trap_frame *frame); /* as trap_call */
/* Of the registers in front of an instruction: ARCH_FAULT_ROW and the flags. */
u64 digest_at_fault(const struct trap_frame *frame);
int replay_fault(struct trap_frame *frame);   /* 0 if this fault is not the next event */
int replay_counter(struct trap_frame *frame); /* 0 if the recording does not have counter reads */
extern u64 replay_event_count;                /* events that matched */
/* Why a replay ends: reported as `reason`. */
enum {
	DIVERGED_REGISTERS = 1, /* at an event */
	DIVERGED_TRIGGER = 2,   /* another kind of event */
	DIVERGED_OUTPUT = 3,    /* bytes that the program handed to the kernel */
	DIVERGED_END = 4,       /* registers at the image's own end */
	DIVERGED_MEMORY = 5,    /* memory there */
	DIVERGED_EARLY = 6,     /* the program ended before the image's own end */
};
NORETURN void replay_diverged(struct trap_frame *frame, u64 trigger, u64 reason);

/* marker.c: the region's begin and the image's own end. */
int marker_pending(void);                 /* the end has not been reached */
void marker_touched(void);                /* the page with the mark was touched first */
void marker_event(void);                  /* an event was replayed */
int marker_hit(struct trap_frame *frame); /* at the breakpoint; 0 if none was set */
u64 marker_next_pc(void);                 /* of the step under way, if the linker knows */
void region_begins(void);                 /* behind the warm-up; read by the linker */
void region_ends(void);

/* Of the program, in its region, as arch_counters_stop() finds them if the processor
 * can count. */
struct counters {
	u64 cycles, instructions;
};

/* operations.c: what an event does. */
int operations_run(struct trap_frame *frame, const struct thaw_operation *operation,
		   const struct thaw_operation *end); /* whether registers were set */

/* frames.c: zeroed frames of the user's page size from the pool. Both end the
 * run if the pool is empty; vaddr and access say what the frame was for. */
u64 frame_allocate(u64 vaddr, u64 access);        /* paddr of page_size_bytes */
u64 frame_allocate_table(u64 vaddr, u64 access);  /* paddr of HW_PAGE_BYTES */
void frame_free(u64 paddr);
int frame_is_of_pool(u64 paddr);
/* The stub's view of physical memory. */
static inline void *frame_view(u64 paddr) { return (void *)(thaw_boot_block.phys_to_virt + paddr); }

/* page_tables.c: entries of the program's page tables, 4 KiB leaves. */
u64 *pte_find(u64 vaddr);                         /* 0 if there is no table yet */
void page_map_new(u64 vaddr, u64 flags, u64 access); /* one page of page_size_bytes, of zeros */
void pages_protect(u64 start, u64 end, u64 flags);   /* those that are there */
void pages_unmap(u64 start, u64 end, int exclusive); /* exclusive: no frame is mapped elsewhere */
void pages_move(u64 from, u64 to, u64 size_bytes);
void pages_zero(u64 start, u64 end);                 /* those that are there */
void pages_copy(u64 from, u64 to, u64 size_bytes);   /* contents; frames stay where they are */

#define VMA_RIGHTS 7ull                           /* READ, WRITE, EXECUTE, as PROT_ */
#define PROT_ACCEPTED 15ull                       /* these and PROT_SEM, which means nothing */

/* vmas.c: the sorted table of mappings. */
struct thaw_vma *vma_at(u64 vaddr);               /* the one that contains vaddr, or 0 */
struct thaw_vma *vma_at_or_above(u64 vaddr);      /* the first that ends above vaddr, or 0 */
struct thaw_vma *vma_before(u64 vaddr);           /* the last that ends at or below vaddr, or 0 */
int vma_has_room(void);                           /* for any one change */
void vma_insert(u64 start, u64 end, u64 flags);   /* merges with equal neighbours */
void vma_remove(u64 start, u64 end);              /* cuts whatever overlaps */
int vma_covers(u64 start, u64 end);               /* no hole in between */
u64 vma_start_with_gap(const struct thaw_vma *vma); /* a growing stack keeps others away */
u64 vma_gap_below(u64 top, u64 size_bytes);       /* start of the highest gap, 0 if none */
u64 stack_gap_bytes(void);

/* Anonymous and private: nobody else has its frames, and new ones are zero. */
static inline int vma_is_private_anonymous(u64 flags)
{
	return (flags & (THAW_VMA_DEMAND_ZERO | THAW_VMA_SHARED)) == THAW_VMA_DEMAND_ZERO;
}

/* demand.c: pages that are born when touched, and growing stacks. */
enum demand { DEMAND_PRESENT, DEMAND_BORN, DEMAND_OUTSIDE, DEMAND_MISSING };
enum demand demand_page(u64 vaddr, u64 access);   /* access: VMA_READ, _WRITE or _EXECUTE */
void demand_forget(void);                         /* some page's entry changed */

/* user_memory.c: what calls read and write of the program. A page that the dump
 * did not have ends the run. */
u64 user_prefix_ready(u64 vaddr, u64 size_bytes, u64 access); /* bytes accessible from the start */
int user_range_ready(u64 vaddr, u64 size_bytes, u64 access);  /* so are all; yes if empty */
int user_range_valid(u64 vaddr, u64 size_bytes);              /* as access_ok of Linux */
int user_read(void *to, u64 vaddr, u64 size_bytes);           /* 0 if not accessible */
int user_write(u64 vaddr, const void *from, u64 size_bytes);  /* likewise */

/* mapping.c: mappings and their pages together. */
#define MMAP_LEAST_VADDR 0x10000ull               /* vm.mmap_min_addr */
u64 page_align_up(u64 value);                     /* 0 if it overflows */
int page_is_aligned(u64 value);
int mapping_fits(u64 start, u64 size_bytes);      /* nothing there, stack gaps included */
void mapping_remove(u64 start, u64 end);
u64 mapping_place(struct trap_frame *frame, u64 size_bytes); /* where mmap puts it by itself */

/* memory_calls.c, mmap_call.c, mremap_call.c, madvise_call.c */
call_handler call_brk, call_mmap, call_munmap, call_mprotect, call_mremap, call_madvise;
/* write_calls.c, file_calls.c, stat_calls.c */
call_handler call_write, call_writev, call_pwrite64, call_close, call_fstat, call_newfstatat,
	call_lseek;
/* time_calls.c */
call_handler call_clock_gettime, call_clock_getres, call_gettimeofday, call_time;
/* identity_calls.c, futex_call.c */
call_handler call_exit, call_getpid, call_gettid, call_getppid, call_getpgid, call_getpgrp,
	call_getsid, call_getuid, call_geteuid, call_getgid, call_getegid, call_sched_yield,
	call_futex, call_set_robust_list;
/* flush_call.c of riscv64 */
call_handler call_riscv_flush_icache;
/* signal_calls.c */
call_handler call_rt_sigaction, call_rt_sigprocmask, call_rt_sigpending, call_sigaltstack;

/* time_calls.c */
u64 virtual_time_pass(void);        /* nanoseconds since the checkpoint; moves on by a tick */
u64 virtual_counter(void);          /* the program's cycle counter: one count a nanosecond */

/* descriptors.c: the table of open files. */
struct thaw_descriptor *descriptor_of(u64 fd);    /* 0 if closed; fd is an int, as Linux takes it */
/* The row that has the position and size. */
struct thaw_descriptor *descriptor_file(const struct thaw_descriptor *descriptor);
#define MOST_FILE_BYTES (1ull << 40) /* beyond it file systems differ */
enum {
	THAW_S_IFMT = 0170000,
	THAW_S_IFIFO = 0010000,
	THAW_S_IFCHR = 0020000,
	THAW_S_IFBLK = 0060000,
	THAW_S_IFREG = 0100000,
	THAW_S_IFSOCK = 0140000,
};
static inline int descriptor_is(const struct thaw_descriptor *descriptor, u64 type)
{
	return (descriptor->mode & THAW_S_IFMT) == type;
}

/* devices.c: bytes, as the boot block says. */
void console_write(const void *bytes, u64 size_bytes);
void report_write(const void *bytes, u64 size_bytes);
int report_is_on_console(void);
void devices_drain(void); /* nothing is on its way when this returns */
void device_store(u64 paddr, u64 width_bytes, u64 value);

/* hooks.c: what the simulator is told. */
void hooks_of_begin(void);
void hooks_of_end(void);
NORETURN void simulation_end(u64 verdict);

/* report.c: the verdict, as lines key=value on the report device. */
void report_begin(u64 verdict);
void report_value(const char *key, u64 value);
NORETURN void report_end(void);
void report_retell(void); /* all of it once more, on the console */
extern u64 report_swallowed_bytes, report_demand_pages, report_call_count;
extern u64 reports_begun;

/* strings.c: what compilers expect to find. */
void *memcpy(void *to, const void *from, __SIZE_TYPE__ size_bytes);
void *memmove(void *to, const void *from, __SIZE_TYPE__ size_bytes);
void *memset(void *to, int value, __SIZE_TYPE__ size_bytes);

#endif
