#include "history.h"

#include "guest_memory.h"
#include "sections.h"

#define MOST_ENTRIES 65536

struct entry {
	u64 events, index;
};

static const struct arguments *arguments;
static u64 *tail;
static u64 tail_count, tail_next; /* all that were put there; where the next one goes */
static struct entry entries[MOST_ENTRIES];
static u64 entry_count;

int history_open(const struct arguments *chosen)
{
	arguments = chosen;
	tail = calloc(arguments->tail, sizeof tail[0]);
	return tail ? 0 : -1;
}

void history_executes(u64 pc)
{
	tail[tail_next] = pc;
	tail_next = tail_next + 1 == arguments->tail ? 0 : tail_next + 1;
	tail_count++;
}

void history_take_back(void)
{
	tail_next = (tail_next == 0 ? arguments->tail : tail_next) - 1;
	tail_count--;
}

void history_enters_stub(u64 index)
{
	struct entry *entry = &entries[entry_count++ % MOST_ENTRIES];

	entry->events = arguments->events ? guest_memory_word(arguments->events) : 0;
	entry->index = index;
}

static u64 least(u64 a, u64 b) { return a < b ? a : b; }

void history_write(void)
{
	u64 count = least(tail_count, arguments->tail);

	section_begin("tail", count, count);
	for (u64 i = tail_count - count; i < tail_count; i++)
		section_put(tail[i % arguments->tail]);
	section_end();
	count = least(entry_count, MOST_ENTRIES);
	section_begin("entries", count, 2 * count);
	for (u64 i = entry_count - count; i < entry_count; i++) {
		section_put(entries[i % MOST_ENTRIES].events);
		section_put(entries[i % MOST_ENTRIES].index);
	}
	section_end();
}
