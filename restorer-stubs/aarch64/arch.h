/* AArch64 for the common parts of the stub: the trap frame, page-table entries,
 * TLB, devices. The same names are in every architecture's arch.h. */
#ifndef THAW_ARCH_H
#define THAW_ARCH_H

#include "boot_block.h"

/* As traps.S stores it, lowest address first. */
struct trap_frame {
	u64 x[31], sp, pc, pstate, syndrome, fault_vaddr;
};

/* The registers of a recording's rows, in their order: X(name, field). The flags come
 * last. At a call X7 is not compared, a tracer cannot see it. */
#define ARCH_CALL_ROW(X) \
	X("x0", x[0]) X("x1", x[1]) X("x2", x[2]) X("x3", x[3]) X("x4", x[4]) \
	X("x5", x[5]) X("x6", x[6]) X("x8", x[8]) X("x9", x[9]) X("x10", x[10]) \
	X("x11", x[11]) X("x12", x[12]) X("x13", x[13]) X("x14", x[14]) X("x15", x[15]) \
	X("x16", x[16]) X("x17", x[17]) X("x18", x[18]) X("x19", x[19]) X("x20", x[20]) \
	X("x21", x[21]) X("x22", x[22]) X("x23", x[23]) X("x24", x[24]) X("x25", x[25]) \
	X("x26", x[26]) X("x27", x[27]) X("x28", x[28]) X("x29", x[29]) X("x30", x[30]) \
	X("sp", sp) X("pc", pc)
#define ARCH_ROW(X) \
	X("x0", x[0]) X("x1", x[1]) X("x2", x[2]) X("x3", x[3]) X("x4", x[4]) \
	X("x5", x[5]) X("x6", x[6]) X("x7", x[7]) X("x8", x[8]) X("x9", x[9]) \
	X("x10", x[10]) X("x11", x[11]) X("x12", x[12]) X("x13", x[13]) X("x14", x[14]) \
	X("x15", x[15]) X("x16", x[16]) X("x17", x[17]) X("x18", x[18]) X("x19", x[19]) \
	X("x20", x[20]) X("x21", x[21]) X("x22", x[22]) X("x23", x[23]) X("x24", x[24]) \
	X("x25", x[25]) X("x26", x[26]) X("x27", x[27]) X("x28", x[28]) X("x29", x[29]) \
	X("x30", x[30]) X("sp", sp) X("pc", pc)
#define ARCH_FAULT_ROW ARCH_ROW
#define ARCH_FLAGS(X) X("pstate", pstate)
#define ARCH_FLAGS_MASK 0xf0000000ull /* N Z C V */

#define ARCH_CALL_INSTRUCTION_BYTES 4 /* svc */
#define ARCH_LEAST_SIGNAL_STACK_BYTES 5120 /* MINSIGSTKSZ */

/* struct sigaction of the kernel, and UAPI_SA_FLAGS. */
#define ARCH_ACTION_FIELDS(X) X(handler) X(flags) X(restorer) X(mask)
#define ARCH_ACTION_FLAGS 0xdc000807ull

static inline u64 frame_pc(const struct trap_frame *f) { return f->pc; }
static inline u64 frame_sp(const struct trap_frame *f) { return f->sp; }
static inline u64 frame_call_number(const struct trap_frame *f) { return f->x[8]; }
static inline void frame_set_result(struct trap_frame *f, i64 result) { f->x[0] = (u64)result; }
static inline u64 frame_argument(const struct trap_frame *f, int index) { return f->x[index]; }

/* struct stat of <asm-generic/stat.h>, up to the times. */
struct arch_stat {
	u64 st_dev, st_ino;
	u32 st_mode, st_nlink, st_uid, st_gid;
	u64 st_rdev, unused0, st_size;
	u32 st_blksize, unused1;
	u64 st_blocks;
	u64 times[6], unused2;
};

/* What Linux makes of an address given to munmap and its like: no tag. */
static inline u64 arch_untagged(u64 vaddr)
{
	return (vaddr >> 55 & 1) ? vaddr : vaddr & 0x00ffffffffffffffull;
}

/* Page tables: Arm ARM D8.3, 4 KiB granule. A held page (PROT_NONE) keeps its
 * frame in an entry that is not valid. */
#define ARCH_TABLE_LEVELS ((int)thaw_boot_block.table_levels)
#define PTE_PRESENT 1ull
#define PTE_USER (1ull << 6)
#define PTE_HELD (1ull << 55)

static inline u64 pte_paddr(u64 pte) { return pte & 0x0000fffffffff000ull; }
static inline u64 pte_table(u64 paddr) { return paddr | 3ull; }

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
	return paddr | 0xc43 /* page, attribute 0, EL0, AF, nG */
		| (ARCH_TABLE_LEVELS == 4 ? 3ull << 8 : 0) /* inner shareable; of five levels TCR_EL1 says so */
		| ((vma_flags & THAW_VMA_WRITE) ? 0 : 1ull << 7)
		| ((vma_flags & THAW_VMA_EXECUTE) ? 0 : 1ull << 54) /* UXN */
		| 1ull << 53;                                       /* PXN */
}

/* A page that a marker waits for: all but its validity is as it will be. */
#define PTE_MARKED (1ull << 56)
static inline int pte_marked(u64 pte) { return (pte & (PTE_PRESENT | PTE_MARKED)) == PTE_MARKED; }
static inline u64 pte_unmarked(u64 pte) { return (pte & ~PTE_MARKED) | PTE_PRESENT; }

/* After an entry became valid, and after it changed or went. */
static inline void tlb_publish(void) { __asm__ volatile("dsb ishst; isb" : : : "memory"); }
static inline void tlb_forget(u64 vaddr)
{
	__asm__ volatile("dsb ishst; tlbi vaae1is, %0; dsb ish; isb"
		: : "r"(vaddr >> 12 & 0xfffffffffffull) : "memory");
}

/* Segments are of x86-64. */
static inline void arch_segment_base(u64 gs, u64 base) { (void)gs; (void)base; }

/* breakpoint.c: on one pc of the program; walk.c, if code is patched. */
#define PSTATE_SS (1ull << 21)
typedef u32 arch_code;
#define ARCH_BREAKPOINT 0xd4200000u /* BRK */
void arch_breakpoint_set(u64 pc);
void arch_breakpoint_clear(void);
void arch_step_over(struct trap_frame *frame);
void breakpoint_stepped(struct trap_frame *frame); /* behind the instruction: the breakpoint again */
void arch_capture(const struct trap_frame *frame); /* capture.c */

/* V0 to V31, then FPSR and FPCR, as struct user_fpsimd_state of Linux has them. */
static inline void arch_load_vectors(const void *area, u64 size_bytes)
{
	const u32 *control = (const u32 *)((const u8 *)area + 512);

	(void)size_bytes;
	__asm__ volatile(".arch_extension fp\n"
		".arch_extension simd\n"
		"ldp q0, q1, [%0], #32\n ldp q2, q3, [%0], #32\n"
		"ldp q4, q5, [%0], #32\n ldp q6, q7, [%0], #32\n"
		"ldp q8, q9, [%0], #32\n ldp q10, q11, [%0], #32\n"
		"ldp q12, q13, [%0], #32\n ldp q14, q15, [%0], #32\n"
		"ldp q16, q17, [%0], #32\n ldp q18, q19, [%0], #32\n"
		"ldp q20, q21, [%0], #32\n ldp q22, q23, [%0], #32\n"
		"ldp q24, q25, [%0], #32\n ldp q26, q27, [%0], #32\n"
		"ldp q28, q29, [%0], #32\n ldp q30, q31, [%0], #32\n"
		"msr fpsr, %1\n msr fpcr, %2"
		: "+r"(area) : "r"((u64)control[0]), "r"((u64)control[1]) : "memory");
}

/* Instructions that were written go from the data caches, by CTR_EL0.DminLine, to where
 * the instruction caches get them from. */
static inline void arch_sync_code(const void *start, u64 size_bytes)
{
	u64 ctr, end = (u64)start + size_bytes;

	__asm__("mrs %0, CTR_EL0" : "=r"(ctr));
	u64 line_bytes = 4ull << (ctr >> 16 & 15);
	for (u64 line = (u64)start & -line_bytes; line < end; line += line_bytes)
		__asm__ volatile("dc cvau, %0" : : "r"(line) : "memory");
	__asm__ volatile("dsb ish; ic iallu; dsb ish; isb" : : : "memory");
}

/* Semihosting: SYS_WRITEC 3, SYS_EXIT_EXTENDED 0x20 with ADP_Stopped_ApplicationExit. The
 * host reads memory itself, where a store that waits in the processor is not yet. */
static inline void arch_port_out(u64 port, u8 value) { (void)port; (void)value; }
static inline u8 arch_port_in(u64 port) { (void)port; return 0xff; }
static inline void arch_semihosting(u64 operation, const void *parameter)
{
	register u64 x0 __asm__("x0") = operation;
	register u64 x1 __asm__("x1") = (u64)parameter;
	__asm__ volatile("dsb sy; hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}
static inline void arch_semihosting_byte(u8 byte) { arch_semihosting(3, &byte); }
static inline void arch_semihosting_exit(u64 code)
{
	u64 block[2] = {0x20026, code};
	arch_semihosting(0x20, block);
}
/* counters.c */
struct counters;
void arch_counters_start(void);
int arch_counters_stop(struct counters *counters);
static inline void arch_idle(void) { __asm__ volatile("wfi"); }

#endif
