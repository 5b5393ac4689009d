/* The state of the program put back to where the restore path of AArch64 takes it
 * from, so that memory as it is can be loaded and goes on from here.
 *
 * On entry: the trap frame; vector registers and TPIDR are the program's.
 * On exit: the boot page is as the linker would have filled it.
 */
#include "stub.h"

extern u64 restore_resume[4], restore_system[10], restore_x[31];
extern u8 restore_v[512];

void arch_capture(const struct trap_frame *frame)
{
	u8 *v = restore_v;

	memcpy(restore_x, frame->x, sizeof restore_x);
	restore_resume[0] = frame->pc;
	restore_resume[1] = frame->pstate & ~PSTATE_SS;
	restore_resume[3] = frame->sp;
	__asm__ volatile("mrs %0, tpidr_el0" : "=r"(restore_system[7]));
	__asm__ volatile(".arch_extension fp\n"
		"mrs %0, fpcr\n mrs %1, fpsr" : "=r"(restore_system[8]), "=r"(restore_system[9]));
	__asm__ volatile(".arch_extension fp\n"
		".arch_extension simd\n"
		"stp q0, q1, [%0], #32\n stp q2, q3, [%0], #32\n"
		"stp q4, q5, [%0], #32\n stp q6, q7, [%0], #32\n"
		"stp q8, q9, [%0], #32\n stp q10, q11, [%0], #32\n"
		"stp q12, q13, [%0], #32\n stp q14, q15, [%0], #32\n"
		"stp q16, q17, [%0], #32\n stp q18, q19, [%0], #32\n"
		"stp q20, q21, [%0], #32\n stp q22, q23, [%0], #32\n"
		"stp q24, q25, [%0], #32\n stp q26, q27, [%0], #32\n"
		"stp q28, q29, [%0], #32\n stp q30, q31, [%0], #32"
		: "+r"(v) : : "memory");
}
