/*
 * demandload.c - the story of demand loading: a program is not read into memory, it is mapped.
 *
 * execve() makes VMAs and reads nothing. A page of code comes when it is first executed, by a fault
 * (do_no_page() in mm/memory.c), from the page cache, which asks the disk if it must
 * (filemap_nopage() in mm/filemap.c). Here each room() stands on a page of its own, so that one
 * call is one page. Two processes that run the same program run the same frames.
 */
#include <show.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROOM	__attribute__((noinline, aligned(PAGE_SIZE), section(".text.rooms")))

ROOM static int room0(int n) { return n + 1; }
ROOM static int room1(int n) { return n * 2; }
ROOM static int room2(int n) { return n - 3; }
ROOM static int room3(int n) { return n * n; }
ROOM static int room4(int n) { return n ^ 5; }
/* Shares its page with whatever the linker puts behind it. */
ROOM static int lobby(int n) { return n; }

static int (*const volatile rooms[])(int) = { room0, room1, room2, room3, room4, lobby };

#define NR_ROOMS	5

/* A pointer to a function as one to bytes. */
static const char *place(int room)
{
	return (const char *)(unsigned long)rooms[room];
}

static void show_rooms(const char *title)
{
	draw_pages(title, 0, place(0), NR_ROOMS);
}

static long disk_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_majflt;
}

/* Enters a room whose page is not there yet. */
static void enter(int room)
{
	long start = page_faults(), waited = disk_faults();
	int answer = rooms[room](7);
	long took = page_faults() - start;

	waited = disk_faults() - waited;
	show_rooms("after the call ");
	fact(took == 1, "room%d(7) gave %d and took %ld fault; the disk was %s", room, answer, took,
	     waited ? "waited for" : "not needed: the page was in the page cache");
	fact(frame_of(place(room)) != 0, "its code is in frame %lx", frame_of(place(room)));
}

static void child(void *arg)
{
	unsigned long mine, *parents = arg;

	tell("child:  I am a copy of that process, and have not been in room1.");
	show_rooms("child's rooms  ");
	rooms[1](1);
	mine = frame_of(place(1));
	fact(mine == *parents, "room1 is in frame %lx for both of us", mine);
	fact(users_of(mine) == 2, "which has two users");
}

int main(void)
{
	unsigned long frame;

	tell("I am running, and of my %d rooms none was ever read by me:", NR_ROOMS);
	show_rooms("at the start   ");
	fact(present_pages(place(0), NR_ROOMS) == 0, "no page table entry for any of them");
	tell("I call room3.");
	enter(3);
	tell("I call room1.");
	enter(1);
	fact(present_pages(place(0), NR_ROOMS) == 2, "the other three are still not there");
	frame = frame_of(place(1));
	as_child(child, &frame);
	fact(present_pages(place(0), NR_ROOMS) == 2, "what the child did changed nothing here");
	return all_facts("demandload");
}
