/* The plugin's arguments, key=value each. */
#ifndef THAW_ARGUMENTS_H
#define THAW_ARGUMENTS_H

#include "instruction_kind.h"

#define MAX_ENTRIES 8
#define MAX_STUB_RANGES 32
#define NO_LIMIT (~0ull)

/* Addresses from start up to but without end. */
struct range {
	u64 start, end;
	int boot; /* has an entry in it: the stub's only until the program runs */
};

struct arguments {
	enum target target;
	u64 entries[MAX_ENTRIES];
	int entry_count;
	struct range stub[MAX_STUB_RANGES];
	int stub_count;
	u64 limit; /* user instructions to execute, or NO_LIMIT */
	const char *trace_path; /* 0: no trace */
	const char *result_path;
};

/* Returns 0, or what is wrong, in words. The strings of argv are kept. */
const char *arguments_parse(
	struct arguments *arguments, const char *target_name, int argc, char **argv);
int is_entry(const struct arguments *arguments, u64 vaddr);

#endif
