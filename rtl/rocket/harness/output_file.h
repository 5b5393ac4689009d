/* A file that is written in order. */
#ifndef THAW_ROCKET_OUTPUT_FILE_H
#define THAW_ROCKET_OUTPUT_FILE_H

#include <cstddef>
#include <vector>

class OutputFile {
public:
	/* Creates or empties it. Throws std::runtime_error. */
	OutputFile(const char *path, size_t buffer_bytes);
	~OutputFile();
	OutputFile(const OutputFile &) = delete;

	void append(const void *bytes, size_t size_bytes);
	void flush();
	/* Whether a write failed: the file is not complete. */
	bool failed() const { return is_failed; }

private:
	int fd;
	bool is_failed = false;
	size_t capacity;
	std::vector<char> buffer;
};

#endif
