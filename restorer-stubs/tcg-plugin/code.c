#include "code.h"

#include "guest_memory.h"
#include "sections.h"

#define BUCKETS (1u << 16)
#define INSTRUCTIONS_A_CHUNK 1024
#define WORDS_AN_INSTRUCTION 5

static struct instruction *buckets[BUCKETS];
static struct instruction *chunk;
static u32 chunk_left;

static u64 frame_of(u64 vaddr)
{
	return guest_memory_walk(vaddr) & -PAGE_BYTES;
}

static int is_same(const struct instruction *left, const struct instruction *right)
{
	if (left->pc != right->pc || left->size_bytes != right->size_bytes
		|| left->frames[0] != right->frames[0] || left->frames[1] != right->frames[1])
		return 0;
	for (int i = 0; i < left->size_bytes; i++)
		if (left->bytes[i] != right->bytes[i])
			return 0;
	return 1;
}

static struct instruction *add(const struct instruction *wanted, struct instruction **bucket)
{
	struct instruction *added;

	if (chunk_left == 0) {
		chunk = calloc(INSTRUCTIONS_A_CHUNK, sizeof *chunk);
		if (!chunk)
			return 0;
		chunk_left = INSTRUCTIONS_A_CHUNK;
	}
	added = &chunk[--chunk_left];
	*added = *wanted;
	added->next = *bucket;
	return *bucket = added;
}

struct instruction *code_find(enum target target, u64 pc, const u8 *bytes, size_t size_bytes)
{
	struct instruction **bucket = &buckets[(pc ^ pc >> 16) % BUCKETS];
	struct instruction wanted = {.pc = pc, .size_bytes = size_bytes};

	if (size_bytes > MOST_INSTRUCTION_BYTES)
		return 0;
	for (size_t i = 0; i < size_bytes; i++)
		wanted.bytes[i] = bytes[i];
	wanted.frames[0] = frame_of(pc);
	wanted.frames[1] = frame_of(pc + size_bytes - 1);
	for (struct instruction *known = *bucket; known; known = known->next)
		if (is_same(known, &wanted))
			return known;
	wanted.kind = instruction_kind(target, bytes, size_bytes);
	wanted.ends_block = ends_block(target, bytes, size_bytes);
	return add(&wanted, bucket);
}

static u64 executed_count(void)
{
	u64 count = 0;

	for (u32 i = 0; i < BUCKETS; i++)
		for (const struct instruction *at = buckets[i]; at; at = at->next)
			count += at->count > 0;
	return count;
}

static void put(const struct instruction *instruction)
{
	u64 words[2] = {0, 0};

	for (int i = 0; i < instruction->size_bytes; i++)
		words[i / 8] |= (u64)instruction->bytes[i] << i % 8 * 8;
	section_put(instruction->pc);
	section_put(instruction->count);
	section_put(instruction->size_bytes | (u64)instruction->kind << 8
		| (u64)instruction->ends_block << 16);
	section_put(words[0]);
	section_put(words[1]);
}

void code_write(void)
{
	u64 count = executed_count();

	section_begin("code", count, count * WORDS_AN_INSTRUCTION);
	for (u32 i = 0; i < BUCKETS; i++)
		for (const struct instruction *at = buckets[i]; at; at = at->next)
			if (at->count > 0)
				put(at);
	section_end();
}
