/* Counts and traces what the core executes. */
#ifndef THAW_ROCKET_WATCH_H
#define THAW_ROCKET_WATCH_H

#include "output_file.h"

#include <cstdint>

namespace watch {

/* Instructions that retired, and cycles from the one before to them. */
struct Part {
	uint64_t instructions = 0;
	uint64_t cycles = 0;
};

struct State {
	uint64_t cycle = 0;          /* since the end of reset; the main loop counts */
	uint64_t limit;              /* user instructions */
	OutputFile *trace = nullptr;
	Part boot;                   /* boot ROM, before the image's first instruction */
	Part restore;                /* from there to the program's first instruction */
	Part user;                   /* of the program */
	Part stub;                   /* of the stub after the restore path */
	uint64_t first_user_pc = 0, last_user_pc = 0;
	uint64_t first_user_cycle = 0; /* in which the program's first instruction retired */
	bool stopped = false;        /* the limit is reached */
};
extern State state;

} // namespace watch

#endif
