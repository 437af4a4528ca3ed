/*
 * cow.c - tells the story of copy-on-write, with the page faults as witnesses.
 *
 * fork() copies no memory: parent and child share every page, write-protected. The first write to a
 * page faults, and only then is it copied (do_wp_page). getrusage() counts the faults of a process,
 * so we can watch: the child writes to some pages and sees one fault for each, reads others and
 * sees none, and the parent's memory stays as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE		4096
#define NR_PAGES	64
#define NR_WRITTEN	16

static volatile char *area;

/* Faults of this process so far, those that needed no disk. */
static long faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt;
}

/* Reads, or writes `value` to, one byte in each of n pages; returns the faults it took. */
static long touch(int n, int write, char value)
{
	long before = faults();

	for (int i = 0; i < n; i++) {
		if (write)
			area[i * PAGE] = value;
		else
			(void)area[i * PAGE];
	}
	return faults() - before;
}

static void child(void)
{
	long n;

	printf("child:  I am process %d; the parent's letters are here: '%c'.\n", getpid(), area[0]);
	n = touch(NR_PAGES, 0, 0);
	printf("child:  reading all %d pages took %ld faults (their table entries were copied).\n",
	       NR_PAGES, n);
	n = touch(NR_WRITTEN, 1, 'c');
	printf("child:  writing to %d of them took %ld faults: each write got its own copy.\n",
	       NR_WRITTEN, n);
	n = touch(NR_WRITTEN, 1, 'd');
	printf("child:  writing to the same %d again took %ld.\n", NR_WRITTEN, n);
}

int main(void)
{
	pid_t pid;
	long n;
	int status;

	area = mmap(NULL, NR_PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	printf("parent: I am process %d and have mapped %d pages at %p; nothing is there yet.\n",
	       getpid(), NR_PAGES, (void *)area);
	n = touch(NR_PAGES, 1, 'p');
	printf("parent: writing a 'p' to each took %ld faults: each page was made on demand.\n", n);
	fflush(stdout);
	pid = fork();
	if (pid < 0) {
		perror("fork");
		return 1;
	}
	if (pid == 0) {
		child();
		return 0;
	}
	waitpid(pid, &status, 0);
	printf("parent: the child has ended; my first letter is still '%c'.\n", area[0]);
	n = touch(NR_PAGES, 1, 'q');
	printf("parent: I am the only owner again; writing to all pages took %ld faults,\n"
	       "        and nothing was copied: the pages were just made writable.\n", n);
	return area[0] == 'q' && status == 0 ? 0 : 1;
}
