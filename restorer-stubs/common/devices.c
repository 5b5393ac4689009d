/* Bytes out of the machine, by the devices that the boot block names for the
 * platform. A device in memory is seen through the direct map.
 *
 * State: the boot block's console and report.
 */
#include "stub.h"

void device_store(u64 paddr, u64 width_bytes, u64 value)
{
	void *place = frame_view(paddr);

	switch (width_bytes) {
	case 1: *(volatile u8 *)place = (u8)value; break;
	case 2: *(volatile u16 *)place = (u16)value; break;
	case 4: *(volatile u32 *)place = (u32)value; break;
	default: *(volatile u64 *)place = value; break;
	}
}

static u64 device_load(u64 paddr, u64 width_bytes)
{
	void *place = frame_view(paddr);

	switch (width_bytes) {
	case 1: return *(volatile u8 *)place;
	case 2: return *(volatile u16 *)place;
	case 4: return *(volatile u32 *)place;
	default: return *(volatile u64 *)place;
	}
}

static u64 status(const struct thaw_device *device)
{
	return device->kind == THAW_DEVICE_PORT
		? arch_port_in(device->ready_address)
		: device_load(device->ready_address, device->width_bytes);
}

/* As drivers of UARTs do. */
static void wait_until_ready(const struct thaw_device *device)
{
	while (device->ready_mask && !(status(device) & device->ready_mask))
		;
}

static void put_byte(const struct thaw_device *device, u8 byte)
{
	wait_until_ready(device);
	switch (device->kind) {
	case THAW_DEVICE_PORT:
		arch_port_out(device->address, byte);
		break;
	case THAW_DEVICE_STORE:
		device_store(device->address, device->width_bytes, byte);
		break;
	case THAW_DEVICE_SEMIHOSTING:
		arch_semihosting_byte(byte);
		break;
	}
}

static void put_bytes(const struct thaw_device *device, const u8 *byte, u64 size_bytes)
{
	const u8 *end = byte + size_bytes;

	while (byte < end)
		put_byte(device, *byte++);
}

void console_write(const void *bytes, u64 size_bytes)
{
	put_bytes(&thaw_boot_block.console, bytes, size_bytes);
}

void report_write(const void *bytes, u64 size_bytes)
{
	put_bytes(&thaw_boot_block.report, bytes, size_bytes);
}

int report_is_on_console(void)
{
	return thaw_boot_block.report.kind == thaw_boot_block.console.kind
		&& thaw_boot_block.report.address == thaw_boot_block.console.address;
}

void devices_drain(void)
{
	wait_until_ready(&thaw_boot_block.console);
	wait_until_ready(&thaw_boot_block.report);
}
