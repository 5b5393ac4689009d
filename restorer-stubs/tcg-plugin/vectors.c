#include "vectors.h"

#include "sections.h"

#define BUCKETS (1u << 16)
#define BLOCKS_A_CHUNK 4096
#define MOST_CHUNKS 4096
#define NO_PC (~0ull)

struct block {
	u64 pc, instructions; /* the latter in the slice */
	u64 number;           /* from 1 on, as they appear */
	struct block *next;   /* of the same hash */
	struct block *next_used; /* of those in the slice */
	int is_used;
};

static struct block *chunks[MOST_CHUNKS], *buckets[BUCKETS];
static struct block *current, *first_used, *last_used;
static u64 block_count, used_count, slice, in_slice;
static u64 next_pc = NO_PC; /* where the block at hand goes on */

void vectors_open(u64 instructions)
{
	slice = instructions;
}

static struct block *block_new(u64 pc, struct block **bucket)
{
	u64 chunk = block_count / BLOCKS_A_CHUNK;
	struct block *block;

	if (chunk < MOST_CHUNKS && !chunks[chunk])
		chunks[chunk] = calloc(BLOCKS_A_CHUNK, sizeof *block);
	if (chunk == MOST_CHUNKS || !chunks[chunk]) {
		sections_fail();
		return current; /* whatever: the file is not believed */
	}
	block = &chunks[chunk][block_count % BLOCKS_A_CHUNK];
	block->pc = pc;
	block->number = ++block_count;
	block->next = *bucket;
	return *bucket = block;
}

static struct block *block_at(u64 pc)
{
	struct block **bucket = &buckets[(pc ^ pc >> 16) % BUCKETS];

	for (struct block *block = *bucket; block; block = block->next)
		if (block->pc == pc)
			return block;
	return block_new(pc, bucket);
}

static void use(struct block *block)
{
	block->is_used = 1;
	block->next_used = 0;
	if (last_used)
		last_used->next_used = block;
	else
		first_used = block;
	last_used = block;
	used_count++;
}

static void slice_ends(void)
{
	section_begin("vector", used_count, 2 * used_count);
	for (struct block *block = first_used; block; block = block->next_used) {
		section_put(block->number);
		section_put(block->instructions);
		block->instructions = 0;
		block->is_used = 0;
	}
	section_end();
	first_used = last_used = 0;
	used_count = in_slice = 0;
}

/* A slice that is full ends with the next instruction: its last one may be taken back. */
void vectors_execute(const struct instruction *instruction)
{
	if (in_slice == slice)
		slice_ends();
	if (instruction->pc != next_pc)
		current = block_at(instruction->pc);
	next_pc = instruction->ends_block ? NO_PC : instruction->pc + instruction->size_bytes;
	if (!current)
		return;
	if (!current->is_used)
		use(current);
	current->instructions++;
	in_slice++;
}

/* A block that is left with nothing stays, with 0 instructions. */
void vectors_take_back(void)
{
	if (current) {
		current->instructions--;
		in_slice--;
	}
}

void vectors_write(void)
{
	if (in_slice > 0)
		slice_ends();
	section_begin("blocks", block_count, block_count);
	for (u64 i = 0; i < block_count; i++)
		section_put(chunks[i / BLOCKS_A_CHUNK][i % BLOCKS_A_CHUNK].pc);
	section_end();
}
