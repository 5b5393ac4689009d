/* RAM as one sparse mapping. With a seed a page has random contents from its first
 * access on; the others would only cost time.
 *
 * State: the mapping, and which pages have their contents.
 */
#include "memory.h"

#include <cstring>
#include <stdexcept>
#include <sys/mman.h>
#include <vector>

namespace memory {

constexpr uint64_t PAGE_BYTES = 4096;
constexpr uint64_t WORDS = SIZE_BYTES / 8;

static uint64_t *words;
static std::vector<bool> page_ready; /* empty: all pages are zero until they are written */
static uint64_t power_on_seed;

void create(bool random, uint64_t seed)
{
	void *area = mmap(nullptr, SIZE_BYTES, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (area == MAP_FAILED)
		throw std::runtime_error("no address space for the machine's RAM");
	words = static_cast<uint64_t *>(area);
	power_on_seed = seed;
	if (random)
		page_ready.resize(SIZE_BYTES / PAGE_BYTES);
}

/* SplitMix64 (Steele, Lea, Flood 2014), started from seed and page. */
static void make_ready(uint64_t page)
{
	uint64_t state = power_on_seed + page * PAGE_BYTES;
	uint64_t *word = words + page * (PAGE_BYTES / 8);

	page_ready[page] = true;
	for (uint64_t i = 0; i < PAGE_BYTES / 8; i++) {
		uint64_t mixed = state += 0x9e3779b97f4a7c15;
		mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
		mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
		word[i] = mixed ^ mixed >> 31;
	}
}

static inline void access(uint64_t word)
{
	uint64_t page = word / (PAGE_BYTES / 8);

	if (!page_ready.empty() && !page_ready[page])
		make_ready(page);
}

uint8_t *load_area(uint64_t paddr, uint64_t size_bytes)
{
	uint64_t offset = paddr - START_PADDR;
	uint8_t *area = reinterpret_cast<uint8_t *>(words) + offset;

	if (!page_ready.empty() && size_bytes) {
		/* A page that is loaded in part is random in the rest. */
		uint64_t first = offset / PAGE_BYTES;
		uint64_t last = (offset + size_bytes - 1) / PAGE_BYTES;
		access(first * (PAGE_BYTES / 8));
		access(last * (PAGE_BYTES / 8));
		for (uint64_t page = first; page <= last; page++)
			page_ready[page] = true;
		uint64_t head = (first + 1) * PAGE_BYTES - offset;
		memset(area, 0, head < size_bytes ? head : size_bytes);
		if (last > first)
			memset(area + (last * PAGE_BYTES - offset), 0, offset + size_bytes - last * PAGE_BYTES);
	}
	return area;
}

} // namespace memory

/* The machine's side: word numbers are those of the generated memory. */
extern "C" uint64_t ram_read(uint32_t word)
{
	if (word >= memory::WORDS)
		return 0;
	memory::access(word);
	return memory::words[word];
}

extern "C" void ram_write(uint32_t word, uint64_t data, uint8_t mask)
{
	if (word >= memory::WORDS)
		return;
	memory::access(word);
	uint8_t *bytes = reinterpret_cast<uint8_t *>(&memory::words[word]);
	for (int i = 0; i < 8; i++)
		if (mask >> i & 1)
			bytes[i] = static_cast<uint8_t>(data >> 8 * i);
}
