/*
 * zeropage.c - the story of the page of zeros: memory that is only read costs nothing.
 *
 * The first touch of anonymous memory is a fault. If it was a read, the page table gets an entry
 * for the one frame of zeros that everybody shares, read-only; the first write then brings a frame
 * of one's own (do_anonymous_page() and do_wp_page() in mm/memory.c).
 */
#include <show.h>
#include <stdio.h>
#include <sys/mman.h>

#define PAGES	1024		/* 4 MB */
#define SHOWN	24
#define WRITTEN	3

static volatile char *area;

/* Reads a byte of each page; returns their sum. */
static int read_all(void)
{
	int sum = 0;

	for (int i = 0; i < PAGES; i++)
		sum += area[i * PAGE_SIZE];
	return sum;
}

static int pages_of_zeros(void)
{
	struct page_view v;
	int n = 0;

	for (int i = 0; i < PAGES; i++)
		n += look(0, area + i * PAGE_SIZE, &v) == 0 && v.zeros;
	return n;
}

static long resident_kb(void)
{
	return number_in("/proc/self/status", "VmRSS");
}

int main(void)
{
	long rss, start;
	unsigned long zeros;

	area = mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (area == MAP_FAILED)
		give_up("mmap");
	tell("I have mapped %d pages, %d KB. The first %d of them:", PAGES, PAGES * 4, SHOWN);
	draw_pages("untouched", 0, area, SHOWN);
	fact(present_pages(area, PAGES) == 0, "mmap() made a VMA and not one page");

	rss = resident_kb();
	start = page_faults();
	tell("Now I read a byte of each.");
	fact(read_all() == 0, "all are zero");
	fact(page_faults() - start >= PAGES, "that took %ld faults, one for each page",
	     page_faults() - start);
	draw_pages("read     ", 0, area, SHOWN);
	zeros = frame_of(area);
	fact(pages_of_zeros() == PAGES, "and all %d pages are the same frame: %lx", PAGES, zeros);
	fact(resident_kb() - rss < 64, "VmRSS was %ld KB and is %ld KB", rss, resident_kb());

	tell("Now I write to %d of them.", WRITTEN);
	rss = resident_kb();
	for (int i = 0; i < WRITTEN; i++)
		area[2 * i * PAGE_SIZE] = 'w';
	draw_pages("written  ", 0, area, SHOWN);
	fact(frame_of(area) != zeros && users_of(frame_of(area)) == 1,
	     "page 0 is in frame %lx now, mine alone", frame_of(area));
	fact(frame_of(area + PAGE_SIZE) == zeros, "page 1 is still in frame %lx", zeros);
	fact(pages_of_zeros() == PAGES - WRITTEN, "as are %d others", PAGES - WRITTEN - 1);
	fact(resident_kb() - rss == WRITTEN * 4, "VmRSS grew by %ld KB", resident_kb() - rss);
	fact(area[PAGE_SIZE] == 0 && area[2 * PAGE_SIZE] == 'w',
	     "and what was written is read, and zeros elsewhere");
	return all_facts("zeropage");
}
