/* The devices: a store to 0x60000000 ends the run with that code, one to 0x60000008 is a
 * byte of the program's output, one to 0x60000010 a byte of the report. Others do nothing.
 *
 * State: what was written.
 */
#include "devices.h"

namespace devices {

State state;

/* Numbers of 64-bit words from 0x60000000 on. */
enum { EXIT_WORD = 0, CONSOLE_WORD = 1, REPORT_WORD = 2 };

} // namespace devices

extern "C" void device_write(uint32_t word, uint64_t data, uint8_t mask)
{
	using devices::state;
	char byte = static_cast<char>(data);

	if (!(mask & 1) || state.ended)
		return;
	switch (word) {
	case devices::EXIT_WORD:
		state.ended = true;
		state.exit_code = static_cast<uint32_t>(data);
		break;
	case devices::CONSOLE_WORD:
		state.console->append(&byte, 1);
		if (byte == '\n')
			state.console->flush();
		break;
	case devices::REPORT_WORD:
		state.report->append(&byte, 1);
		break;
	}
}
