/* The verdict: ASCII lines key=value on the report device, numbers in hex. If that
 * is the console too, a byte 0 parts it from what the program wrote.
 *
 *   thaw-report
 *   verdict=0x1
 *   ...             what the verdict's kind has to say
 *   events=0x0      events that matched, of an image of a recording or an interval
 *   swallowed=0x0   bytes written to files, which went nowhere
 *   demand_pages=0x0  pages born since the checkpoint
 *   calls=0x0       system calls answered
 *   end
 *
 * State: the counters; what was told; and how many reports were begun: a fault of
 * the stub in the middle of a report must not begin another one for ever.
 */
#include "stub.h"

u64 report_swallowed_bytes, report_demand_pages, report_call_count;

/* Global, for the linker: memory that is kept as an image has not reported yet. */
u64 reports_begun;
static u64 reported_verdict;

static char told[2048];
static u64 told_bytes;

static void put_byte(char byte)
{
	report_write(&byte, 1);
	if (told_bytes < sizeof(told))
		told[told_bytes++] = byte;
}

static void put_text(const char *text)
{
	while (*text)
		put_byte(*text++);
}

void report_retell(void)
{
	console_write("", 1);
	console_write(told, told_bytes);
}

void report_value(const char *key, u64 value)
{
	int shift = 60;

	put_text(key);
	put_text("=0x");
	while (shift > 0 && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		put_byte("0123456789abcdef"[value >> shift & 15]);
	put_byte('\n');
}

void report_begin(u64 verdict)
{
	int early = marker_pending()
		&& (verdict == THAW_VERDICT_EXITED || verdict == THAW_VERDICT_COMPLETE);

	reported_verdict = early ? THAW_VERDICT_DIVERGED : verdict;
	if (reports_begun++)
		simulation_end(reported_verdict);
	if (report_is_on_console())
		report_write("", 1);
	told_bytes = 0;
	put_text("thaw-report\n");
	report_value("verdict", reported_verdict);
	if (early) {
		report_value("event", replay_event_count);
		report_value("reason", DIVERGED_EARLY);
		report_value("trigger", 0);
	}
}

NORETURN void report_end(void)
{
	if (replaying() || thaw_boot_block.marker_step_count)
		report_value("events", replay_event_count);
	report_value("swallowed", report_swallowed_bytes);
	report_value("demand_pages", report_demand_pages);
	report_value("calls", report_call_count);
	put_text("end\n");
	simulation_end(reported_verdict);
}
