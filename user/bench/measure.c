/*
 * measure.c - how a row is measured.
 */
#include "bench.h"
#include <show.h>
#include <stdio.h>
#include <time.h>

#define ROUNDS	3

int profiling;

u64 now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

long must(long result, const char *what)
{
	if (result < 0)
		give_up(what);
	return result;
}

static void wait_for_profiler(const char *name, long n)
{
	char line[16];

	printf("profile %s %ld\n", name, n);
	fflush(stdout);
	fgets(line, sizeof(line), stdin);
}

static u64 median(u64 *v, int n)
{
	for (int i = 1; i < n; i++)
		for (int j = i; j > 0 && v[j] < v[j - 1]; j--) {
			u64 t = v[j];

			v[j] = v[j - 1];
			v[j - 1] = t;
		}
	return v[n / 2];
}

void measure(const char *name, row_fn *row, long n, int once)
{
	int rounds = once || profiling ? 1 : ROUNDS;
	u64 v[ROUNDS];

	if (!once)
		row(n);
	if (profiling)
		wait_for_profiler(name, n);
	for (int i = 0; i < rounds; i++)
		v[i] = row(n);
	printf("%-18s %llu\n", name, (median(v, rounds) + n / 2) / n);
	fflush(stdout);
}
