/*
 * growth.c - what rows are measured in when it is asked whether they grow: a crowd of processes, a
 * process of many areas, large and deep directories; and memory that is full.
 */
#include "bench.h"
#include <fcntl.h>
#include <show.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CROWD		1000
#define AREAS		10000
#define FEW_AREAS	1000
#define NAMES		5000
#define DEPTH		10
#define STRIDE		7919	/* prime: n * STRIDE % AREAS visits every area */

/* ---- many processes ---- */

static pid_t members[CROWD];

void crowd(void)
{
	for (int i = 0; i < CROWD; i++) {
		members[i] = must(fork(), "fork");
		if (!members[i])
			for (;;)
				pause();
	}
}

void crowd_leaves(void)
{
	for (int i = 0; i < CROWD; i++)
		kill(members[i], SIGKILL);
	for (int i = 0; i < CROWD; i++)
		waitpid(members[i], NULL, 0);
}

/* ---- many areas ---- */

static char *areas;
static long nr_areas;

/* Every second page may be written to, so that none can be merged with its neighbour. */
static void make_areas(long n)
{
	nr_areas = n;
	areas = anonymous(n * PAGE_SIZE);
	for (long i = 0; i < n; i += 2)
		must(mprotect(areas + i * PAGE_SIZE, PAGE_SIZE, PROT_READ), "mprotect");
}

void scatter(void)
{
	make_areas(AREAS);
}

void scatter_little(void)
{
	make_areas(FEW_AREAS);
}

void gather(void)
{
	munmap(areas, nr_areas * PAGE_SIZE);
}

/* Unmaps n of the areas, here and there, and puts them back. */
u64 munmap_scattered(long n)
{
	u64 start, time = 0;

	for (long i = 0; i < n; i++) {
		char *page = areas + i * STRIDE % nr_areas * PAGE_SIZE;
		int prot = i * STRIDE % 2 ? PROT_READ | PROT_WRITE : PROT_READ;

		start = now();
		munmap(page, PAGE_SIZE);
		time += now() - start;
		mmap(page, PAGE_SIZE, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return time;
}

/* ---- many names ---- */

static char deep[256];		/* a file ten levels down */

void make_names(void)
{
	strcpy(deep, dir);
	for (int i = 0; i < DEPTH - 1; i++) {
		strcat(deep, "/deep");
		must(mkdir(deep, 0755), deep);
	}
	strcat(deep, "/file");
	must(mknod(deep, S_IFREG | 0644, 0), deep);
	must(mkdir(in_dir("many", 0), 0755), "mkdir");
	for (long i = 0; i < NAMES; i++)
		must(mknod(in_dir("many000/n", i), S_IFREG | 0644, 0), "mknod");
}

void remove_names(void)
{
	for (long i = 0; i < NAMES; i++)
		must(unlink(in_dir("many000/n", i)), "unlink");
	must(rmdir(in_dir("many", 0)), "rmdir");
	must(unlink(deep), deep);
	for (int i = 0; i < DEPTH - 1; i++) {
		*strrchr(deep, '/') = '\0';
		must(rmdir(deep), deep);
	}
}

u64 open_5000_names(long n)
{
	return open_path(in_dir("many000/n", NAMES / 2), n);
}

u64 open_depth10(long n)
{
	return open_path(deep, n);
}

/* The file's name is looked up in the directory, since nothing about it is in memory. */
u64 open_5000_cold(long n)
{
	u64 time = 0;

	for (long i = 0; i < n; i++) {
		drop_caches();
		time += open_path(in_dir("many000/n", i * STRIDE % NAMES), 1);
	}
	return time;
}

/* ---- full memory ---- */

static long memory_pages(void)
{
	return number_in("/proc/meminfo", "MemTotal") / (PAGE_SIZE / 1024);
}

/* Fills memory with pages of a file that is all hole, so that nothing waits for a disk. */
static void fill_memory(void)
{
	int fd = must(open(in_dir("hole", 0), O_CREAT | O_TRUNC | O_RDWR, 0644), "open");
	long pages = memory_pages();

	must(ftruncate(fd, (off_t)pages * PAGE_SIZE), "ftruncate");
	for (long i = 0; i < pages; i += sizeof(buf) / PAGE_SIZE)
		must(read(fd, buf, sizeof(buf)), "read");
	close(fd);
}

/*
 * Touches fresh memory, n pages, for which clean pages of a file have to go; less what it takes
 * when memory is free. The program itself is locked: it need not be read from the disk meanwhile.
 */
u64 reclaim_page(long n)
{
	u64 free, full;

	must(mlockall(MCL_CURRENT), "mlockall");
	free = pf_anon_write(n);
	fill_memory();
	full = pf_anon_write(n);
	unlink(in_dir("hole", 0));
	munlockall();
	return full - free;
}
