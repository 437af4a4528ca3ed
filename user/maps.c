/*
 * maps.c - prints the address space of a process and explains each line.
 *
 *	maps [PID]
 *
 * Each line of /proc/PID/maps is one VMA (struct vm_area_struct): start and end, rwx and p(rivate)
 * or s(hared), the offset in the file in bytes, device, inode, name. What the VMA promises is one
 * thing, what is in memory another: the letters below each line are its pages, as <show.h>
 * explains them. Without a PID it shows itself, after making one of each kind of mapping.
 */
#include <fcntl.h>
#include <show.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SHOWN	56		/* pages drawn of a VMA */

struct vma {
	unsigned long start, end;
	char rights[5];
	char name[128];
};

/* Takes one line of the file apart; 0 if it has not the expected form. */
static int parse(const char *line, struct vma *v)
{
	char *p;

	v->start = strtoul(line, &p, 16);
	if (*p != '-')
		return 0;
	v->end = strtoul(p + 1, &p, 16);
	if (*p != ' ' || strlen(p) < 5)
		return 0;
	strlcpy(v->rights, p + 1, sizeof(v->rights));
	p += 5;
	for (int field = 0; field < 3; field++) {	/* offset, device, inode */
		p += strspn(p, " \t");
		p += strcspn(p, " \t\n");
	}
	p += strspn(p, " \t");
	strlcpy(v->name, p, sizeof(v->name));
	v->name[strcspn(v->name, "\n")] = 0;
	return 1;
}

static const char *explain(const struct vma *v)
{
	int writable = v->rights[1] == 'w', executable = v->rights[2] == 'x';

	if (!strcmp(v->name, "[stack]"))
		return "the stack: grows down by itself when touched below, up to a limit";
	if (!strcmp(v->name, "[heap]"))
		return "the heap: what brk() has added behind the data";
	if (v->rights[3] == 's')
		return "shared: a write is seen by every process that maps it";
	if (!v->name[0]) {
		if (!strcmp(v->rights, "---p"))
			return "reserved: any access is a SIGSEGV";
		return writable ? "anonymous memory: zeroes until written, a page made at each "
				  "first touch" : "anonymous, not writable now";
	}
	if (executable)
		return "code, read from the file page by page at the first touch";
	if (writable)
		return "data: comes from the file, and a page is copied at the first write";
	return "from a file, only to be read";
}

/* Of the last one, some pages are written and some only read. */
static void make_examples(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	volatile char *p;

	mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mmap(NULL, 2 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fd >= 0)
		mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE, fd, 0);
	sbrk(2 * PAGE_SIZE);
	p = mmap(NULL, 16 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; p != MAP_FAILED && i < 9; i++) {
		if (i % 3)
			(void)p[i * PAGE_SIZE];
		else
			p[i * PAGE_SIZE] = 'w';
	}
}

static void show(pid_t pid, const struct vma *v)
{
	long pages = (v->end - v->start) / PAGE_SIZE;

	printf("%08lx-%08lx %s %6lu KB  %s\n", v->start, v->end, v->rights,
	       pages * PAGE_SIZE / 1024, v->name);
	printf("  %s\n", explain(v));
	draw_pages(pages > SHOWN ? "the first pages:" : "pages:", pid, (void *)v->start,
		   pages > SHOWN ? SHOWN : pages);
}

int main(int argc, char **argv)
{
	char path[64], line[256];
	unsigned long total = 0;
	struct vma v;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/maps", argc > 1 ? argv[1] : "self");
	if (argc == 1)
		make_examples();
	f = fopen(path, "r");
	if (!f) {
		perror(path);
		return 1;
	}
	while (fgets(line, sizeof(line), f)) {
		if (!parse(line, &v))
			continue;
		show(argc > 1 ? atoi(argv[1]) : 0, &v);
		total += (v.end - v.start) / 1024;
	}
	if (ferror(f)) {
		perror(path);
		return 1;
	}
	fclose(f);
	snprintf(path, sizeof(path), "/proc/%s/status", argc > 1 ? argv[1] : "self");
	printf("%lu KB of address space, of which %ld KB are in memory\n"
	       ". not there  z page of zeros  m mine alone  s shared by several\n"
	       "f of a file  F of a file, mapped by several  w in swap\n", total,
	       number_in(path, "VmRSS"));
	return 0;
}
