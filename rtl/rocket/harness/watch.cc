/* Counting, by the rules of the TCG plugin, so that the numbers and the trace are those of
 * QEMU. A user instruction counts when it retires. One that traps:
 *
 * - ECALL counts.
 * - If the program goes on at the very same instruction (a page was born), it counts when
 *   it retires.
 * - If the program goes on elsewhere, the stub did what the instruction says (misaligned
 *   access, counter), and it counts.
 * - If the program does not go on, it does not count.
 *
 * A run with a limit stops in front of the next user instruction, not behind the last.
 *
 * State: the counts; the instruction that trapped last, until it is clear what became of it.
 */
#include "watch.h"

#include "memory.h"

namespace watch {

State state;

enum { USER = 0, MACHINE = 3 };
constexpr uint32_t ECALL = 0x00000073;

static uint64_t last_commit_cycle;
static bool has_pending;
static uint64_t pending_pc;
static uint64_t pending_cycles;

static void count_user(uint64_t pc, uint64_t cycles)
{
	if (state.user.instructions == state.limit) {
		state.stopped = true;
		return;
	}
	if (!state.user.instructions) {
		state.first_user_pc = pc;
		state.first_user_cycle = state.cycle;
	}
	state.user.instructions++;
	state.user.cycles += cycles;
	state.last_user_pc = pc;
	if (state.trace)
		state.trace->append(&pc, sizeof pc);
}

static void user_commit(bool retires, uint64_t pc, uint64_t cycles)
{
	if (has_pending && pending_pc != pc)
		count_user(pending_pc, pending_cycles);
	else if (has_pending)
		cycles += pending_cycles;
	has_pending = false;
	if (retires) {
		count_user(pc, cycles);
	} else if (state.user.instructions == state.limit) {
		state.stopped = true;
	} else {
		has_pending = true;
		pending_pc = pc;
		pending_cycles = cycles;
	}
}

static void privileged_commit(bool retires, uint64_t pc, uint64_t cycles)
{
	bool in_program = state.user.instructions || has_pending;
	bool in_image = in_program || state.restore.instructions || pc == memory::START_PADDR;
	Part &part = in_program ? state.stub : in_image ? state.restore : state.boot;

	part.instructions += retires;
	part.cycles += cycles;
}

} // namespace watch

extern "C" void core_commit(unsigned char retired, unsigned char trapped, long long pc,
	uint32_t instruction, uint32_t privilege)
{
	using namespace watch;
	bool retires = retired && (!trapped || instruction == ECALL);
	uint64_t cycles = state.cycle - last_commit_cycle;

	if (state.stopped)
		return;
	last_commit_cycle = state.cycle;
	if (privilege == USER)
		user_commit(retires, static_cast<uint64_t>(pc), cycles);
	else
		privileged_commit(retires, static_cast<uint64_t>(pc), cycles);
}
