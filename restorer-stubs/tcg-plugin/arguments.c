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

static const char *parse_argument(struct arguments *arguments, const char *argument)
{
	if (!strncmp(argument, "entry=", 6))
		return parse_entry(arguments, argument + 6);
	if (!strncmp(argument, "stub=", 5))
		return parse_stub(arguments, argument + 5);
	if (!strncmp(argument, "limit=", 6))
		return parse_whole_number(argument + 6, &arguments->limit) ? 0
									   : "limit is not a number";
	if (!strncmp(argument, "trace=", 6)) {
		arguments->trace_path = argument + 6;
		return 0;
	}
	if (!strncmp(argument, "result=", 7)) {
		arguments->result_path = argument + 7;
		return 0;
	}
	return "unknown argument";
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
	for (int i = 0; i < argc; i++) {
		const char *error = parse_argument(arguments, argv[i]);
		if (error)
			return error;
	}
	if (!arguments->result_path)
		return "no result=FILE";
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
