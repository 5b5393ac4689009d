/* The table of open files, as the dump had them: nothing is opened here.
 *
 * State: descriptor_count rows at descriptor_table_vaddr. Duplicates share one
 * row's position and size, which stay in use when that row itself is closed.
 */
#include "stub.h"

static struct thaw_descriptor *row(u64 index)
{
	return (struct thaw_descriptor *)thaw_boot_block.descriptor_table_vaddr + index;
}

struct thaw_descriptor *descriptor_of(u64 fd)
{
	for (u64 i = 0; i < thaw_boot_block.descriptor_count; i++) {
		if (row(i)->fd == (u32)fd && row(i)->kind != THAW_DESCRIPTOR_CLOSED)
			return row(i);
	}
	return 0;
}

struct thaw_descriptor *descriptor_file(const struct thaw_descriptor *descriptor)
{
	return row(descriptor->open_file);
}
