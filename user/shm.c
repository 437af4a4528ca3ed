/*
 * shm.c - the story of shared memory: two processes, two addresses, one frame.
 *
 * A mapping that is MAP_SHARED and MAP_ANONYMOUS is not copied by fork: behind it stands a file
 * without a name, whose pages are the same for all who map them (mm/shmem.c). Each process finds
 * them through page table entries of its own, so the addresses need not agree. A pointer in shared
 * memory means nothing to the other side; a frame does.
 */
#include <show.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGES	8
#define TEXT	"written by the child"

static volatile char *shared, *mine;

static void map_both(void)
{
	int rights = PROT_READ | PROT_WRITE;
	void *a = mmap(NULL, PAGES * PAGE_SIZE, rights, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	void *b = mmap(NULL, PAGES * PAGE_SIZE, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (a == MAP_FAILED || b == MAP_FAILED)
		give_up("mmap");
	shared = a;
	mine = b;
}

static void draw(const char *who)
{
	tell("%s", who);
	draw_pages("shared ", 0, shared, PAGES);
	draw_pages("private", 0, mine, PAGES);
}

static void child(void *arg)
{
	unsigned long parents = *(unsigned long *)arg;
	volatile char *there;

	fact(frame_of(shared) == 0, "child:  fork left my entry for the shared page empty");
	fact(shared[0] == 's', "a fault finds the page: it holds the parent's letter");
	fact(frame_of(shared) == parents, "it is the same frame, %lx", parents);
	fact(users_of(parents) == 2, "which has two users now");

	there = mremap((void *)shared, PAGES * PAGE_SIZE, PAGES * PAGE_SIZE,
		       MREMAP_MAYMOVE | MREMAP_FIXED, (void *)0x60000000);
	if (there == MAP_FAILED)
		give_up("mremap");
	fact(frame_of(there) == parents, "I move my mapping from %p to %p: still frame %lx",
	     (void *)shared, (void *)there, parents);
	shared = there;
	strcpy((char *)shared + PAGE_SIZE, TEXT);
	strcpy((char *)mine + PAGE_SIZE, TEXT);
	draw("child:  I have written a line into page 1 of both:");
}

int main(void)
{
	unsigned long frame;

	map_both();
	shared[0] = 's';
	mine[0] = 'm';
	draw("parent: page 0 of a shared and of a private mapping is written, then I fork.");
	frame = frame_of(shared);
	in_child(child, &frame);
	draw("parent: the child has ended. My pages:");
	fact(users_of(frame) == 1, "frame %lx has one user again", frame);
	fact(present_pages(shared + PAGE_SIZE, 1) == 0, "I have no entry for shared page 1 yet");
	fact(!strcmp((char *)shared + PAGE_SIZE, TEXT), "but it holds \"%s\"", (char *)shared + PAGE_SIZE);
	fact(mine[PAGE_SIZE] == 0, "of private page 1 I see nothing: that was the child's copy");
	draw("parent: after reading:");
	munmap((void *)shared, PAGES * PAGE_SIZE);
	fact(users_of(frame) == 0, "after munmap() frame %lx has no user left", frame);
	return all_facts("shm");
}
