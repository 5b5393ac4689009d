/* riscv64 for the common parts of the stub: the trap frame, page-table entries,
 * TLB, devices. The same names are in every architecture's arch.h. */
#ifndef THAW_ARCH_H
#define THAW_ARCH_H

#include "boot_block.h"

/* As traps.S stores it, lowest address first: X1 to X31. */
struct trap_frame {
	u64 x[31], pc, cause, fault_vaddr;
};
enum { REGISTER_SP = 2, REGISTER_A0 = 10, REGISTER_A7 = 17 };

/* The registers of a recording's rows, in their order: X(name, field). There are no
 * flags: the pc is in their place, with all its bits. */
#define ARCH_ROW(X) \
	X("ra", x[0]) X("sp", x[1]) X("gp", x[2]) X("tp", x[3]) X("t0", x[4]) \
	X("t1", x[5]) X("t2", x[6]) X("s0", x[7]) X("s1", x[8]) X("a0", x[9]) \
	X("a1", x[10]) X("a2", x[11]) X("a3", x[12]) X("a4", x[13]) X("a5", x[14]) \
	X("a6", x[15]) X("a7", x[16]) X("s2", x[17]) X("s3", x[18]) X("s4", x[19]) \
	X("s5", x[20]) X("s6", x[21]) X("s7", x[22]) X("s8", x[23]) X("s9", x[24]) \
	X("s10", x[25]) X("s11", x[26]) X("t3", x[27]) X("t4", x[28]) X("t5", x[29]) \
	X("t6", x[30])
#define ARCH_CALL_ROW ARCH_ROW
#define ARCH_FAULT_ROW ARCH_ROW
#define ARCH_FLAGS(X) X("pc", pc)
#define ARCH_FLAGS_MASK (~0ull)

#define ARCH_CALL_INSTRUCTION_BYTES 4 /* ecall */
#define ARCH_LEAST_SIGNAL_STACK_BYTES 2048 /* MINSIGSTKSZ */

/* struct sigaction of <asm-generic/signal.h>, without SA_RESTORER, and UAPI_SA_FLAGS. */
#define ARCH_ACTION_FIELDS(X) X(handler) X(flags) X(mask)
#define ARCH_ACTION_FLAGS 0xd8000807ull

static inline u64 frame_pc(const struct trap_frame *f) { return f->pc; }
static inline u64 frame_sp(const struct trap_frame *f) { return f->x[REGISTER_SP - 1]; }
static inline u64 frame_call_number(const struct trap_frame *f) { return f->x[REGISTER_A7 - 1]; }
static inline void frame_set_result(struct trap_frame *f, i64 result)
{
	f->x[REGISTER_A0 - 1] = (u64)result;
}
static inline u64 frame_argument(const struct trap_frame *f, int index)
{
	return f->x[REGISTER_A0 - 1 + index];
}

/* struct stat of <asm-generic/stat.h>, up to the times. */
struct arch_stat {
	u64 st_dev, st_ino;
	u32 st_mode, st_nlink, st_uid, st_gid;
	u64 st_rdev, unused0, st_size;
	u32 st_blksize, unused1;
	u64 st_blocks;
	u64 times[6], unused2;
};

/* What Linux makes of an address given to munmap and its like. */
static inline u64 arch_untagged(u64 vaddr) { return vaddr; }

/* Page tables: privileged architecture 10.4 and 10.5, Sv39 or Sv48. A held page
 * (PROT_NONE) keeps its frame in an entry that is not valid. A page that may only be
 * executed can be read as well, as on the other architectures: the stub reads it. */
#define ARCH_TABLE_LEVELS ((int)thaw_boot_block.table_levels)
#define PTE_PRESENT 1ull
#define PTE_READ (1ull << 1)
#define PTE_WRITE (1ull << 2)
#define PTE_EXECUTE (1ull << 3)
#define PTE_USER (1ull << 4)
#define PTE_ACCESSED (1ull << 6)
#define PTE_DIRTY (1ull << 7)
#define PTE_HELD (1ull << 8) /* of the bits that are software's */

static inline u64 pte_paddr(u64 pte) { return (pte << 10 >> 20) << 12; }
static inline u64 pte_table(u64 paddr) { return paddr >> 2 | PTE_PRESENT; }

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
		return paddr >> 2 | PTE_HELD;
	return paddr >> 2 | PTE_PRESENT | PTE_READ | PTE_USER | PTE_ACCESSED | PTE_DIRTY
		| ((vma_flags & THAW_VMA_WRITE) ? PTE_WRITE : 0)
		| ((vma_flags & THAW_VMA_EXECUTE) ? PTE_EXECUTE : 0);
}

/* A page that a marker waits for: all but its validity is as it will be. */
#define PTE_MARKED (1ull << 9)
static inline int pte_marked(u64 pte) { return (pte & (PTE_PRESENT | PTE_MARKED)) == PTE_MARKED; }
static inline u64 pte_unmarked(u64 pte) { return (pte & ~PTE_MARKED) | PTE_PRESENT; }

/* After an entry became valid (the processor may remember that it was not), and after
 * it changed or went. */
static inline void tlb_publish(void) { __asm__ volatile("sfence.vma" : : : "memory"); }
static inline void tlb_forget(u64 vaddr)
{
	__asm__ volatile("sfence.vma %0" : : "r"(vaddr) : "memory");
}

/* Segments are of x86-64. */
static inline void arch_segment_base(u64 gs, u64 base) { (void)gs; (void)base; }

/* breakpoint.c: on one pc of the program. */
typedef u16 arch_code;
#define ARCH_BREAKPOINT 0x9002 /* C.EBREAK */
void arch_breakpoint_set(u64 pc);
void arch_breakpoint_clear(void);
void arch_step_over(struct trap_frame *frame);
void arch_capture(const struct trap_frame *frame); /* capture.c */

/* float_registers.S: F0 to F31 and FCSR, as struct __riscv_d_ext_state of Linux has
 * them; and one of them by its number, which the stub's C cannot name. */
void float_load_all(const void *area);
u64 float_store_all(void *registers); /* without FCSR, which is the result */
u64 float_read(u64 number);
void float_write(u64 number, u64 value);
static inline void arch_load_vectors(const void *area, u64 size_bytes)
{
	(void)size_bytes;
	float_load_all(area);
}

/* Instructions that were written reach the instruction cache. */
static inline void arch_sync_code(const void *start, u64 size_bytes)
{
	(void)start, (void)size_bytes;
	__asm__ volatile("fence.i" : : : "memory");
}

/* Semihosting: SYS_WRITEC 3, SYS_EXIT_EXTENDED 0x20 with ADP_Stopped_ApplicationExit.
 * The host reads memory itself, where a store that waits in the processor is not yet; a
 * load behind a fence comes when it is. The three instructions lie in one page. */
static inline void arch_port_out(u64 port, u8 value) { (void)port; (void)value; }
static inline u8 arch_port_in(u64 port) { (void)port; return 0xff; }
static inline void arch_semihosting(u64 operation, const void *parameter)
{
	register u64 a0 __asm__("a0") = operation;
	register u64 a1 __asm__("a1") = (u64)parameter;
	__asm__ volatile(
		"fence\n lb zero, (a1)\n .balign 16\n .option push\n .option norvc\n" /* padded while c.nop is allowed */
		"slli zero, zero, 0x1f\n ebreak\n srai zero, zero, 7\n"
		".option pop"
		: "+r"(a0) : "r"(a1) : "memory");
}
static inline void arch_semihosting_byte(u8 byte) { arch_semihosting(3, &byte); }
static inline void arch_semihosting_exit(u64 code)
{
	u64 block[2] = {0x20026, code};
	arch_semihosting(0x20, block);
}
/* No counters: those of this architecture count the stub's instructions, too. */
struct counters;
static inline void arch_counters_start(void) {}
static inline int arch_counters_stop(struct counters *counters) { (void)counters; return 0; }
static inline void arch_idle(void) { __asm__ volatile("wfi"); }

#endif
