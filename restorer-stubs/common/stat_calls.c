/* fstat, and newfstatat in the form in which C libraries call it for fstat.
 *
 * What the boot block has is told: type and rights, size, owner. Device and times
 * are 0, the inode number stands for the open file. Of device files the
 * device's number is needed, which is not there: the run ends.
 *
 * State: the table of open files.
 */
#include "stub.h"

#define AT_EMPTY_PATH 0x1000
#define STAT_BLOCK_BYTES 512

static i64 stat_descriptor(struct trap_frame *frame, u64 fd, u64 to)
{
	const struct thaw_descriptor *descriptor = descriptor_of(fd);
	struct arch_stat stat = {0};

	if (!descriptor)
		return -THAW_EBADF;
	if (!descriptor->mode || descriptor_is(descriptor, THAW_S_IFCHR)
	    || descriptor_is(descriptor, THAW_S_IFBLK))
		call_unknown(frame);
	stat.st_ino = descriptor->open_file + 1;
	stat.st_mode = (u32)descriptor->mode;
	stat.st_nlink = 1;
	stat.st_uid = (u32)thaw_boot_block.effective_uid;
	stat.st_gid = (u32)thaw_boot_block.effective_gid;
	stat.st_blksize = 4096;
	if (descriptor_is(descriptor, THAW_S_IFREG)) {
		stat.st_size = descriptor_file(descriptor)->size_bytes;
		stat.st_blocks = (stat.st_size + STAT_BLOCK_BYTES - 1) / STAT_BLOCK_BYTES;
	}
	return user_write(to, &stat, sizeof(stat)) ? 0 : -THAW_EFAULT;
}

i64 call_fstat(struct trap_frame *frame)
{
	return stat_descriptor(frame, frame_argument(frame, 0), frame_argument(frame, 1));
}

i64 call_newfstatat(struct trap_frame *frame)
{
	char first;

	if ((i64)(int)frame_argument(frame, 0) < 0 || (u32)frame_argument(frame, 3) != AT_EMPTY_PATH
	    || !user_read(&first, frame_argument(frame, 1), 1) || first)
		call_unknown(frame);
	return stat_descriptor(frame, frame_argument(frame, 0), frame_argument(frame, 2));
}
