#include "output.h"

#define PATH_BYTES 4096

static int write_fully(int fd, const void *bytes, size_t size_bytes)
{
	const char *next = bytes;

	while (size_bytes > 0) {
		__PTRDIFF_TYPE__ written = write(fd, next, size_bytes);
		if (written < 0) {
			if (*__errno_location() == EINTR)
				continue;
			return -1;
		}
		next += written;
		size_bytes -= written;
	}
	return 0;
}

static int create(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

int trace_open(struct trace *trace, const char *path)
{
	trace->fd = create(path);
	return trace->fd < 0 ? -1 : 0;
}

/* Both hosts are little-endian, as is the format. */
void trace_flush(struct trace *trace)
{
	if (write_fully(trace->fd, trace->buffer, trace->count * sizeof trace->buffer[0]) < 0)
		trace->failed = 1;
	trace->count = 0;
}

int write_file(const char *path, const char *text)
{
	char aside[PATH_BYTES];
	int fd, failed;

	if (snprintf(aside, sizeof aside, "%s.part", path) >= (int)sizeof aside)
		return -1;
	fd = create(aside);
	if (fd < 0)
		return -1;
	failed = write_fully(fd, text, strlen(text));
	failed |= close(fd);
	return failed ? -1 : rename(aside, path);
}
