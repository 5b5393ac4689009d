#include "guest_memory.h"

/* Both architectures: four levels of 512 entries, bit 0 says that one is there. */
#define LEVELS 4
#define FRAME 0x0000fffffffff000ull

static const struct arguments *arguments;
static u8 *memory;

u64 guest_memory_word(u64 paddr)
{
	for (int i = 0; i < arguments->ram_count; i++) {
		const struct ram *ram = &arguments->ram[i];
		if (paddr >= ram->start && paddr < ram->end)
			return *(volatile u64 *)(memory + ram->offset + (paddr - ram->start));
	}
	return 0;
}

u64 guest_memory_walk(u64 vaddr)
{
	u64 table = arguments->root;

	for (int level = LEVELS - 1; level >= 0; level--) {
		u64 entry = guest_memory_word(table + (vaddr >> (12 + 9 * level) & 511) * 8);
		if (!(entry & 1))
			return NO_PADDR;
		table = entry & FRAME;
	}
	return table | (vaddr & (PAGE_BYTES - 1));
}

const char *guest_memory_open(const struct arguments *chosen)
{
	u64 size_bytes = 0;
	int fd;

	arguments = chosen;
	for (int i = 0; i < arguments->ram_count; i++) {
		u64 end = arguments->ram[i].offset + (arguments->ram[i].end - arguments->ram[i].start);
		if (end > size_bytes)
			size_bytes = end;
	}
	fd = open(arguments->memory_path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return "cannot open the memory file";
	memory = mmap(0, size_bytes, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	return memory == MAP_FAILED ? "cannot map the memory file" : 0;
}
