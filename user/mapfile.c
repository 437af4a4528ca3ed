/*
 * mapfile.c - the story of a mapped file: read(), write() and mmap() mean one and the same frame.
 *
 * The data of a file lies in the page cache, once. A shared mapping puts just these frames
 * into the page table; a private one does too, until it is written to: then that page is copied and
 * the file never hears of it. (mm/filemap.c, mm/page_cache.c, do_no_page() in mm/memory.c.)
 */
#include <fcntl.h>
#include <show.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FILE_NAME	"mapfile.tmp"
#define PAGES		8

static int fd;
static volatile char *shared, *private;

static volatile char *map(int flags)
{
	void *p = mmap(NULL, PAGES * PAGE_SIZE, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (p == MAP_FAILED)
		give_up("mmap");
	return p;
}

/* What read() finds at the beginning of page i. */
static char read_letter(int i)
{
	char c = 0;

	if (pread(fd, &c, 1, i * PAGE_SIZE) != 1)
		give_up(FILE_NAME);
	return c;
}

/* A file with the letter 'a' + i all over page i. */
static void make_file(void)
{
	char page[PAGE_SIZE];

	fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		give_up(FILE_NAME);
	unlink(FILE_NAME);
	for (int i = 0; i < PAGES; i++) {
		memset(page, 'a' + i, PAGE_SIZE);
		if (write(fd, page, PAGE_SIZE) != PAGE_SIZE)
			give_up(FILE_NAME);
	}
}

static void draw(void)
{
	draw_pages("shared ", 0, shared, PAGES);
	draw_pages("private", 0, private, PAGES);
}

static void child(void *arg)
{
	(void)arg;
	tell("child:  I have inherited both mappings and store 'C' through the shared one.");
	shared[3 * PAGE_SIZE] = 'C';
	fact(frame_of(shared + 3 * PAGE_SIZE) != 0, "page 3 is in frame %lx",
	     frame_of(shared + 3 * PAGE_SIZE));
}

int main(void)
{
	unsigned long frame;

	make_file();
	shared = map(MAP_SHARED);
	private = map(MAP_PRIVATE);
	tell("A file of %d pages is mapped twice, shared and private. Nothing is touched:", PAGES);
	draw();

	tell("I read page 0 through both.");
	fact(shared[0] == 'a' && private[0] == 'a', "both see the file");
	draw();
	frame = frame_of(shared);
	fact(frame_of(private) == frame, "in the same frame %lx: that of the page cache", frame);

	tell("I store 'S' through the shared one.");
	shared[0] = 'S';
	fact(read_letter(0) == 'S', "read() sees it at once");
	fact(private[0] == 'S', "and so does the private mapping");
	fact(frame_of(shared) == frame, "nothing has moved");

	tell("I store 'P' through the private one.");
	private[0] = 'P';
	draw();
	fact(frame_of(private) != frame, "its page 0 has a frame of its own now: %lx",
	     frame_of(private));
	fact(read_letter(0) == 'S' && shared[0] == 'S', "the file has not heard of it");

	tell("I call write() for page 1.");
	if (pwrite(fd, "W", 1, PAGE_SIZE) != 1)
		give_up(FILE_NAME);
	fact(shared[PAGE_SIZE] == 'W' && private[PAGE_SIZE] == 'W', "both mappings see it");

	as_child(child, NULL);
	fact(shared[3 * PAGE_SIZE] == 'C' && read_letter(3) == 'C',
	     "parent: I see the child's store");
	fact(msync((void *)shared, PAGES * PAGE_SIZE, MS_SYNC) == 0,
	     "msync() has put it all where the file lives");
	draw();
	return all_facts("mapfile");
}
