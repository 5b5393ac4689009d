/*
 * Computes, and writes a line a round; each depends on all before it. Memory of every kind
 * that a libc gives is in use, and the clock is the vDSO's: it must go on behind a restore.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t table[1 << 15];

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 40;
	uint64_t hash = 88172645463325252ull;
	double sum = 0;

	for (int round = 1; round <= rounds; round++) {
		const struct timespec pause = { 0, 50000000 };
		double before = now();
		char *line = malloc(1000 + 37000 * (size_t)round);
		for (int i = 0; i < 1 << 15; i++) {
			hash ^= hash << 13, hash ^= hash >> 7, hash ^= hash << 17;
			table[hash & 0x7fff] += hash;
			sum += sqrt((double)(table[i] >> 40));
		}
		nanosleep(&pause, NULL);
		snprintf(line, 1000, "count %d %016llx %.6f %s", round, (unsigned long long)hash, sum,
			 now() - before >= 0.05 ? "later" : "the clock stands");
		puts(line);
		fflush(stdout);
		if (round % 8)
			free(line);
	}
	puts("count done");
	return 3;
}
