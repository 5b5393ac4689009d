#include "interval.h"

#include "guest_memory.h"
#include "history.h"
#include "pages.h"
#include "sections.h"
#include "unseen.h"
#include "vectors.h"

#define STUB_VADDR 0xffffffff80000000ull

static const struct arguments *arguments;
static int is_open; /* the interval has begun */
static u64 now;     /* index of the instruction that executes */
static u64 first_pc, next_pc;
static struct instruction *last;

static void begin(void)
{
	is_open = 1;
	unseen_begin();
}

const char *interval_open(const struct arguments *chosen)
{
	const char *error;

	arguments = chosen;
	error = guest_memory_open(arguments);
	if (!error)
		error = pages_open(arguments);
	if (error)
		return error;
	if (history_open(arguments) < 0)
		return "no memory";
	if (sections_open(arguments->analysis_path) < 0)
		return "cannot create the analysis file";
	vectors_open(arguments->slice);
	if (arguments->begin == 0)
		begin();
	return 0;
}

void interval_accesses(u64 vaddr, u64 size_bytes, int how, int by_stub)
{
	if (is_open && vaddr < STUB_VADDR) /* the stub itself is in every image */
		pages_touch(vaddr, size_bytes, how, by_stub, now);
}

/* What the last instruction has done without QEMU telling. */
static __attribute__((noinline)) void settle(void)
{
	u64 vaddr, size_bytes;

	if (unseen_zeros(&vaddr, &size_bytes))
		interval_accesses(vaddr, size_bytes, WRITE, 0);
}

void interval_executes(struct instruction *instruction, u64 index)
{
	if (__builtin_expect(unseen_is_pending, 0))
		settle();
	if (__builtin_expect(!is_open, 0)) {
		if (index < arguments->begin)
			return;
		begin();
	}
	if (__builtin_expect(!last, 0))
		first_pc = instruction->pc;
	now = index;
	last = instruction;
	instruction->count++;
	history_executes(instruction->pc);
	if (arguments->slice)
		vectors_execute(instruction);
	if (__builtin_expect(!instruction->fetched, 0)) {
		instruction->fetched = 1;
		pages_touch(instruction->pc, instruction->size_bytes, FETCH, 0, now);
	}
}

void interval_take_back(void)
{
	unseen_is_pending = 0;
	if (!last)
		return;
	last->count--;
	history_take_back();
	if (arguments->slice)
		vectors_take_back();
}

void interval_ends(struct instruction *next)
{
	next_pc = next->pc;
	if (unseen_is_pending)
		settle();
	if (is_open)
		pages_touch(next->pc, next->size_bytes, FETCH, 0, now + 1);
}

void interval_enters_stub(u64 index)
{
	pages_forget();
	history_enters_stub(index);
}

int interval_write(u64 user_instructions)
{
	const u64 facts[] = {arguments->begin, user_instructions, first_pc, next_pc,
		pages_lost() + unseen_count(), arguments->slice};

	vectors_write();
	section_begin("interval", 1, sizeof facts / sizeof facts[0]);
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		section_put(facts[i]);
	section_end();
	pages_write();
	code_write();
	history_write();
	return sections_close();
}
