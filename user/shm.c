/*
 * shm.c - the story of shared memory: two processes, two addresses, one frame.
 *
 * There are three ways to it. A MAP_SHARED | MAP_ANONYMOUS mapping is inherited over fork;
 * shm_open() gives a name in /dev/shm; shmget() a System V key. Behind all of them stands a file
 * that is only in memory (mm/shmem.c), and each process finds its pages through page table entries
 * of its own. So the addresses need not agree: a pointer in shared memory means nothing to the
 * other side, a frame does.
 */
#include <fcntl.h>
#include <show.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#define PAGES	8
#define SIZE	(PAGES * PAGE_SIZE)
#define NAME	"/shm.demo"
#define TEXT	"written by the child"
#define RIGHTS	(PROT_READ | PROT_WRITE)

static volatile char *shared, *mine;

static void *check_map(void *p)
{
	if (p == MAP_FAILED)
		give_up("no mapping");
	return p;
}

static void draw(const char *who)
{
	tell("%s", who);
	draw_pages("shared ", 0, shared, PAGES);
	draw_pages("private", 0, mine, PAGES);
}

/* ---- inherited ---- */

static void child(void *arg)
{
	unsigned long parents = *(unsigned long *)arg;
	volatile char *there = (char *)0x60000000;

	fact(frame_of(shared) == 0, "child:  fork left my entry for the shared page empty");
	fact(shared[0] == 's', "a fault finds the page: it holds the parent's letter");
	fact(frame_of(shared) == parents, "it is the same frame, %lx", parents);
	fact(users_of(parents) == 2, "which has two users now");

	check_map(mremap((void *)shared, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, there));
	fact(frame_of(there) == parents, "I move my mapping from %p to %p: still frame %lx",
	     (void *)shared, (void *)there, parents);
	shared = there;
	strcpy((char *)shared + PAGE_SIZE, TEXT);
	strcpy((char *)mine + PAGE_SIZE, TEXT);
	draw("child:  I have written a line into page 1 of both:");
}

static void inherited(void)
{
	unsigned long frame;

	shared = check_map(mmap(NULL, SIZE, RIGHTS, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	mine = check_map(mmap(NULL, SIZE, RIGHTS, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	shared[0] = 's';
	mine[0] = 'm';
	draw("parent: page 0 of a shared and of a private mapping is written, then I fork.");
	frame = frame_of(shared);
	as_child(child, &frame);
	draw("parent: the child has ended. My pages:");
	fact(users_of(frame) == 1, "frame %lx has one user again", frame);
	fact(frame_of(shared + PAGE_SIZE) == 0, "I have no entry for shared page 1 yet");
	fact(!strcmp((char *)shared + PAGE_SIZE, TEXT), "but it holds \"%s\"",
	     (char *)shared + PAGE_SIZE);
	fact(mine[PAGE_SIZE] == 0, "of private page 1 I see nothing: that was the child's copy");
	draw("parent: after reading:");
}

/* ---- by name ---- */

/* Two mappings of one thing, as two strangers who know its name would have them. */
static void strangers(const char *how, volatile char *a, volatile char *b)
{
	tell("%s: at %p and at %p.", how, (void *)a, (void *)b);
	strcpy((char *)a, TEXT);
	fact(!strcmp((char *)b, TEXT), "what is written at the one is read at the other");
	fact(frame_of(a) == frame_of(b) && users_of(frame_of(a)) == 2,
	     "both are frame %lx, which has two users", frame_of(a));
}

static void by_file_name(void)
{
	int fd = shm_open(NAME, O_RDWR | O_CREAT | O_EXCL, 0600), again;

	if (fd < 0 || ftruncate(fd, SIZE) || (again = shm_open(NAME, O_RDWR, 0)) < 0)
		give_up("/dev/shm" NAME);
	strangers("shm_open(\"" NAME "\") twice",
		  check_map(mmap(NULL, SIZE, RIGHTS, MAP_SHARED, fd, 0)),
		  check_map(mmap(NULL, SIZE, RIGHTS, MAP_SHARED, again, 0)));
	shm_unlink(NAME);
}

static void by_key(void)
{
	int id = shmget(IPC_PRIVATE, SIZE, 0600);

	if (id < 0)
		give_up("shmget");
	strangers("shmat() twice", check_map(shmat(id, NULL, 0)), check_map(shmat(id, NULL, 0)));
	shmctl(id, IPC_RMID, NULL);
}

int main(void)
{
	inherited();
	by_file_name();
	by_key();
	return all_facts("shm");
}
