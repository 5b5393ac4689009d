/* Calls on files, signals, clocks and futexes at random, made to the stub and to
 * the Linux that runs this test: results must be the same, and what is written to
 * the program's memory, where it does not depend on the machine. Arguments: seed,
 * operations. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "call_numbers.h"
#include "own_maps.h"

#define PAGE HW_PAGE_BYTES
#define BUFFER_PAGES 4
#define CLOSED_FD 77

enum { PLAIN, APPEND, PIPE, FILES };

static u64 buffer, step, answered;
static i64 latest_result;
static int files[FILES];
static struct own_maps maps;

/* Good for reading and writing, or behind the end, or not at all. */
static u64 any_pointer(u64 size)
{
	switch (random_below(12)) {
	case 0: return 0;
	case 1: return buffer + BUFFER_PAGES * PAGE - random_below(size + 1);
	case 2: return buffer + (BUFFER_PAGES + 1) * PAGE;
	case 3: return ~0ull - random_below(64);
	default: return buffer + ALIGN_DOWN(random_below(BUFFER_PAGES * PAGE - size + 1), 8);
	}
}

static u64 any_good_pointer(u64 size)
{
	return buffer + ALIGN_DOWN(random_below(BUFFER_PAGES * PAGE - size + 1), 8);
}

static i64 ask_linux(u64 number, const u64 *a)
{
	long result = syscall((long)number, a[0], a[1], a[2], a[3], a[4], a[5]);
	return result == -1 ? -errno : result;
}

/* The same call to both. Memory of the call is as it was before for either. */
static int compare_with_memory(const char *what, u64 number, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4,
			       u64 a5, int same_memory)
{
	static char before[BUFFER_PAGES * PAGE], by_stub[BUFFER_PAGES * PAGE];
	u64 a[6] = {a0, a1, a2, a3, a4, a5};
	struct outcome got;
	i64 expected;

	memcpy(before, (void *)buffer, sizeof(before));
	got = machine_call(number, a0, a1, a2, a3, a4, a5);
	memcpy(by_stub, (void *)buffer, sizeof(by_stub));
	memcpy((void *)buffer, before, sizeof(before));
	if (got.verdict) {
		REQUIRE(got.verdict == THAW_VERDICT_UNKNOWN_CALL, "step %llu, %s: verdict %llu",
			step, what, got.verdict);
		return 0;
	}
	latest_result = expected = ask_linux(number, a);
	REQUIRE(got.result == expected,
		"step %llu, %s(%llx, %llx, %llx, %llx, %llx, %llx): %lld, Linux says %lld", step,
		what, a0, a1, a2, a3, a4, a5, got.result, expected);
	if (same_memory && expected >= 0)
		for (u64 i = 0; i < sizeof(by_stub); i++)
			REQUIRE(by_stub[i] == ((char *)buffer)[i],
				"step %llu, %s(%llx, %llx, %llx, %llx): byte %llx is %x, Linux has "
				"%x",
				step, what, a0, a1, a2, a3, i, (u8)by_stub[i], ((u8 *)buffer)[i]);
	answered++;
	return 1;
}

static u64 any_file(void) { return random_below(15) ? (u64)files[random_below(FILES)] : CLOSED_FD; }

static void drain_pipe(void)
{
	char bytes[4096];
	int end = files[PIPE] - 1;
	while (read(end, bytes, sizeof(bytes)) > 0)
		;
}

static void try_write(void)
{
	u64 size = random_below(4) ? random_below(200) : random_below(3 * PAGE);
	u64 from = any_pointer(size);

	compare_with_memory("write", CALL_write, any_file(), from,
			    random_below(30) ? size : ~0ull - size, 0, 0, 0, 1);
	drain_pipe();
}

static void try_pwrite(void)
{
	u64 size = random_below(200);
	compare_with_memory("pwrite64", CALL_pwrite64, any_file(), any_pointer(size), size,
			    random_below(10) ? random_below(5000) : ~0ull, 0, 0, 1);
}

static void try_writev(void)
{
	struct iovec *vectors = (struct iovec *)any_good_pointer(16 * sizeof(struct iovec));
	u64 count = random_below(20) ? random_below(8) : 1020 + random_below(10);
	u64 from = random_below(20) ? (u64)vectors : random_below(2) ? 0 : ~0ull - random_below(64);

	memset((void *)buffer, 0, BUFFER_PAGES * PAGE);
	for (u64 i = 0; i < 16; i++) {
		u64 size = random_below(300);
		vectors[i].iov_base = (void *)any_pointer(size);
		/* Which of two errors comes first is not the same in every Linux. */
		vectors[i].iov_len =
			random_below(40) || count > 8 || from != (u64)vectors ? size : ~0ull - size;
	}
	compare_with_memory("writev", CALL_writev, any_file(), from, count, 0, 0, 0, 1);
	drain_pipe();
}

static void try_lseek(void)
{
	compare_with_memory("lseek", CALL_lseek, any_file(), random_below(8000) - 2000,
			    random_below(7), 0, 0, 0, 1);
}

static void try_fstat(void)
{
	int fd = files[random_below(FILES)];
	u64 to = any_pointer(sizeof(struct stat));
	struct stat real;

	*(char *)buffer = 0;
	if (!compare_with_memory("newfstatat", CALL_newfstatat, (u64)fd, buffer, to, AT_EMPTY_PATH,
				 0, 0, 0)
	    || !compare_with_memory("fstat", CALL_fstat, (u64)fd, to, 0, 0, 0, 0, 0)
	    || fstat(fd, &real) || machine_call(CALL_fstat, (u64)fd, to, 0, 0, 0, 0).result)
		return;
	const struct stat *got = (const struct stat *)to;
	REQUIRE(got->st_mode == real.st_mode && got->st_size == real.st_size && got->st_nlink == 1
			&& got->st_uid == real.st_uid && got->st_gid == real.st_gid
			&& got->st_ino != 0 && got->st_blksize == real.st_blksize,
		"step %llu: mode %o size %ld, Linux has %o %ld", step, got->st_mode, got->st_size,
		real.st_mode, real.st_size);
}

static void try_signals(void)
{
	u64 from = any_pointer(32), to = any_pointer(32), on = any_good_pointer(32);
	/* Signals whose action nothing here depends on. */
	static const int signals[] = {-1, 0, 1, 9, 10, 12, 19, 28, 40, 64, 65, 1000};
	u64 signal = (u64)signals[random_below(12)];
	u64 *words = (u64 *)on;

	for (int i = 0; i < 4; i++)
		words[i] = random_below(2) ? random_below(~0ull >> 12) << random_below(11)
					   : random_below(8);
	switch (random_below(4)) {
	case 0:
		words[0] = random_below(2); /* default or ignore */
		compare_with_memory("rt_sigaction", CALL_rt_sigaction, signal,
				    random_below(4) ? on : from, to, random_below(20) ? 8 : 16, 0,
				    0, 1);
		break;
	case 1:
		words[0] &= ~(1ull << (SIGSEGV - 1) | 1ull << (SIGBUS - 1));
		compare_with_memory("rt_sigprocmask", CALL_rt_sigprocmask, random_below(5),
				    random_below(4) ? on : 0, to, random_below(20) ? 8 : 4, 0, 0,
				    1);
		break;
	case 2:
		words[1] = random_below(3) ? random_below(4) : (u64)random_below(3) << 31;
		words[2] = random_below(5000);
		words[0] = buffer;
		compare_with_memory("sigaltstack", CALL_sigaltstack, random_below(4) ? on : from,
				    to, 0, 0, 0, 0, 1);
		break;
	default:
		compare_with_memory("rt_sigpending", CALL_rt_sigpending, to, random_below(12), 0, 0,
				    0, 0, 1);
	}
}

static void try_clocks(void)
{
	u64 to = any_pointer(16);

	switch (random_below(4)) {
	case 0:
		compare_with_memory("clock_gettime", CALL_clock_gettime, random_below(20) - 3, to,
				    0, 0, 0, 0, 0);
		break;
	case 1:
		compare_with_memory("clock_getres", CALL_clock_getres, random_below(20) - 3, to, 0,
				    0, 0, 0, 1);
		break;
	case 2:
		compare_with_memory("gettimeofday", CALL_gettimeofday, to, any_pointer(8), 0, 0, 0,
				    0, 0);
		break;
	default:
		if (to) /* else the result is the time */
			machine_call(CALL_time, to, 0, 0, 0, 0, 0);
	}
}

static void try_futex(void)
{
	static const u64 commands[] = {0,   1,	 9,   10,  128,	      129,
				       137, 138, 256, 257, 256 + 137, 256 + 10};
	u64 vaddr = random_below(10) ? any_pointer(4) : any_pointer(4) + 1;
	u64 operation = commands[random_below(12)];
	u64 *timeout = (u64 *)any_good_pointer(16);

	timeout[0] = random_below(3) - 1;
	timeout[1] = random_below(2) ? 5 : 1000000000 + random_below(2) - 1;
	compare_with_memory("futex", CALL_futex, vaddr, operation, 12345,
			    random_below(2) ? (u64)timeout : any_pointer(16), 0, random_below(4),
			    1);
}

static void try_identity(void)
{
	static const u64 numbers[] = {CALL_getpid,  CALL_gettid, CALL_getppid,	  CALL_getuid,
				      CALL_geteuid, CALL_getgid, CALL_getegid,	  CALL_getpgrp,
				      CALL_getpgid, CALL_getsid, CALL_sched_yield};
	u64 number = numbers[random_below(11)];
	compare_with_memory("identity", number, random_below(2) ? (u64)getpid() : 0, 0, 0, 0, 0, 0,
			    1);
}

static void add_descriptor(u64 index, int fd, u64 kind)
{
	struct thaw_descriptor *rows =
		(struct thaw_descriptor *)thaw_boot_block.descriptor_table_vaddr;
	struct stat stat;

	fstat(fd, &stat);
	rows[index] = (struct thaw_descriptor){.fd = (u64)fd,
					       .kind = kind,
					       .open_file = index,
					       .mode = stat.st_mode,
					       .append = (fcntl(fd, F_GETFL) & O_APPEND) != 0};
	thaw_boot_block.descriptor_count = index + 1;
}

static void open_files(void)
{
	int ends[2];

	files[PLAIN] = memfd_create("plain", 0);
	files[APPEND] = memfd_create("append", 0);
	REQUIRE(files[PLAIN] >= 0 && fcntl(files[APPEND], F_SETFL, O_APPEND) == 0
			&& pipe2(ends, O_NONBLOCK) == 0,
		"no files");
	files[PIPE] = dup2(ends[1], ends[0] + 1);
	add_descriptor(PLAIN, files[PLAIN], THAW_DESCRIPTOR_SWALLOW);
	add_descriptor(APPEND, files[APPEND], THAW_DESCRIPTOR_CONSOLE);
	add_descriptor(PIPE, files[PIPE], THAW_DESCRIPTOR_CONSOLE);
}

static void copy_identity(void)
{
	struct thaw_boot_block *b = &thaw_boot_block;

	b->pid = b->tid = (u64)getpid();
	b->parent_pid = (u64)getppid();
	b->group_pid = (u64)getpgrp();
	b->session_pid = (u64)getsid(0);
	b->uid = getuid();
	b->effective_uid = geteuid();
	b->gid = getgid();
	b->effective_gid = getegid();
	b->clock_tick_ns = 1000;
}

static void copy_signals(void)
{
	syscall(SYS_rt_sigprocmask, 0, 0, &thaw_boot_block.blocked_mask, 8);
	for (int i = 1; i <= THAW_SIGNAL_COUNT; i++)
		syscall(SYS_rt_sigaction, i, 0, thaw_boot_block.signal_actions[i - 1], 8);
}

static void check_sizes(void)
{
	struct stat real;

	for (int i = PLAIN; i <= APPEND; i++) {
		struct thaw_descriptor *file = descriptor_of((u64)files[i]);
		fstat(files[i], &real);
		/* Linux of today lets a file grow up to where a bad pointer was to be written;
		 * 6.1 looked at the pointer first. */
		if (latest_result == -EFAULT && (u64)real.st_size > file->size_bytes)
			file->size_bytes = (u64)real.st_size;
		REQUIRE(file->size_bytes == (u64)real.st_size,
			"step %llu: file %d has %llu bytes, Linux has %ld", step, i,
			file->size_bytes, real.st_size);
		REQUIRE(file->position_bytes == (u64)lseek(files[i], 0, SEEK_CUR),
			"step %llu: position of file %d", step, i);
	}
}

int main(int argc, char **argv)
{
	static void (*const operations[])(void) = {
		try_write, try_write,	try_pwrite,  try_writev, try_writev, try_lseek,
		try_fstat, try_signals, try_signals, try_clocks, try_futex,  try_identity};
	u64 seed = argc > 1 ? strtoull(argv[1], 0, 0) : 1;
	u64 steps = argc > 2 ? strtoull(argv[2], 0, 0) : 5000;

	random_seed(seed);
	machine_start(PAGE, (1ull << 47) - PAGE);
	open_files();
	copy_identity();
	copy_signals();
	/* A page without rights is in the middle of nothing. */
	buffer = (u64)mmap((void *)WINDOW, (BUFFER_PAGES + 2) * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	REQUIRE(buffer == WINDOW, "no buffer");
	mprotect((void *)(buffer + BUFFER_PAGES * PAGE), PAGE, PROT_NONE);
	munmap((void *)(buffer + (BUFFER_PAGES + 1) * PAGE), PAGE);
	own_maps_read(&maps);
	own_maps_install(&maps);
	for (step = 0; step < steps; step++)
		operations[random_below(12)](), check_sizes();
	printf("ok: seed %llu, %llu calls as Linux answers them\n", seed, answered);
	return 0;
}
