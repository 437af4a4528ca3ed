/*
 * show.h - what a program can find out about its own memory, and how it tells.
 *
 * The demonstrations in user/ are stories about pages. They look at /proc/PID/pagemap (which frame
 * is behind an address) and at /proc/kpagecount and kpageflags (who else has the frame), and what
 * they claim they check: fact() prints "ok" or "NO", and the program ends with the sum of them.
 *
 *	struct page_view v;
 *	p[0] = 1;
 *	look(0, p, &v);
 *	fact(v.present && users_of(v.frame) == 1, "the page is mine alone, in frame %lx", v.frame);
 *	return all_facts("demo");
 */
#ifndef _SHOW_H
#define _SHOW_H

#include <sys/types.h>

#define PAGE_SIZE	4096

/* A page of a process: where it is. */
struct page_view {
	int present;		/* a frame is behind it */
	int swapped;		/* it lies in swap; frame is then the slot */
	int of_file;		/* the frame belongs to a file or to shared memory */
	int alone;		/* no other page table entry maps the frame */
	int zeros;		/* it is the one frame of zeros that all processes share */
	unsigned long frame;
};

/* Fills in *v for an address of a process (0: this one). 0, or -1: it may not be looked at. */
int look(pid_t pid, const volatile void *addr, struct page_view *v);
/* The frame behind an address of this process, 0 when there is none. */
unsigned long frame_of(const volatile void *addr);
/* How many page table entries map a frame. */
int users_of(unsigned long frame);
/* How many of n pages have a frame. */
int present_pages(const volatile void *addr, int n);
/*
 * Prints a line with a letter for each of n pages of a process:
 *	. nothing there		z the page of zeros	w in swap
 *	m mine alone		s shared by several	f of a file, mapped once
 *	F of a file (or shared memory), mapped by several
 */
void draw_pages(const char *title, pid_t pid, const volatile void *addr, int n);

/*
 * The number behind a label at the beginning of a line of a file of /proc, -1 when there is none.
 */
long number_in(const char *path, const char *label);
/* Page faults of this process so far. */
long page_faults(void);

/* Prints a line of the story at once, so that those of parent and child come in their order. */
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A claim of the story: printed with "ok" when it holds, "NO" when it does not, and counted. */
void fact(int holds, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Prints the sum and returns the exit status: 0 when every fact held. */
int all_facts(const char *program);
/* Runs body(arg) in a child and waits for its end. Its facts count. */
void as_child(void (*body)(void *), void *arg);
/* Prints what failed and why (errno), and ends the program with status 2. */
void give_up(const char *what) __attribute__((noreturn));

#endif
