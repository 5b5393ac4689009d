/* close and lseek of the open files that the dump had.
 *
 * State: the table of open files.
 */
#include "stub.h"

enum { SEEK_SET, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE };

i64 call_close(struct trap_frame *frame)
{
	struct thaw_descriptor *descriptor = descriptor_of(frame_argument(frame, 0));

	if (!descriptor)
		return -THAW_EBADF;
	descriptor->kind = THAW_DESCRIPTOR_CLOSED;
	return 0;
}

i64 call_lseek(struct trap_frame *frame)
{
	const struct thaw_descriptor *descriptor = descriptor_of(frame_argument(frame, 0));
	u64 offset = frame_argument(frame, 1);
	u64 whence = (u32)frame_argument(frame, 2);
	struct thaw_descriptor *file;

	if (!descriptor)
		return -THAW_EBADF;
	if (whence > SEEK_HOLE)
		return -THAW_EINVAL;
	if (descriptor->kind == THAW_DESCRIPTOR_OTHER)
		call_unknown(frame);
	if (descriptor_is(descriptor, THAW_S_IFIFO) || descriptor_is(descriptor, THAW_S_IFSOCK))
		return -THAW_ESPIPE;
	/* A terminal refuses, /dev/null does not; where holes are is not known. */
	if (!descriptor_is(descriptor, THAW_S_IFREG) || whence > SEEK_END)
		call_unknown(frame);
	file = descriptor_file(descriptor);
	if (whence == SEEK_CUR)
		offset += file->position_bytes;
	if (whence == SEEK_END)
		offset += file->size_bytes;
	if ((i64)offset < 0)
		return -THAW_EINVAL;
	if (offset > MOST_FILE_BYTES)
		call_unknown(frame);
	file->position_bytes = offset;
	return (i64)offset;
}
