#include "pages.h"

#include "guest_memory.h"
#include "sections.h"

#define NEVER (~0ull)
#define LINE_BYTES 64
#define LINES (PAGE_BYTES / LINE_BYTES)
#define WORD_BYTES 8
#define KINDS 3
#define CACHE_ENTRIES 1024

/* A page of RAM that the interval touched, as it is written. Masks have a bit for each
 * byte, and in `first` for each word of 8 bytes: whether it was read, written or fetched
 * first. */
struct page {
	u64 paddr;
	u64 first_index, first_vaddr; /* of the program's own first touch */
	u64 first_kind;               /* what this was, by its place in `first` */
	u64 stub_first;               /* the stub used one of the program's addresses before */
	u64 live[LINES], written[LINES];
	u8 first[KINDS][LINES];
};

static const struct arguments *arguments;
static struct page **pages[MAX_RAM];
static u64 page_count, lost;
static struct { u64 vpage; struct page *page; } cache[CACHE_ENTRIES];

const char *pages_open(const struct arguments *chosen)
{
	arguments = chosen;
	for (int i = 0; i < arguments->ram_count; i++) {
		const struct ram *ram = &arguments->ram[i];
		pages[i] = calloc((ram->end - ram->start) / PAGE_BYTES + 1, sizeof pages[i][0]);
		if (!pages[i])
			return "no memory";
	}
	return 0;
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
			if (!*page) {
				sections_fail();
				return 0;
			}
			(*page)->paddr = paddr & -PAGE_BYTES;
			(*page)->first_index = NEVER;
			page_count++;
		}
		return *page;
	}
	return 0;
}

static inline int kind_of(int how)
{
	return how & FETCH ? 2 : how & READ ? 0 : 1;
}

static __attribute__((noinline)) struct page *find(u64 vaddr, int how, int by_stub, u64 index)
{
	u64 vpage = vaddr / PAGE_BYTES;
	struct page *page;
	u64 paddr;

	paddr = guest_memory_direct(vaddr);
	if (paddr != NO_PADDR)
		return page_at(paddr); /* no RAM: the stub's devices */
	paddr = guest_memory_walk(vaddr);
	page = paddr == NO_PADDR ? 0 : page_at(paddr);
	if (!page) {
		lost += !by_stub; /* riscv64: the stub without paging, in its own memory */
		return 0;
	}
	if (by_stub) {
		page->stub_first |= page->first_index == NEVER;
		return page;
	}
	if (page->first_index == NEVER) {
		page->first_index = index;
		page->first_vaddr = vaddr & -PAGE_BYTES;
		page->first_kind = kind_of(how);
	}
	cache[vpage % CACHE_ENTRIES].vpage = vpage + 1; /* 0: nothing there */
	cache[vpage % CACHE_ENTRIES].page = page;
	return page;
}

/* Bytes of one line, from start up to but without end. */
static inline void mark_line(struct page *page, u64 line, u64 start, u64 end, int how)
{
	u64 bits = (~0ull >> (LINE_BYTES - (end - start))) << start;
	u32 words = 0xffu >> (7 - (end - 1) / WORD_BYTES) & 0xffu << start / WORD_BYTES;

	words &= ~(page->first[0][line] | page->first[1][line] | page->first[2][line]);
	if (__builtin_expect(words != 0, 0))
		page->first[kind_of(how)][line] |= words;
	if (how & (READ | FETCH))
		page->live[line] |= bits & ~page->written[line];
	if (how & WRITE)
		page->written[line] |= bits;
}

/* Within a page. */
static inline void touch(u64 vaddr, u64 size_bytes, int how, int by_stub, u64 index)
{
	u64 vpage = vaddr / PAGE_BYTES, at = vaddr % PAGE_BYTES, end = at + size_bytes;
	struct page *page = cache[vpage % CACHE_ENTRIES].page;

	if (by_stub || cache[vpage % CACHE_ENTRIES].vpage != vpage + 1)
		page = find(vaddr, how, by_stub, index);
	if (!page)
		return;
	while (at < end) {
		u64 line_end = (at / LINE_BYTES + 1) * LINE_BYTES;
		u64 stop = line_end < end ? line_end : end;
		mark_line(page, at / LINE_BYTES, at % LINE_BYTES, (stop - 1) % LINE_BYTES + 1, how);
		at = stop;
	}
}

/* The halves of what crosses a boundary lie anywhere. */
void pages_touch(u64 vaddr, u64 size_bytes, int how, int by_stub, u64 index)
{
	u64 room = PAGE_BYTES - vaddr % PAGE_BYTES;

	if (__builtin_expect(size_bytes > room, 0)) {
		touch(vaddr, room, how, by_stub, index);
		touch(vaddr + room, size_bytes - room, how, by_stub, index);
		return;
	}
	touch(vaddr, size_bytes, how, by_stub, index);
}

void pages_forget(void)
{
	for (int i = 0; i < CACHE_ENTRIES; i++)
		cache[i].vpage = 0;
}

u64 pages_lost(void)
{
	return lost;
}

void pages_write(void)
{
	u64 words = sizeof(struct page) / sizeof(u64);

	section_begin("pages", page_count, page_count * words);
	for (int i = 0; i < arguments->ram_count; i++) {
		u64 count = (arguments->ram[i].end - arguments->ram[i].start) / PAGE_BYTES;
		for (u64 k = 0; k <= count; k++)
			if (pages[i][k])
				for (u64 word = 0; word < words; word++)
					section_put(((const u64 *)pages[i][k])[word]);
	}
	section_end();
}
