/* Bytes out of the machine, and its end, by the devices that the boot block
 * names for the platform.
 *
 * State: the boot block's console_, report_ and exit_ fields. A device in memory
 * is seen through the direct map.
 */
#include "stub.h"

static volatile u32 *register_at(u64 paddr)
{
	return (volatile u32 *)(thaw_boot_block.phys_to_virt + paddr);
}

static void put_bytes(u64 kind, u64 address, const u8 *byte, u64 size_bytes)
{
	const u8 *end = byte + size_bytes;

	switch (kind) {
	case THAW_DEVICE_PORT:
		while (byte < end)
			arch_port_out(address, *byte++);
		break;
	case THAW_DEVICE_STORE:
		while (byte < end)
			*register_at(address) = *byte++;
		break;
	case THAW_DEVICE_SEMIHOSTING:
		while (byte < end)
			arch_semihosting_byte(*byte++);
		break;
	}
}

void console_write(const void *bytes, u64 size_bytes)
{
	put_bytes(thaw_boot_block.console_kind, thaw_boot_block.console_address, bytes, size_bytes);
}

void report_byte(u8 byte)
{
	put_bytes(thaw_boot_block.report_kind, thaw_boot_block.report_address, &byte, 1);
}

NORETURN void simulation_end(u64 verdict)
{
	switch (thaw_boot_block.exit_kind) {
	case THAW_DEVICE_PORT:
		arch_port_out(thaw_boot_block.exit_address, (u8)verdict);
		break;
	case THAW_DEVICE_STORE:
		*register_at(thaw_boot_block.exit_address) = (u32)verdict;
		break;
	case THAW_DEVICE_SEMIHOSTING:
		arch_semihosting_exit(verdict);
		break;
	}
	for (;;) /* the simulator may take a while to end, or never do */
		arch_idle();
}
