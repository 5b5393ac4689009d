/* write, writev, pwrite64: to the console, or counted and swallowed.
 *
 * Of a buffer that is readable only up to some page, a regular file takes what is
 * before it, as Linux's generic_perform_write does. Pipes and terminals take
 * whole chunks or nothing: such a write ends the run.
 *
 * State: the table of open files; report_swallowed_bytes.
 */
#include "stub.h"

#define MOST_VECTORS 1024ull        /* UIO_MAXIOV */
#define NO_POSITION (~0ull)

struct vector {
	u64 base, size_bytes;
};

/* Linux writes no more at once: MAX_RW_COUNT. */
static u64 most_bytes(void)
{
	return ALIGN_DOWN(0x7fffffffull, thaw_boot_block.page_size_bytes);
}

static u64 smaller(u64 a, u64 b) { return a < b ? a : b; }

/* Bytes of the vectors that can be read without a fault. */
static u64 ready_bytes(const struct vector *vectors, u64 count, u64 limit)
{
	u64 sum = 0;

	for (u64 i = 0; i < count; i++) {
		u64 wanted = smaller(vectors[i].size_bytes, limit - sum);
		u64 ready = user_prefix_ready(vectors[i].base, wanted, THAW_VMA_READ);
		sum += ready;
		if (ready < wanted)
			break;
	}
	return sum;
}

static void emit(const struct thaw_descriptor *descriptor, const struct vector *vectors, u64 size_bytes)
{
	if (descriptor->kind == THAW_DESCRIPTOR_SWALLOW) {
		report_swallowed_bytes += size_bytes;
		return;
	}
	for (; size_bytes > 0; vectors++) {
		u64 part = smaller(vectors->size_bytes, size_bytes);
		console_write((const void *)vectors->base, part);
		size_bytes -= part;
	}
}

/* The vectors' memory has been read or is the stub's. `position` is the file's
 * own if NO_POSITION. */
static i64 write_vectors(struct trap_frame *frame, const struct thaw_descriptor *descriptor,
			 const struct vector *vectors, u64 count, u64 position)
{
	struct thaw_descriptor *file = descriptor_file(descriptor);
	u64 wanted = 0, ready, start;

	for (u64 i = 0; i < count; i++) {
		if (!user_range_valid(vectors[i].base, vectors[i].size_bytes))
			return -THAW_EFAULT;
		wanted += smaller(vectors[i].size_bytes, most_bytes() - wanted);
	}
	ready = ready_bytes(vectors, count, wanted);
	if (!descriptor_is(descriptor, THAW_S_IFREG)) {
		if (ready < wanted)
			call_unknown(frame);
		emit(descriptor, vectors, ready);
		return (i64)ready;
	}
	if (!ready)
		return wanted ? -THAW_EFAULT : 0;
	start = file->append ? file->size_bytes
		: position == NO_POSITION ? file->position_bytes : position;
	if (start > MOST_FILE_BYTES)
		call_unknown(frame);
	if (position == NO_POSITION)
		file->position_bytes = start + ready;
	if (start + ready > file->size_bytes)
		file->size_bytes = start + ready;
	emit(descriptor, vectors, ready);
	return (i64)ready;
}

static i64 write_one(struct trap_frame *frame, const struct thaw_descriptor *descriptor, u64 position)
{
	struct vector vector = {frame_argument(frame, 1), frame_argument(frame, 2)};
	return write_vectors(frame, descriptor, &vector, 1, position);
}

i64 call_write(struct trap_frame *frame)
{
	const struct thaw_descriptor *descriptor = descriptor_of(frame_argument(frame, 0));

	if (!descriptor)
		return -THAW_EBADF;
	if (descriptor->kind == THAW_DESCRIPTOR_OTHER)
		call_unknown(frame);
	return write_one(frame, descriptor, NO_POSITION);
}

i64 call_pwrite64(struct trap_frame *frame)
{
	const struct thaw_descriptor *descriptor = descriptor_of(frame_argument(frame, 0));
	u64 position = frame_argument(frame, 3);

	if ((i64)position < 0)
		return -THAW_EINVAL;
	if (!descriptor)
		return -THAW_EBADF;
	if (descriptor->kind == THAW_DESCRIPTOR_OTHER)
		call_unknown(frame);
	if (descriptor_is(descriptor, THAW_S_IFIFO) || descriptor_is(descriptor, THAW_S_IFSOCK))
		return -THAW_ESPIPE;
	if (!descriptor_is(descriptor, THAW_S_IFREG)) /* a terminal refuses, /dev/null does not */
		call_unknown(frame);
	return write_one(frame, descriptor, position);
}

i64 call_writev(struct trap_frame *frame)
{
	const struct thaw_descriptor *descriptor = descriptor_of(frame_argument(frame, 0));
	const struct vector *vectors = (const struct vector *)frame_argument(frame, 1);
	u64 count = frame_argument(frame, 2);

	if (!descriptor)
		return -THAW_EBADF;
	if (descriptor->kind == THAW_DESCRIPTOR_OTHER)
		call_unknown(frame);
	if (count > MOST_VECTORS)
		return -THAW_EINVAL;
	if (!user_range_ready((u64)vectors, count * sizeof(struct vector), THAW_VMA_READ))
		return count ? -THAW_EFAULT : 0;
	for (u64 i = 0; i < count; i++) {
		if ((i64)vectors[i].size_bytes < 0)
			return -THAW_EINVAL;
	}
	return write_vectors(frame, descriptor, vectors, count, NO_POSITION);
}
