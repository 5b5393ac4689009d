#include "sections.h"

#include "output.h"

#define NAME_BYTES 8
#define POLYNOMIAL 0x82f63b78u /* CRC-32C, reflected (RFC 3720, 12.1) */

static struct trace out;
static int failed;
static u32 crc, table[8][256];

/* table[k][byte]: what the byte does to the sum if k bytes follow in its word. */
static void fill_table(void)
{
	for (u32 byte = 0; byte < 256; byte++) {
		u32 sum = byte;
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? POLYNOMIAL : 0);
		table[0][byte] = sum;
	}
	for (int k = 1; k < 8; k++)
		for (u32 byte = 0; byte < 256; byte++)
			table[k][byte] = table[k - 1][byte] >> 8 ^ table[0][table[k - 1][byte] & 255];
}

int sections_open(const char *path)
{
	fill_table();
	return trace_open(&out, path);
}

void section_put(u64 word)
{
	u64 bytes = word ^ crc;

	crc = 0;
	for (int k = 0; k < 8; k++)
		crc ^= table[7 - k][bytes >> k * 8 & 255];
	trace_append(&out, word);
}

void section_begin(const char *name, u64 count, u64 words)
{
	u64 label = 0;

	crc = ~0u;
	for (int i = 0; i < NAME_BYTES && name[i]; i++)
		label |= (u64)(u8)name[i] << i * 8;
	section_put(label);
	section_put(count);
	section_put(words * sizeof(u64));
}

void section_end(void)
{
	trace_append(&out, (u32)~crc);
}

void sections_fail(void)
{
	failed = 1;
}

int sections_close(void)
{
	trace_flush(&out);
	return out.failed || failed || close(out.fd) < 0 ? -1 : 0;
}
