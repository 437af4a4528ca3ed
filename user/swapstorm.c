/*
 * swapstorm.c - the story of swapping: more memory than the machine has.
 *
 *	swapstorm [MB]
 *
 * It fills more pages than fit, each with a pattern of its own. The kernel writes old ones to swap
 * and puts the number of the slot into the page table (try_to_swap_out()); a later touch faults and
 * reads the page back (do_swap_page()). At the end every byte is what it was. Without swap there is
 * no storm.
 */
#include <show.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define SHOWN	64
#define WORDS	(PAGE_SIZE / sizeof(unsigned int))

static unsigned int *area;
static long pages;

static long mem(const char *label)
{
	return number_in("/proc/meminfo", label);
}

/* What word w of page i shall hold in that round. */
static unsigned int pattern(long i, unsigned int w, unsigned int round)
{
	return (i * 2654435761u) ^ (w * 40503u) ^ (round << 28);
}

static void fill(long i, unsigned int round)
{
	for (unsigned int w = 0; w < WORDS; w++)
		area[i * WORDS + w] = pattern(i, w, round);
}

static int right(long i, unsigned int round)
{
	for (unsigned int w = 0; w < WORDS; w++)
		if (area[i * WORDS + w] != pattern(i, w, round))
			return 0;
	return 1;
}

/* A sample of the whole area: SHOWN pages, evenly spread. */
static void draw(const char *title)
{
	static char line[SHOWN + 1];
	struct page_view v;

	for (int n = 0; n < SHOWN; n++) {
		look(0, area + n * (pages / SHOWN) * WORDS, &v);
		line[n] = v.swapped ? 'w' : v.present ? 'm' : '.';
	}
	tell("  %s [%s]", title, line);
}

/* How much is asked for: what is free and half of the swap, or what the caller says. */
static void choose_size(int argc, char **argv)
{
	long kb = argc > 1 ? atol(argv[1]) * 1024 : mem("MemAvailable") + mem("SwapFree") / 2;

	pages = kb / 4 / SHOWN * SHOWN;
	area = mmap(NULL, pages * PAGE_SIZE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (area == MAP_FAILED)
		give_up("mmap");
}

int main(int argc, char **argv)
{
	long in = number_in("/proc/vmstat", "pswpin"), out = number_in("/proc/vmstat", "pswpout");
	long good = 0;

	if (mem("SwapTotal") <= 0) {
		tell("swapstorm: this machine has no swap, so there is nothing to show.\n"
		     "Give it some: swapon /dev/hda2");
		return 0;
	}
	choose_size(argc, argv);
	tell("%ld KB of memory and %ld KB of swap; I take %ld KB. One letter is %ld pages.",
	     mem("MemTotal"), mem("SwapTotal"), pages * 4, pages / SHOWN);
	draw("mapped ");

	for (long i = 0; i < pages; i++)
		fill(i, 1);
	draw("filled ");
	fact(number_in("/proc/vmstat", "pswpout") > out, "%ld pages were written to swap",
	     number_in("/proc/vmstat", "pswpout") - out);
	fact(number_in("/proc/self/status", "VmSwap") > 0, "%ld KB of mine are there now",
	     number_in("/proc/self/status", "VmSwap"));

	for (long i = 0; i < pages; i += 3)		/* every third page changes */
		fill(i, 2);
	draw("changed");
	for (long i = 0; i < pages; i++)
		good += right(i, i % 3 ? 1 : 2);
	draw("checked");
	fact(number_in("/proc/vmstat", "pswpin") > in, "%ld pages were read back",
	     number_in("/proc/vmstat", "pswpin") - in);
	fact(good == pages, "%ld of %ld pages hold what was written to them", good, pages);
	return all_facts("swapstorm");
}
