/* See own_maps.h. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "own_maps.h"

static char text[8 << 20];

static void read_text(void)
{
	int file = open("/proc/self/smaps", O_RDONLY);
	size_t length = 0;
	ssize_t part;

	while ((part = read(file, text + length, sizeof(text) - 1 - length)) > 0)
		length += (size_t)part;
	text[length] = 0;
	close(file);
	REQUIRE(length > 0 && length < sizeof(text) - 1, "smaps has %zu bytes", length);
}

static void read_mapping(struct own_maps *maps, const char *line)
{
	unsigned long long start, end, inode;
	char rights[5], name[64] = "";
	struct thaw_vma *row = &maps->rows[maps->count];

	if (sscanf(line, "%llx-%llx %4s %*x %*x:%*x %llu %63s", &start, &end, rights, &inode, name)
		    < 4
	    || start >> 47)
		return;
	REQUIRE(maps->count++ < OWN_MAPS_MOST, "too many mappings");
	row->start_vaddr = start;
	row->end_vaddr = end;
	row->flags = (rights[0] == 'r' ? THAW_VMA_READ : 0)
		     | (rights[1] == 'w' ? THAW_VMA_WRITE : 0)
		     | (rights[2] == 'x' ? THAW_VMA_EXECUTE : 0)
		     | (rights[3] == 's' ? THAW_VMA_SHARED : 0);
	if ((inode == 0 && strncmp(name, "[v", 2) != 0) || strcmp(name, "/dev/zero") == 0)
		row->flags |= THAW_VMA_DEMAND_ZERO;
}

void own_maps_read(struct own_maps *maps)
{
	char *line, *next = text;

	read_text();
	maps->count = 0;
	while ((line = strsep(&next, "\n"))) {
		if (strncmp(line, "VmFlags:", 8) == 0 && maps->count) {
			if (strstr(line, " gd"))
				maps->rows[maps->count - 1].flags |= THAW_VMA_GROWS_DOWN;
		} else if (strchr("0123456789abcdef", *line)) {
			read_mapping(maps, line);
		}
	}
}

void own_maps_simplify(struct own_maps *maps)
{
	u64 kept = 0;

	for (u64 i = 0; i < maps->count; i++) {
		struct thaw_vma row = maps->rows[i];
		row.flags &= THAW_VMA_READ | THAW_VMA_WRITE | THAW_VMA_EXECUTE | THAW_VMA_SHARED;
		if (kept && maps->rows[kept - 1].end_vaddr == row.start_vaddr
		    && maps->rows[kept - 1].flags == row.flags)
			maps->rows[kept - 1].end_vaddr = row.end_vaddr;
		else
			maps->rows[kept++] = row;
	}
	maps->count = kept;
}

u64 own_maps_top(const struct own_maps *maps)
{
	u64 stack = 0, top = 0;

	for (u64 i = 0; i < maps->count; i++)
		if (maps->rows[i].flags & THAW_VMA_GROWS_DOWN)
			stack = maps->rows[i].start_vaddr;
	for (u64 i = 0; i < maps->count; i++)
		if (maps->rows[i].end_vaddr < stack - (16 << 20))
			top = maps->rows[i].end_vaddr;
	return top;
}

void own_maps_install(const struct own_maps *maps)
{
	memmove((void *)thaw_boot_block.vma_table_vaddr, maps->rows,
		maps->count * sizeof(maps->rows[0]));
	thaw_boot_block.vma_count = maps->count;
}
