/* The files that the plugin writes. */
#ifndef THAW_OUTPUT_H
#define THAW_OUTPUT_H

#include "qemu_plugin.h"

#define TRACE_BUFFER_ENTRIES 32768

/* Addresses not yet written. The last one is always here, so that it can be taken back. */
struct trace {
	int fd;
	int failed; /* a write failed: the file is not complete */
	size_t count;
	u64 buffer[TRACE_BUFFER_ENTRIES];
};

int trace_open(struct trace *trace, const char *path); /* 0, or -1 */
void trace_flush(struct trace *trace);

static inline void trace_append(struct trace *trace, u64 pc)
{
	if (trace->count == TRACE_BUFFER_ENTRIES)
		trace_flush(trace);
	trace->buffer[trace->count++] = pc;
}

/* Puts text into a file that appears whole or not at all. Returns 0, or -1. */
int write_file(const char *path, const char *text);

#endif
