#include "guest_memory.h"

#define ENTRY_PRESENT 1ull /* on all architectures; tables have 512 entries */

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

/* riscv64 has the number of a page from bit 10 on, the others have its address. */
static u64 frame_of(u64 entry)
{
	return arguments->target == TARGET_RISCV64 ? (entry << 10 >> 20) << 12
						   : entry & 0x0000fffffffff000ull;
}

u64 guest_memory_walk(u64 vaddr)
{
	u64 table = arguments->root;

	for (u64 level = arguments->levels; level-- > 0;) {
		u64 entry = guest_memory_word(table + (vaddr >> (12 + 9 * level) & 511) * 8);
		if (!(entry & ENTRY_PRESENT))
			return NO_PADDR;
		table = frame_of(entry);
	}
	return table | (vaddr & (PAGE_BYTES - 1));
}

/* phys_to_virt of the boot block, up to the stub's own addresses. */
u64 guest_memory_direct(u64 vaddr)
{
	u64 start = arguments->target == TARGET_RISCV64 ? 0xffffffc000000000ull
							: 0xffffff8000000000ull;
	return vaddr >= start ? vaddr - start : NO_PADDR;
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
