/* Ways out of the simulated machine. */
#ifndef THAW_ROCKET_DEVICES_H
#define THAW_ROCKET_DEVICES_H

#include "output_file.h"

#include <cstdint>

namespace devices {

/* What the stores to the device port did. */
struct State {
	OutputFile *console;
	OutputFile *report;
	bool ended = false;    /* the exit device was written */
	uint32_t exit_code = 0;
};
extern State state;

} // namespace devices

#endif
