/* What compilers take for granted: memcpy, memmove, memset.
 *
 * Eight bytes at a time where everything is aligned, as tables and frames are;
 * else byte by byte, as the program's buffers may be anything.
 * State: none. Compiled with -fno-builtin, or they would call themselves.
 */
#include "stub.h"

static int all_aligned(const void *a, const void *b, u64 size_bytes)
{
	return (((u64)a | (u64)b | size_bytes) & 7) == 0;
}

/* Upwards, which is right for overlapping runs if `to` is below `from`. */
static void copy_up(void *to, const void *from, u64 size_bytes)
{
	if (all_aligned(to, from, size_bytes)) {
		for (u64 i = 0; i < size_bytes / 8; i++)
			((u64 *)to)[i] = ((const u64 *)from)[i];
		return;
	}
	for (u64 i = 0; i < size_bytes; i++)
		((u8 *)to)[i] = ((const u8 *)from)[i];
}

static void copy_down(void *to, const void *from, u64 size_bytes)
{
	if (all_aligned(to, from, size_bytes)) {
		for (u64 i = size_bytes / 8; i > 0; i--)
			((u64 *)to)[i - 1] = ((const u64 *)from)[i - 1];
		return;
	}
	for (u64 i = size_bytes; i > 0; i--)
		((u8 *)to)[i - 1] = ((const u8 *)from)[i - 1];
}

void *memcpy(void *to, const void *from, __SIZE_TYPE__ size_bytes)
{
	copy_up(to, from, size_bytes);
	return to;
}

void *memmove(void *to, const void *from, __SIZE_TYPE__ size_bytes)
{
	if ((u64)to <= (u64)from)
		copy_up(to, from, size_bytes);
	else
		copy_down(to, from, size_bytes);
	return to;
}

void *memset(void *to, int value, __SIZE_TYPE__ size_bytes)
{
	if (all_aligned(to, to, size_bytes)) {
		u64 word = (u8)value * 0x0101010101010101ull;
		for (u64 i = 0; i < size_bytes / 8; i++)
			((u64 *)to)[i] = word;
		return to;
	}
	for (u64 i = 0; i < size_bytes; i++)
		((u8 *)to)[i] = (u8)value;
	return to;
}
