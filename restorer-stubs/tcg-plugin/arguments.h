/* The plugin's arguments, key=value each. */
#ifndef THAW_ARGUMENTS_H
#define THAW_ARGUMENTS_H

#include "instruction_kind.h"

#define MAX_ENTRIES 8
#define MAX_STUB_RANGES 32
#define MAX_RAM 4
#define DEFAULT_TAIL (1ull << 22)
#define MOST_LEVELS 5
#define NO_LIMIT (~0ull)

/* Addresses from start up to but without end. */
struct range {
	u64 start, end;
	int boot; /* has an entry in it: the program may use the same addresses */
};

/* RAM, and where it begins in the file that backs it. */
struct ram {
	u64 start, end, offset;
};

struct arguments {
	enum target target;
	u64 entries[MAX_ENTRIES];
	int entry_count;
	struct range stub[MAX_STUB_RANGES];
	int stub_count;
	u64 limit; /* user instructions to execute, or NO_LIMIT */
	u64 marker; /* where the stub goes at a breakpoint of the processor, or NO_LIMIT */
	const char *trace_path; /* 0: no trace */
	const char *result_path;
	const char *analysis_path; /* 0: no analysis; the rest is for it */
	const char *memory_path;
	struct ram ram[MAX_RAM];
	int ram_count;
	u64 root;  /* paddr of the program's page tables */
	u64 levels; /* of them */
	u64 events; /* paddr of the stub's count of events, 0 if there are none */
	u64 begin; /* user instructions before the interval */
	u64 tail;  /* how many of the last ones are kept */
	u64 slice; /* instructions of a basic-block vector, 0: there are none */
};

/* Returns 0, or what is wrong, in words. The strings of argv are kept. */
const char *arguments_parse(
	struct arguments *arguments, const char *target_name, int argc, char **argv);
int is_entry(const struct arguments *arguments, u64 vaddr);

#endif
