/*
 * cow.c - the story of copy-on-write, told with frame numbers.
 *
 * fork() copies no memory: parent and child get page table entries for the same frames, all of them
 * read-only. The first write to a page faults, and only then is that page copied (do_wp_page() in
 * mm/memory.c). The last owner of a page gets it without a copy.
 */
#include <show.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGES	12
#define WRITTEN	4

static volatile char *area;
static unsigned long before[PAGES];	/* the frames at the time of the fork */

/* How many of pages [from, to) are still in the frames they had at the fork? */
static int unmoved(int from, int to)
{
	int same = 0;

	for (int i = from; i < to; i++)
		same += frame_of(area + i * PAGE_SIZE) == before[i];
	return same;
}

/* Writes a letter into pages [0, n); returns the faults that took. */
static long write_pages(int n, char c)
{
	long start = page_faults();

	for (int i = 0; i < n; i++)
		area[i * PAGE_SIZE] = c;
	return page_faults() - start;
}

static void child(void *arg)
{
	long n;

	(void)arg;
	tell("child:  I am process %d. Nothing was copied for me:", getpid());
	draw_pages("child's pages ", 0, area, PAGES);
	fact(unmoved(0, PAGES) == PAGES, "all %d pages are in the parent's frames", PAGES);
	fact(users_of(before[0]) == 2, "frame %lx has two owners", before[0]);

	tell("child:  now I write a 'c' to %d pages.", WRITTEN);
	n = write_pages(WRITTEN, 'c');
	draw_pages("child's pages ", 0, area, PAGES);
	fact(n == WRITTEN, "that took %ld faults, one for each page", n);
	fact(unmoved(0, WRITTEN) == 0, "these pages have frames of their own now: %lx, not %lx",
	     frame_of(area), before[0]);
	fact(unmoved(WRITTEN, PAGES) == PAGES - WRITTEN, "the others are where they were");
	fact(users_of(before[0]) == 1, "frame %lx is the parent's alone", before[0]);
	n = write_pages(WRITTEN, 'd');
	fact(n == 0, "writing to the same pages again takes no fault");
}

int main(void)
{
	long n;

	area = mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED)
		give_up("mmap");
	tell("parent: I am process %d and write a 'p' to each of %d pages.", getpid(), PAGES);
	write_pages(PAGES, 'p');
	for (int i = 0; i < PAGES; i++)
		before[i] = frame_of(area + i * PAGE_SIZE);
	draw_pages("parent's pages", 0, area, PAGES);

	tell("parent: fork().");
	as_child(child, NULL);

	tell("parent: the child has ended.");
	fact(area[0] == 'p' && area[(PAGES - 1) * PAGE_SIZE] == 'p', "my pages still hold a 'p'");
	n = write_pages(PAGES, 'q');
	draw_pages("parent's pages", 0, area, PAGES);
	fact(unmoved(0, PAGES) == PAGES,
	     "I wrote to all of them, and none moved: the last owner needs no copy");
	fact(n >= PAGES - WRITTEN && n <= PAGES,
	     "it took %ld faults only to learn that", n);
	return all_facts("cow");
}
