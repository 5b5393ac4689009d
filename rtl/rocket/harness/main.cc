/* Runs an image on the model of a Rocket core: loads it into RAM at no cost in cycles,
 * lets the clock tick, and writes down what came of it.
 *
 * Exit status: what the image stored to the exit device, if that is 1 to 63, else 64; 0 if a
 * limit or a signal ended the run. 65 if an argument or the image is not acceptable, 66 if a
 * file cannot be written; the reason is on stderr.
 */
#include "VTestHarness.h"
#include "devices.h"
#include "image.h"
#include "memory.h"
#include "options.h"
#include "verilated.h"
#include "watch.h"

#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

static constexpr int RESET_CYCLES = 20;
static constexpr uint32_t STATUS_OTHER_CODE = 64; /* no code that is above, or 0 */
static constexpr int STATUS_REFUSED = 65;
static constexpr int STATUS_NOT_WRITTEN = 66;
static constexpr size_t TRACE_BUFFER_BYTES = 1 << 18;
static constexpr size_t OUTPUT_BUFFER_BYTES = 1 << 12;

static volatile std::sig_atomic_t interrupted;

static void interrupt(int) { interrupted = 1; }

static void tick(VTestHarness &model)
{
	model.clock = 1;
	model.eval();
	model.clock = 0;
	model.eval();
}

static void run(VTestHarness &model, uint64_t most_cycles)
{
	watch::State &state = watch::state;

	model.clock = 0;
	model.reset = 1;
	model.eval();
	for (int i = 0; i < RESET_CYCLES; i++)
		tick(model);
	model.reset = 0;
	while (!devices::state.ended && !state.stopped && !interrupted && state.cycle < most_cycles) {
		state.cycle++;
		tick(model);
	}
}

/* Lines key=value, and `end`. */
static std::string result(const Options &options, bool trace_failed)
{
	const watch::State &state = watch::state;
	const devices::State &out = devices::state;
	std::string text;
	auto line = [&text](const char *key, uint64_t value) {
		text += std::string(key) + "=" + std::to_string(value) + "\n";
	};

	line("restore_instructions", state.restore.instructions);
	line("user_instructions", state.user.instructions);
	line("stub_instructions", state.stub.instructions);
	line("stopped", state.stopped);
	line("first_user_pc", state.first_user_pc);
	line("last_user_pc", state.last_user_pc);
	line("trace_failed", trace_failed);
	line("cycles", state.cycle);
	line("boot_cycles", state.boot.cycles);
	line("restore_cycles", state.restore.cycles);
	line("user_cycles", state.user.cycles);
	line("stub_cycles", state.stub.cycles);
	line("first_user_cycle", state.first_user_cycle);
	line("out_of_cycles", !out.ended && !state.stopped && state.cycle == options.cycles);
	if (out.ended)
		line("exit", out.exit_code);
	return text + "end\n";
}

static int status()
{
	uint32_t code = devices::state.exit_code;

	if (!devices::state.ended)
		return 0;
	return static_cast<int>(code && code < STATUS_OTHER_CODE ? code : STATUS_OTHER_CODE);
}

static int simulate(const Options &options)
{
	auto context = std::make_unique<VerilatedContext>();
	OutputFile console(options.console, OUTPUT_BUFFER_BYTES);
	OutputFile report(options.report, OUTPUT_BUFFER_BYTES);
	std::unique_ptr<OutputFile> trace;

	devices::state.console = &console;
	devices::state.report = &report;
	watch::state.limit = options.limit;
	if (options.trace)
		trace = std::make_unique<OutputFile>(options.trace, TRACE_BUFFER_BYTES);
	watch::state.trace = trace.get();
	context->randReset(options.random ? 2 : 0);
	context->randSeed(static_cast<int>(options.seed));
	VTestHarness model(context.get());
	run(model, options.cycles);
	model.final();
	console.flush();
	report.flush();
	if (trace)
		trace->flush();
	if (console.failed() || report.failed()) {
		fprintf(stderr, "output cannot be written\n");
		return STATUS_NOT_WRITTEN;
	}
	OutputFile file(options.result, OUTPUT_BUFFER_BYTES);
	std::string text = result(options, trace && trace->failed());
	file.append(text.data(), text.size());
	file.flush();
	return file.failed() ? STATUS_NOT_WRITTEN : status();
}

int main(int argc, char **argv)
{
	Options options;

	try {
		options = parse_options(argc, argv);
		memory::create(options.random, options.seed);
	} catch (const std::exception &e) {
		fprintf(stderr, "%s\n", e.what());
		return STATUS_REFUSED;
	}
	try {
		image::load(options.image);
	} catch (const std::exception &e) {
		fprintf(stderr, "%s %s\n", options.image, e.what());
		return STATUS_REFUSED;
	}
	std::signal(SIGTERM, interrupt);
	std::signal(SIGINT, interrupt);
	try {
		return simulate(options);
	} catch (const std::exception &e) {
		fprintf(stderr, "%s\n", e.what());
		return STATUS_NOT_WRITTEN;
	}
}
