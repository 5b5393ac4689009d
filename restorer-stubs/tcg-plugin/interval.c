#include "interval.h"

#include "guest_memory.h"
#include "output.h"

#define NEVER (~0ull)
#define STUB_VADDR 0xffffffff80000000ull
#define PAGE_WORDS 64 /* a bit for each byte of a page */
#define CACHE_ENTRIES 1024
#define INSTRUCTIONS_A_BLOCK 65536
#define MOST_BLOCKS 4096
#define MOST_ENTRIES 65536
#define RAW_MAGIC 0x3157415257414854ull /* THAWRAW1 */

enum { READ = 1, WRITE = 2 };

/* A page of RAM that the interval touched. */
struct page {
	u64 paddr;
	u64 first_index, first_vaddr; /* of the program's own first touch */
	u64 stub_first;               /* the stub used one of the program's addresses before */
	u64 live[PAGE_WORDS], written[PAGE_WORDS];
};

static const struct arguments *arguments;
static int is_open;    /* the interval has begun */
static u64 now;        /* index of the instruction that executes */
static u64 first_pc, next_pc;
static u64 lost;       /* accesses to what is not mapped: what was learned is not whole */

static struct page **pages[MAX_RAM];
static u64 page_count;
static struct { u64 vpage; struct page *page; } cache[CACHE_ENTRIES];

static struct instruction *blocks[MOST_BLOCKS];
static u64 instruction_count;
static struct instruction *last;

static u64 *tail;
static u64 tail_count; /* all that were put there */
static struct { u64 events, index; } entries[MOST_ENTRIES];
static u64 entry_count;

const char *interval_open(const struct arguments *chosen)
{
	const char *error;

	arguments = chosen;
	error = guest_memory_open(arguments);
	if (error)
		return error;
	for (int i = 0; i < arguments->ram_count; i++) {
		const struct ram *ram = &arguments->ram[i];
		pages[i] = calloc((ram->end - ram->start) / PAGE_BYTES + 1, sizeof pages[i][0]);
		if (!pages[i])
			return "no memory";
	}
	tail = calloc(arguments->tail, sizeof tail[0]);
	if (!tail)
		return "no memory";
	is_open = arguments->begin == 0;
	return 0;
}

struct instruction *interval_instruction(u64 pc, const u8 *bytes, size_t size_bytes, int kind)
{
	u64 block = instruction_count / INSTRUCTIONS_A_BLOCK;
	struct instruction *instruction;

	if (block == MOST_BLOCKS)
		return 0;
	if (!blocks[block])
		blocks[block] = calloc(INSTRUCTIONS_A_BLOCK, sizeof *blocks[block]);
	if (!blocks[block])
		return 0;
	instruction = &blocks[block][instruction_count++ % INSTRUCTIONS_A_BLOCK];
	instruction->pc = pc;
	instruction->kind = kind;
	instruction->size_bytes = size_bytes;
	for (size_t i = 0; i < size_bytes && i < MOST_INSTRUCTION_BYTES; i++)
		instruction->bytes[i] = bytes[i];
	return instruction;
}

/* The record of the page at a paddr, 0 if that is no RAM. */
static struct page *page_at(u64 paddr)
{
	for (int i = 0; i < arguments->ram_count; i++) {
		const struct ram *ram = &arguments->ram[i];
		struct page **page;

		if (paddr < ram->start || paddr >= ram->end)
			continue;
		page = &pages[i][(paddr - ram->start) / PAGE_BYTES];
		if (!*page) {
			*page = calloc(1, sizeof **page);
			if (!*page)
				return 0;
			(*page)->paddr = paddr & -PAGE_BYTES;
			(*page)->first_index = NEVER;
			page_count++;
		}
		return *page;
	}
	return 0;
}

static __attribute__((noinline)) struct page *find(u64 vaddr, int by_stub)
{
	u64 vpage = vaddr / PAGE_BYTES;
	struct page *page;
	u64 paddr;

	paddr = guest_memory_direct(vaddr);
	if (paddr != NO_PADDR)
		return page_at(paddr);
	paddr = guest_memory_walk(vaddr);
	page = paddr == NO_PADDR ? 0 : page_at(paddr);
	if (!page)
		return 0;
	if (by_stub) {
		page->stub_first |= page->first_index == NEVER;
		return page;
	}
	if (page->first_index == NEVER) {
		page->first_index = now;
		page->first_vaddr = vaddr & -PAGE_BYTES;
	}
	cache[vpage % CACHE_ENTRIES].vpage = vpage + 1; /* 0: nothing there */
	cache[vpage % CACHE_ENTRIES].page = page;
	return page;
}

static void mark_word(struct page *page, u64 word, u64 bits, int how)
{
	if (how & READ)
		page->live[word] |= bits & ~page->written[word];
	if (how & WRITE)
		page->written[word] |= bits;
}

static inline void mark(u64 vaddr, u64 size_bytes, int how, int by_stub)
{
	u64 vpage = vaddr / PAGE_BYTES, first = vaddr % PAGE_BYTES, word = first / 64;
	struct page *page = cache[vpage % CACHE_ENTRIES].page;

	if (by_stub || cache[vpage % CACHE_ENTRIES].vpage != vpage + 1)
		page = find(vaddr, by_stub);
	if (!page) {
		lost++;
		return;
	}
	for (u64 at = first; at < first + size_bytes; word++) {
		u64 end = (word + 1) * 64 < first + size_bytes ? (word + 1) * 64 : first + size_bytes;
		u64 bits = end - at == 64 ? ~0ull : ((1ull << (end - at)) - 1) << at % 64;
		mark_word(page, word, bits, how);
		at = end;
	}
}

/* Within pages: the halves of what crosses a boundary lie anywhere. */
static inline void mark_all(u64 vaddr, u64 size_bytes, int how, int by_stub)
{
	u64 room = PAGE_BYTES - vaddr % PAGE_BYTES;

	if (__builtin_expect(size_bytes > room, 0)) {
		mark(vaddr, room, how, by_stub);
		mark(vaddr + room, size_bytes - room, how, by_stub);
		return;
	}
	mark(vaddr, size_bytes, how, by_stub);
}

void interval_accesses(u64 vaddr, u64 size_bytes, int how, int by_stub)
{
	if (is_open && vaddr < STUB_VADDR) /* the stub itself is in every image */
		mark_all(vaddr, size_bytes, how, by_stub);
}

void interval_executes(struct instruction *instruction, u64 index)
{
	if (__builtin_expect(!is_open, 0)) {
		if (index < arguments->begin)
			return;
		is_open = 1;
	}
	if (!last)
		first_pc = instruction->pc;
	now = index;
	last = instruction;
	instruction->count++;
	tail[tail_count++ % arguments->tail] = instruction->pc;
	if (__builtin_expect(!instruction->fetched, 0)) {
		instruction->fetched = 1;
		mark_all(instruction->pc, instruction->size_bytes, READ, 0);
	}
}

void interval_take_back(void)
{
	if (last && tail_count > 0) {
		last->count--;
		tail_count--;
	}
}

void interval_ends(struct instruction *next)
{
	next_pc = next->pc;
	if (is_open)
		mark_all(next->pc, next->size_bytes, READ, 0);
}

void interval_enters_stub(u64 index)
{
	for (int i = 0; i < CACHE_ENTRIES; i++) /* mappings may change */
		cache[i].vpage = 0;
	entries[entry_count % MOST_ENTRIES].events =
		arguments->events ? guest_memory_word(arguments->events) : 0;
	entries[entry_count % MOST_ENTRIES].index = index;
	entry_count++;
}

static void write_ring(struct trace *out, const u64 *words, u64 count, u64 capacity, u64 width)
{
	for (u64 i = count > capacity ? count - capacity : 0; i < count; i++)
		for (u64 k = 0; k < width; k++)
			trace_append(out, words[i % capacity * width + k]);
}

static u64 least(u64 a, u64 b) { return a < b ? a : b; }

static void write_pages(struct trace *out)
{
	for (int i = 0; i < arguments->ram_count; i++) {
		u64 count = (arguments->ram[i].end - arguments->ram[i].start) / PAGE_BYTES;
		for (u64 k = 0; k <= count; k++)
			if (pages[i][k])
				for (u64 word = 0; word < sizeof(struct page) / 8; word++)
					trace_append(out, ((const u64 *)pages[i][k])[word]);
	}
}

static void write_instructions(struct trace *out)
{
	for (u64 i = 0; i < instruction_count; i++) {
		const struct instruction *instruction =
			&blocks[i / INSTRUCTIONS_A_BLOCK][i % INSTRUCTIONS_A_BLOCK];
		u64 words[2] = {0, 0};

		for (int k = 0; k < MOST_INSTRUCTION_BYTES; k++)
			words[k / 8] |= (u64)instruction->bytes[k] << k % 8 * 8;
		trace_append(out, instruction->pc);
		trace_append(out, instruction->count);
		trace_append(out, instruction->size_bytes | (u64)instruction->kind << 8);
		trace_append(out, words[0]);
		trace_append(out, words[1]);
	}
}

int interval_write(u64 user_instructions)
{
	static struct trace out;

	if (trace_open(&out, arguments->analysis_path) < 0)
		return -1;
	u64 head[] = {RAW_MAGIC, arguments->begin, user_instructions, first_pc, next_pc, lost,
		entry_count, page_count, instruction_count, least(tail_count, arguments->tail),
		least(entry_count, MOST_ENTRIES)};
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		trace_append(&out, head[i]);
	write_pages(&out);
	write_instructions(&out);
	write_ring(&out, tail, tail_count, arguments->tail, 1);
	write_ring(&out, (const u64 *)entries, entry_count, MOST_ENTRIES, 2);
	trace_append(&out, RAW_MAGIC);
	trace_flush(&out);
	return out.failed ? -1 : 0;
}
