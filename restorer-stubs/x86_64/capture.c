/* The state of the program put back to where the restore path of x86-64 takes it
 * from, so that memory as it is can be loaded and goes on from here.
 *
 * On entry: the trap frame; vector registers and segment bases are the program's.
 * On exit: the boot page is as the linker would have filled it.
 */
#include "stub.h"

#define MSR_FSBASE 0xc0000100
#define MSR_GSBASE 0xc0000101
#define CR4_OSXSAVE 0x40000
#define TSS_AVAILABLE 0x89 /* LTR made it busy, and refuses a busy one */

extern u8 restore_xsave[], gdt_tss_access[];
extern u64 restore_general[15], restore_iret_frame[5], restore_fs_base, restore_gs_base;
extern u32 restore_cr4;

static u64 read_msr(u32 number)
{
	u32 low, high;
	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
	return (u64)high << 32 | low;
}

void arch_capture(const struct trap_frame *frame)
{
	memcpy(restore_general, frame, sizeof restore_general);
	restore_iret_frame[0] = frame->rip;
	restore_iret_frame[2] = frame->rflags & ~RFLAGS_RF;
	restore_iret_frame[3] = frame->rsp;
	restore_fs_base = read_msr(MSR_FSBASE);
	restore_gs_base = read_msr(MSR_GSBASE);
	if (restore_cr4 & CR4_OSXSAVE) /* the XRSTOR path */
		__asm__ volatile("xsave64 (%0)" : : "r"(restore_xsave), "a"(-1), "d"(-1) : "memory");
	else
		__asm__ volatile("fxsave64 (%0)" : : "r"(restore_xsave) : "memory");
	*gdt_tss_access = TSS_AVAILABLE;
}
