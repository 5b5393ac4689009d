/* Loads and stores whose address is not aligned, for cores that trap them (Rocket):
 * Linux programs may make them. Atomic operations may not.
 *
 * State: none. Bytes are read and written one by one, by the program's rights.
 */
#include "instructions.h"

static u64 extended(u64 value, const struct access *access)
{
	int shift = 64 - 8 * (int)access->size_bytes;

	if (access->is_float) /* a single is boxed in a NaN */
		return shift ? value | ~0ull << (64 - shift) : value;
	if (access->is_unsigned)
		return value;
	return (u64)((i64)(value << shift) >> shift);
}

static int load(struct trap_frame *frame, const struct access *access)
{
	u64 value = 0;

	if (!user_read(&value, frame->fault_vaddr, access->size_bytes))
		return 0;
	value = extended(value, access);
	if (access->is_float)
		float_write(access->number, value);
	else if (access->number)
		frame->x[access->number - 1] = value;
	return 1;
}

static int store(const struct trap_frame *frame, const struct access *access)
{
	u64 value = access->is_float ? float_read(access->number)
		: access->number ? frame->x[access->number - 1] : 0;

	return user_write(frame->fault_vaddr, &value, access->size_bytes);
}

int emulate_misaligned(struct trap_frame *frame)
{
	struct access access;
	u32 code;

	if (!instruction_fetch(frame, &code) || !instruction_is_access(code, &access))
		return 0;
	/* An aligned address is none that can have trapped: stval is not what it should be. */
	if (!(frame->fault_vaddr & (access.size_bytes - 1)))
		return 0;
	if (access.is_store ? store(frame, &access) : load(frame, &access)) {
		frame->pc += access.instruction_bytes;
	} else {
		u64 rights = access.is_store ? THAW_VMA_WRITE : THAW_VMA_READ;
		u64 ready = user_prefix_ready(frame->fault_vaddr, access.size_bytes, rights);
		trap_page_fault(frame, frame->fault_vaddr + ready, rights);
	}
	return 1;
}
