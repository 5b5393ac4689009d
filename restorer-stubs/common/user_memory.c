/* The program's memory as system calls see it: by the program's own addresses,
 * which the stub can use as well, but only after every page was looked at.
 *
 * State: the mapping table and the page tables.
 */
#include "stub.h"

int user_range_valid(u64 vaddr, u64 size_bytes)
{
	u64 end = thaw_boot_block.user_end_vaddr;
	return size_bytes <= end && vaddr <= end - size_bytes;
}

u64 user_prefix_ready(u64 vaddr, u64 size_bytes, u64 access)
{
	u64 end = vaddr + size_bytes;
	u64 at = vaddr;

	if (!user_range_valid(vaddr, size_bytes))
		return 0;
	while (at < end) {
		switch (demand_page(at, access)) {
		case DEMAND_PRESENT:
		case DEMAND_BORN:
			break;
		case DEMAND_MISSING:
			refuse_access(THAW_VERDICT_MISSING_PAGE, at, access);
		case DEMAND_OUTSIDE:
			return at - vaddr;
		}
		at = ALIGN_DOWN(at, thaw_boot_block.page_size_bytes) + thaw_boot_block.page_size_bytes;
	}
	return size_bytes;
}

int user_range_ready(u64 vaddr, u64 size_bytes, u64 access)
{
	return user_prefix_ready(vaddr, size_bytes, access) == size_bytes;
}

int user_read(void *to, u64 vaddr, u64 size_bytes)
{
	if (!user_range_ready(vaddr, size_bytes, THAW_VMA_READ))
		return 0;
	memcpy(to, (const void *)vaddr, size_bytes);
	return 1;
}

int user_write(u64 vaddr, const void *from, u64 size_bytes)
{
	if (!user_range_ready(vaddr, size_bytes, THAW_VMA_WRITE))
		return 0;
	memcpy((void *)vaddr, from, size_bytes);
	return 1;
}
