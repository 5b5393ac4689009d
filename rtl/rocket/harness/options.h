/* The harness's arguments, key=value each. */
#ifndef THAW_ROCKET_OPTIONS_H
#define THAW_ROCKET_OPTIONS_H

#include <cstdint>

constexpr uint64_t NO_LIMIT = ~0ull;

struct Options {
	const char *image = nullptr;
	const char *console = nullptr; /* gets the program's output */
	const char *report = nullptr;  /* gets the stub's report */
	const char *result = nullptr;  /* gets counts of instructions and cycles */
	const char *trace = nullptr;   /* gets the address of each user instruction, if given */
	uint64_t limit = NO_LIMIT;     /* user instructions */
	uint64_t cycles = NO_LIMIT;
	bool random = false;           /* power-on state is anything, by the seed; else zero */
	uint32_t seed = 0;             /* Verilator takes 0 for "choose one" */
};

/* Throws std::runtime_error, in words. The strings of argv are kept. */
Options parse_options(int argc, char **argv);

#endif
