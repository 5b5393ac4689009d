/* What the simulator is told at the region's borders and at the end, as the boot
 * block says for the platform.
 *
 * On entry: stub's stack and view. Code of a hook is called as a C function with
 * the verdict as its argument; it leaves the vector registers alone.
 * State: none. A hook that the machine does not know may be a fault of the stub,
 * whose report leads here again: after the second one there is no other try.
 */
#include "stub.h"

static void run(const struct thaw_hook *hook, u64 verdict)
{
	u64 value = verdict * hook->times + hook->plus;

	switch (hook->kind) {
	case THAW_HOOK_PORT:
		arch_port_out(hook->address, (u8)value);
		break;
	case THAW_HOOK_STORE:
		device_store(hook->address, hook->width_bytes, value);
		break;
	case THAW_HOOK_SEMIHOSTING:
		arch_semihosting_exit(value);
		break;
	case THAW_HOOK_RETELL:
		report_retell();
		break;
	case THAW_HOOK_CODE:
		((void (*)(u64))hook->address)(value);
		break;
	}
}

static void run_all(u64 hooks_vaddr, u64 count, u64 verdict)
{
	const struct thaw_hook *hook = (const struct thaw_hook *)hooks_vaddr;

	for (u64 i = 0; i < count; i++)
		run(hook + i, verdict);
}

void hooks_of_begin(void)
{
	run_all(thaw_boot_block.begin_hooks_vaddr, thaw_boot_block.begin_hook_count, 0);
}

void hooks_of_end(void)
{
	run_all(thaw_boot_block.end_hooks_vaddr, thaw_boot_block.end_hook_count, 0);
}

NORETURN void simulation_end(u64 verdict)
{
	devices_drain();
	if (reports_begun <= 2)
		run_all(thaw_boot_block.exit_hooks_vaddr, thaw_boot_block.exit_hook_count, verdict);
	for (;;) /* the simulator may take a while to end, or never do */
		arch_idle();
}
