/* Bytes out of the machine, and its end, by the devices that the boot block
 * names for the platform.
 *
 * State: the boot block's console_, report_ and exit_ fields. A device in memory
 * is seen through the direct map.
 */
#include "stub.h"

static void store(u64 paddr, u64 value)
{
	*(volatile u32 *)(thaw_boot_block.phys_to_virt + paddr) = (u32)value;
}

static void put_byte(u64 kind, u64 address, u8 byte)
{
	switch (kind) {
	case THAW_DEVICE_PORT:
		arch_port_out(address, byte);
		break;
	case THAW_DEVICE_STORE:
		store(address, byte);
		break;
	case THAW_DEVICE_SEMIHOSTING:
		arch_semihosting_byte(byte);
		break;
	}
}

void console_write(const void *bytes, u64 size_bytes)
{
	for (u64 i = 0; i < size_bytes; i++)
		put_byte(thaw_boot_block.console_kind, thaw_boot_block.console_address,
			 ((const u8 *)bytes)[i]);
}

void report_byte(u8 byte)
{
	put_byte(thaw_boot_block.report_kind, thaw_boot_block.report_address, byte);
}

NORETURN void simulation_end(u64 verdict)
{
	switch (thaw_boot_block.exit_kind) {
	case THAW_DEVICE_PORT:
		arch_port_out(thaw_boot_block.exit_address, (u8)verdict);
		break;
	case THAW_DEVICE_STORE:
		store(thaw_boot_block.exit_address, verdict);
		break;
	case THAW_DEVICE_SEMIHOSTING:
		arch_semihosting_exit(verdict);
		break;
	}
	for (;;) /* the simulator may take a while to end, or never do */
		arch_idle();
}
