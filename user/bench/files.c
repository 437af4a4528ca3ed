/*
 * files.c - rows on files, in the directory that -d names; the disk, and what reclaim costs.
 */
#include "bench.h"
#include <fcntl.h>
#include <show.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const char *in_dir(const char *name, long number)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s%03ld", dir, name, number);
	return path;
}

void drop_caches(void)
{
	int fd = must(open("/proc/sys/vm/drop_caches", O_WRONLY), "drop_caches");

	must(write(fd, "3", 1), "drop_caches");
	close(fd);
}

/* Makes n files of 100 bytes and removes them; the time of the one or of the other. */
static u64 make_and_remove(long n, int of_removing)
{
	u64 start, time = 0;

	for (long i = 0; i < n; i++) {
		const char *path = in_dir("f", i);
		int fd;

		start = now();
		fd = must(open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644), "open");
		must(write(fd, buf, 100), "write");
		close(fd);
		time += of_removing ? 0 : now() - start;
	}
	for (long i = 0; i < n; i++) {
		const char *path = in_dir("f", i);

		start = now();
		must(unlink(path), "unlink");
		time += of_removing ? now() - start : 0;
	}
	return time;
}

u64 file_create(long n)
{
	return make_and_remove(n, 0);
}

u64 file_delete(long n)
{
	return make_and_remove(n, 1);
}

static u64 write_file(size_t block, long n)
{
	int fd = must(open(in_dir("big", 0), O_CREAT | O_TRUNC | O_RDWR, 0644), "open");
	u64 start = now();

	for (long done = 0; done < n * 1024; done += block)
		if (write(fd, buf, block) != (ssize_t)block)
			give_up("write");
	start = now() - start;
	close(fd);
	return start;
}

u64 fwrite_64k(long n)
{
	return write_file(65536, n);
}

u64 fwrite_1k(long n)
{
	return write_file(1024, n);
}

/* The file of the rows that read, in the page cache. */
static int open_big(int flags)
{
	static int written;

	if (!written)
		write_file(65536, FILE_KB);
	written = 1;
	return must(open(in_dir("big", 0), flags), "open");
}

static u64 read_file(size_t block, long n)
{
	int fd = open_big(O_RDONLY);
	u64 start = now();

	for (long done = 0; done < n * 1024; done += block)
		if (read(fd, buf, block) != (ssize_t)block)
			give_up("read");
	start = now() - start;
	close(fd);
	return start;
}

u64 fread_64k(long n)
{
	return read_file(65536, n);
}

u64 fread_1k(long n)
{
	return read_file(1024, n);
}

static char *map_big(int flags, int prot, int how)
{
	int fd = open_big(flags);
	char *m = mmap(NULL, FILE_KB * 1024, prot, how, fd, 0);

	if (m == MAP_FAILED)
		give_up("mmap");
	close(fd);
	return m;
}

u64 pf_file_read(long n)
{
	return time_faults(look_at, map_big(O_RDONLY, PROT_READ, MAP_PRIVATE), n);
}

u64 pf_file_shwr(long n)
{
	return time_faults(touch, map_big(O_RDWR, PROT_READ | PROT_WRITE, MAP_SHARED), n);
}

/*
 * A process that does nothing but count its turns, with the lowest priority: what the machine does
 * while it waits for a disk. The clock goes on while the machine halts, but not by instructions;
 * so there must be some, whose number is known.
 */
static volatile unsigned long *turns;

static u64 count_turns(unsigned long n)
{
	u64 start = now();

	while (*turns < n)
		++*turns;
	return now() - start;
}

/* What counting n turns takes when no daemon comes in between. */
static u64 turns_time(unsigned long n)
{
	u64 time, best = -1ULL;

	for (int i = 0; i < 5; i++) {
		*turns = 0;
		time = count_turns(n);
		if (time < best)
			best = time;
	}
	*turns = 0;
	return best;
}

/* The same for a turn, in thousandths; the clock itself takes time, too, and is left out. */
static u64 turn_time(void)
{
	const unsigned long sample = 20000;

	return (turns_time(2 * sample) - turns_time(sample)) * 1000 / sample;
}

/* The time, and how many turns there have been by then: none comes in between. */
static u64 now_at(unsigned long *turn)
{
	u64 time;

	do {
		*turn = *turns;
		time = now();
	} while (*turns != *turn);
	return time;
}

static char cold[256];		/* a file on the disk, of which nothing is in memory */

void write_cold(void)
{
	int fd;

	if (!disk)
		return;
	snprintf(cold, sizeof(cold), "%s/cold", disk);
	fd = must(open(cold, O_CREAT | O_TRUNC | O_WRONLY, 0644), cold);
	for (long done = 0; done < COLD_KB; done += sizeof(buf) / 1024)
		must(write(fd, buf, sizeof(buf)), "write");
	close(fd);
	sync();
	drop_caches();
}

void remove_cold(void)
{
	unlink(cold);
}

/* Reads n KB from the disk; less what the machine did waiting. */
u64 disk_cold(long n)
{
	int fd = must(open(cold, O_RDONLY), "a file on the disk (-D)");
	unsigned long first, last;
	u64 start, turn;
	pid_t pid;

	turns = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	turn = turn_time();
	pid = must(fork(), "fork");
	if (!pid) {
		nice(19);
		if (!profiling)
			count_turns(-1UL);
		for (;;)
			pause();
	}
	start = now_at(&first);
	for (long done = 0; done < n; done += sizeof(buf) / 1024)
		if (read(fd, buf, sizeof(buf)) != sizeof(buf))
			give_up("read");
	start = now_at(&last) - start - (last - first) * turn / 1000;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(fd);
	return start;
}
