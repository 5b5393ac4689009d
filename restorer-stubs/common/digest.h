/* The digests of a recording: words folded by a rotation, an exclusive or and a
 * product, each of which loses nothing. The linker computes the same. */
#ifndef THAW_DIGEST_H
#define THAW_DIGEST_H

#include "boot_block.h"

#define DIGEST_MULTIPLIER 0x9e3779b97f4a7c15ull

static inline u64 digest_fold(u64 digest, u64 word)
{
	return ((digest << 5 | digest >> 59) ^ word) * DIGEST_MULTIPLIER;
}

/* As little-endian words, the last one filled with zeros, then their number. */
static inline u64 digest_bytes(const u8 *bytes, u64 size_bytes)
{
	u64 digest = 0, last = 0, i;

	for (i = 0; i + 8 <= size_bytes; i += 8) {
		u64 word;
		__builtin_memcpy(&word, bytes + i, 8);
		digest = digest_fold(digest, word);
	}
	for (int shift = 0; i < size_bytes; i++, shift += 8)
		last |= (u64)bytes[i] << shift;
	return digest_fold(digest_fold(digest, last), size_bytes);
}

#endif
