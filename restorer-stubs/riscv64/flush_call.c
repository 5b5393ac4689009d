/* riscv_flush_icache, as Linux's arch/riscv/kernel/sys_riscv.c.
 *
 * State: none. All of the instruction cache goes, whatever the range.
 */
#include "stub.h"

#define FLUSH_LOCAL 1ull /* SYS_RISCV_FLUSH_ICACHE_LOCAL: this processor alone, which is all */

i64 call_riscv_flush_icache(struct trap_frame *frame)
{
	if (frame_argument(frame, 2) & ~FLUSH_LOCAL)
		return -THAW_EINVAL;
	arch_sync_code(0, 0);
	return 0;
}
