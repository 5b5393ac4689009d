/* x86-64 for the common parts of the stub: the trap frame, page-table entries,
 * TLB, devices. The same names are in every architecture's arch.h. */
#ifndef THAW_ARCH_H
#define THAW_ARCH_H

#include "boot_block.h"

/* As traps.S pushes it, lowest address first. */
struct trap_frame {
	u64 r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
	u64 vector, error_code;
	u64 rip, cs, rflags, rsp, ss;
};

/* The registers of a recording's rows, in their order: X(name, field). The flags come
 * last. R11 is not compared, each system call leaves flags of the machine's own in it;
 * at a call RCX is not either, SYSCALL has destroyed it. */
#define ARCH_CALL_ROW(X)                                                            \
	X("r15", r15) X("r14", r14) X("r13", r13) X("r12", r12) X("rbp", rbp)           \
	X("rbx", rbx) X("r10", r10) X("r9", r9) X("r8", r8) X("rax", rax) X("rdx", rdx) \
	X("rsi", rsi) X("rdi", rdi) X("rsp", rsp) X("rip", rip)
#define ARCH_FAULT_ROW(X)                                                           \
	X("r15", r15) X("r14", r14) X("r13", r13) X("r12", r12) X("rbp", rbp)           \
	X("rbx", rbx) X("r10", r10) X("r9", r9) X("r8", r8) X("rax", rax) X("rcx", rcx) \
	X("rdx", rdx) X("rsi", rsi) X("rdi", rdi) X("rsp", rsp) X("rip", rip)
#define ARCH_ROW(X)                                                                 \
	X("r15", r15) X("r14", r14) X("r13", r13) X("r12", r12) X("rbp", rbp)           \
	X("rbx", rbx) X("r11", r11) X("r10", r10) X("r9", r9) X("r8", r8) X("rax", rax) \
	X("rcx", rcx) X("rdx", rdx) X("rsi", rsi) X("rdi", rdi) X("rsp", rsp) X("rip", rip)
#define ARCH_FLAGS(X) X("rflags", rflags)
#define ARCH_FLAGS_MASK 0xcd5ull /* CF PF AF ZF SF DF OF */

#define ARCH_CALL_INSTRUCTION_BYTES 2 /* syscall */
#define ARCH_LEAST_SIGNAL_STACK_BYTES 2048 /* MINSIGSTKSZ */

/* struct sigaction of the kernel, and UAPI_SA_FLAGS. */
#define ARCH_ACTION_FIELDS(X) X(handler) X(flags) X(restorer) X(mask)
#define ARCH_ACTION_FLAGS 0xdc000807ull

static inline u64 frame_pc(const struct trap_frame *f) { return f->rip; }
static inline u64 frame_sp(const struct trap_frame *f) { return f->rsp; }
static inline u64 frame_call_number(const struct trap_frame *f) { return f->rax; }
static inline void frame_set_result(struct trap_frame *f, i64 result) { f->rax = (u64)result; }
static inline u64 frame_argument(const struct trap_frame *f, int index)
{
	switch (index) {
	case 0: return f->rdi;
	case 1: return f->rsi;
	case 2: return f->rdx;
	case 3: return f->r10;
	case 4: return f->r8;
	default: return f->r9;
	}
}

/* struct stat of <asm/stat.h>, up to the times. */
struct arch_stat {
	u64 st_dev, st_ino, st_nlink;
	u32 st_mode, st_uid, st_gid, unused0;
	u64 st_rdev, st_size, st_blksize, st_blocks;
	u64 times[6], unused1[3];
};

/* What Linux makes of an address given to munmap and its like. */
static inline u64 arch_untagged(u64 vaddr) { return vaddr; }

/* Page tables: Intel SDM vol. 3, 4.5. A held page (PROT_NONE) keeps its frame
 * in an entry that is not present. */
#define ARCH_TABLE_LEVELS 4
#define PTE_PRESENT 1ull
#define PTE_USER 4ull
#define PTE_HELD (1ull << 9)

static inline u64 pte_paddr(u64 pte) { return pte & 0x000ffffffffff000ull; }
static inline u64 pte_table(u64 paddr) { return paddr | 0x67ull; } /* P RW US A D */

/* Of the program: the boot page, which is the stub's, may be in its way. */
static inline int pte_present(u64 pte)
{
	return (pte & (PTE_PRESENT | PTE_USER)) == (PTE_PRESENT | PTE_USER);
}
static inline int pte_has_frame(u64 pte)
{
	return pte_present(pte) || (pte & (PTE_PRESENT | PTE_HELD)) == PTE_HELD;
}
static inline u64 pte_leaf(u64 paddr, u64 vma_flags)
{
	if (!(vma_flags & (THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_EXECUTE)))
		return paddr | PTE_HELD;
	return paddr | 0x65 /* P US A D */
		| ((vma_flags & THAW_VMA_WRITE) ? 2 : 0)
		| ((vma_flags & THAW_VMA_EXECUTE) ? 0 : 1ull << 63);
}

/* A page that a marker waits for: all but its presence is as it will be. */
#define PTE_MARKED (1ull << 10)
static inline int pte_marked(u64 pte) { return (pte & (PTE_PRESENT | PTE_MARKED)) == PTE_MARKED; }
static inline u64 pte_unmarked(u64 pte) { return (pte & ~PTE_MARKED) | PTE_PRESENT; }

/* After an entry became valid (nothing to do), and after it changed or went. */
static inline void tlb_publish(void) {}
static inline void tlb_forget(u64 vaddr)
{
	__asm__ volatile("invlpg (%0)" : : "r"(vaddr) : "memory");
}

/* Base of FS or GS: IA32_FS_BASE, IA32_GS_BASE. */
static inline void arch_segment_base(u64 gs, u64 base)
{
	__asm__ volatile("wrmsr" : : "c"(gs ? 0xc0000101 : 0xc0000100), "a"((u32)base), "d"(base >> 32));
}

/* breakpoint.c: on one pc of the program; and whether a #DB or a #BP is its. */
typedef u8 arch_code;
#define ARCH_BREAKPOINT 0xcc /* INT3 */
void arch_breakpoint_set(u64 pc);
void arch_breakpoint_clear(void);
int breakpoint_of_debug_register(void);
int breakpoint_of_patch(struct trap_frame *frame); /* puts the frame in front of it then */
#define RFLAGS_RF 0x10000ull
void arch_step_over(struct trap_frame *frame);
void arch_capture(const struct trap_frame *frame); /* capture.c */

/* Vector registers, in the form in which the restore path loads them. */
static inline void arch_load_vectors(const void *area, u64 size_bytes)
{
	if (size_bytes == 512)
		__asm__ volatile("fxrstor64 (%0)" : : "r"(area) : "memory");
	else
		__asm__ volatile("xrstor64 (%0)" : : "r"(area), "a"(-1), "d"(-1) : "memory");
}

/* Instructions that were written are seen by themselves. */
static inline void arch_sync_code(const void *start, u64 size_bytes)
{
	(void)start, (void)size_bytes;
}

static inline void arch_port_out(u64 port, u8 value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"((u16)port));
}
static inline u8 arch_port_in(u64 port)
{
	u8 value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"((u16)port));
	return value;
}
static inline void arch_semihosting_byte(u8 byte) { (void)byte; }
static inline void arch_semihosting_exit(u64 code) { (void)code; }
/* No counters: those of this architecture differ from maker to maker. */
struct counters;
static inline void arch_counters_start(void) {}
static inline int arch_counters_stop(struct counters *counters) { (void)counters; return 0; }
static inline void arch_idle(void) { __asm__ volatile("cli; hlt"); }

#endif
