/* Buffered output by system calls: a failure is seen and remembered.
 *
 * State: what is not written yet.
 */
#include "output_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <unistd.h>

OutputFile::OutputFile(const char *path, size_t buffer_bytes)
	: fd(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)), capacity(buffer_bytes)
{
	if (fd < 0)
		throw std::runtime_error(std::string(path) + " cannot be created: " + strerror(errno));
	buffer.reserve(capacity);
}

OutputFile::~OutputFile()
{
	flush();
	close(fd);
}

void OutputFile::append(const void *bytes, size_t size_bytes)
{
	if (buffer.size() + size_bytes > capacity)
		flush();
	const char *first = static_cast<const char *>(bytes);
	buffer.insert(buffer.end(), first, first + size_bytes);
}

void OutputFile::flush()
{
	const char *next = buffer.data();
	const char *end = next + buffer.size();

	while (next < end && !is_failed) {
		ssize_t written = write(fd, next, static_cast<size_t>(end - next));
		if (written >= 0)
			next += written;
		else if (errno != EINTR)
			is_failed = true;
	}
	buffer.clear();
}
