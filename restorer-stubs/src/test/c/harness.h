/* A process that plays the machine for the stub's common C, compiled for the
 * host: physical memory is a memory file, the program's pages are mapped from it
 * when they are touched, by what the page tables say then. */
#ifndef THAW_HARNESS_H
#define THAW_HARNESS_H

#include "stub.h"

#define POOL_BYTES (64ull << 20)

/* Where the program's pages are in tests that touch them. */
#define WINDOW 0x100000000000ull

/* Ends the test with a message and status 1. */
#define REQUIRE(condition, ...)                                             \
	do {                                                                \
		if (!(condition))                                           \
			test_failed(__FILE__, __LINE__, #condition, __VA_ARGS__); \
	} while (0)
void test_failed(const char *file, int line, const char *condition, const char *format, ...)
	__attribute__((noreturn, format(printf, 4, 5)));

/* A machine with an empty address space of the given end, for one process only. */
void machine_start(u64 page_size_bytes, u64 user_end_vaddr);
/* From now on pages of [WINDOW, WINDOW + size) come and go as the page tables say. */
void machine_map_window(u64 size_bytes);

/* What a call or an access came to: the verdict, or 0 and the result. */
struct outcome {
	u64 verdict;
	i64 result;
};
struct outcome machine_call(u64 number, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5);
/* By the program, one byte; the result is the byte as it was. */
struct outcome machine_read(u64 vaddr);
struct outcome machine_write(u64 vaddr, u8 byte);

/* Text since it was last cleared. */
extern char console_text[], report_text[];
extern u64 console_length, report_length;

/* A new frame as the linker would have placed it, outside the pool. */
u64 machine_image_frame(void);
/* Frames of the pool that are neither free nor hold tables. */
u64 machine_frames_in_use(void);

u64 random_below(u64 limit);
void random_seed(u64 seed);

#endif
