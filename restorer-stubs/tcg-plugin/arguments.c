#include "arguments.h"

/* A number as strtoull has it with base 16 after 0x and 10 otherwise; 0 if there is none. */
static const char *parse_number(const char *text, u64 *value)
{
	unsigned base = 10;
	const char *first;

	if (text[0] == '0' && text[1] == 'x') {
		base = 16;
		text += 2;
	}
	first = text;
	for (*value = 0;; text++) {
		unsigned digit;
		if (*text >= '0' && *text <= '9')
			digit = *text - '0';
		else if (base == 16 && *text >= 'a' && *text <= 'f')
			digit = *text - 'a' + 10;
		else
			break;
		if (*value > (~0ull - digit) / base)
			return 0;
		*value = *value * base + digit;
	}
	return text == first ? 0 : text;
}

static int parse_whole_number(const char *text, u64 *value)
{
	const char *end = parse_number(text, value);
	return end && *end == 0;
}

static const char *parse_entry(struct arguments *arguments, const char *text)
{
	if (arguments->entry_count == MAX_ENTRIES)
		return "too many entries";
	if (!parse_whole_number(text, &arguments->entries[arguments->entry_count]))
		return "entry is not an address";
	arguments->entry_count++;
	return 0;
}

static const char *parse_stub(struct arguments *arguments, const char *text)
{
	struct range *range = &arguments->stub[arguments->stub_count];
	const char *colon;

	if (arguments->stub_count == MAX_STUB_RANGES)
		return "too many stub ranges";
	colon = parse_number(text, &range->start);
	if (!colon || *colon != ':' || !parse_whole_number(colon + 1, &range->end)
		|| range->end <= range->start)
		return "stub is not START:END";
	arguments->stub_count++;
	return 0;
}

static const char *parse_ram(struct arguments *arguments, const char *text)
{
	struct ram *ram = &arguments->ram[arguments->ram_count];

	if (arguments->ram_count == MAX_RAM)
		return "too many RAM ranges";
	text = parse_number(text, &ram->start);
	if (text && *text == ':')
		text = parse_number(text + 1, &ram->end);
	if (!text || *text != ':' || !parse_whole_number(text + 1, &ram->offset)
		|| ram->end <= ram->start)
		return "ram is not START:END:OFFSET";
	arguments->ram_count++;
	return 0;
}

/* Those of an analysis. Returns 0 also for one that is none of them: then *known is 0. */
static const char *parse_analysis(struct arguments *arguments, const char *argument, int *known)
{
	*known = 1;
	if (!strncmp(argument, "analysis=", 9))
		arguments->analysis_path = argument + 9;
	else if (!strncmp(argument, "memory=", 7))
		arguments->memory_path = argument + 7;
	else if (!strncmp(argument, "ram=", 4))
		return parse_ram(arguments, argument + 4);
	else if (!strncmp(argument, "root=", 5))
		return parse_whole_number(argument + 5, &arguments->root) ? 0 : "root is not a number";
	else if (!strncmp(argument, "levels=", 7))
		return parse_whole_number(argument + 7, &arguments->levels)
				&& arguments->levels > 0 && arguments->levels <= MOST_LEVELS
			? 0 : "levels is not the number of levels of page tables";
	else if (!strncmp(argument, "events=", 7))
		return parse_whole_number(argument + 7, &arguments->events) ? 0
									    : "events is not a number";
	else if (!strncmp(argument, "begin=", 6))
		return parse_whole_number(argument + 6, &arguments->begin) ? 0 : "begin is not a number";
	else if (!strncmp(argument, "tail=", 5))
		return parse_whole_number(argument + 5, &arguments->tail) && arguments->tail
			? 0 : "tail is not a number above 0";
	else if (!strncmp(argument, "slice=", 6))
		return parse_whole_number(argument + 6, &arguments->slice) ? 0 : "slice is not a number";
	else
		*known = 0;
	return 0;
}

static const char *parse_argument(struct arguments *arguments, const char *argument)
{
	if (!strncmp(argument, "entry=", 6))
		return parse_entry(arguments, argument + 6);
	if (!strncmp(argument, "stub=", 5))
		return parse_stub(arguments, argument + 5);
	if (!strncmp(argument, "limit=", 6))
		return parse_whole_number(argument + 6, &arguments->limit) ? 0
									   : "limit is not a number";
	if (!strncmp(argument, "marker=", 7))
		return parse_whole_number(argument + 7, &arguments->marker) ? 0
									    : "marker is not an address";
	if (!strncmp(argument, "trace=", 6)) {
		arguments->trace_path = argument + 6;
		return 0;
	}
	if (!strncmp(argument, "result=", 7)) {
		arguments->result_path = argument + 7;
		return 0;
	}
	int known;
	const char *error = parse_analysis(arguments, argument, &known);
	return known ? error : "unknown argument";
}

const char *arguments_parse(
	struct arguments *arguments, const char *target_name, int argc, char **argv)
{
	if (!strcmp(target_name, "x86_64"))
		arguments->target = TARGET_X86_64;
	else if (!strcmp(target_name, "aarch64"))
		arguments->target = TARGET_AARCH64;
	else if (!strcmp(target_name, "riscv64"))
		arguments->target = TARGET_RISCV64;
	else
		return "the target is neither x86_64, aarch64 nor riscv64";
	arguments->limit = NO_LIMIT;
	arguments->marker = NO_LIMIT;
	arguments->tail = DEFAULT_TAIL;
	arguments->levels = MOST_LEVELS;
	for (int i = 0; i < argc; i++) {
		const char *error = parse_argument(arguments, argv[i]);
		if (error)
			return error;
	}
	if (!arguments->result_path)
		return "no result=FILE";
	if (arguments->analysis_path && (!arguments->memory_path || arguments->ram_count == 0))
		return "an analysis needs memory=FILE and ram=START:END:OFFSET";
	if (arguments->entry_count == 0)
		return "no entry=PADDR";
	for (int i = 0; i < arguments->stub_count; i++) {
		struct range *range = &arguments->stub[i];
		for (int k = 0; k < arguments->entry_count; k++)
			range->boot |= arguments->entries[k] >= range->start
				&& arguments->entries[k] < range->end;
	}
	return 0;
}

int is_entry(const struct arguments *arguments, u64 vaddr)
{
	for (int i = 0; i < arguments->entry_count; i++)
		if (arguments->entries[i] == vaddr)
			return 1;
	return 0;
}
