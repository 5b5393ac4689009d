/* The state of the program put back to where the restore path of riscv64 takes it
 * from, so that memory as it is can be loaded and goes on from here.
 *
 * On entry: the trap frame; the F registers are the program's.
 * On exit: the boot page is as the linker would have filled it.
 */
#include "stub.h"

extern u64 restore_system[4], restore_x[31], restore_f[32];

void arch_capture(const struct trap_frame *frame)
{
	memcpy(restore_x, frame->x, sizeof restore_x);
	restore_system[2] = frame->pc;
	restore_system[3] = float_store_all(restore_f);
}
