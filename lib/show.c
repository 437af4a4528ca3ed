/*
 * lib/show.c - looking at pages and frames, and telling about them; see show.h.
 *
 * The words of pagemap, kpagecount and kpageflags are drawn in fs/proc/pagemap.c of the kernel.
 */
#include <errno.h>
#include <fcntl.h>
#include <show.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PM_PRESENT	(1ULL << 63)
#define PM_SWAP		(1ULL << 62)
#define PM_FILE		(1ULL << 61)
#define PM_EXCLUSIVE	(1ULL << 56)
#define PM_FRAME	((1ULL << 55) - 1)
#define KPF_ZERO_PAGE	(1ULL << 24)

/* In shared memory, so that the facts of children count. */
struct sum {
	int facts, wrong;
};

static struct sum *sum;

/* ---- pages and frames ---- */

/* The 64-bit word number `index` of a file; 0, or -1. */
static int read_word(const char *path, unsigned long index, uint64_t *word)
{
	int fd = open(path, O_RDONLY), n;

	if (fd < 0)
		return -1;
	n = pread(fd, word, sizeof(*word), (off_t)index * sizeof(*word));
	close(fd);
	return n == sizeof(*word) ? 0 : -1;
}

static const char *proc_path(pid_t pid, const char *name, char *buf, size_t size)
{
	if (pid)
		snprintf(buf, size, "/proc/%d/%s", pid, name);
	else
		snprintf(buf, size, "/proc/self/%s", name);
	return buf;
}

int look(pid_t pid, const volatile void *addr, struct page_view *v)
{
	uint64_t word, flags = 0;
	char path[32];

	memset(v, 0, sizeof(*v));
	if (read_word(proc_path(pid, "pagemap", path, sizeof(path)),
		      (unsigned long)addr / PAGE_SIZE, &word))
		return -1;
	v->present = (word & PM_PRESENT) != 0;
	v->swapped = (word & PM_SWAP) != 0;
	v->of_file = (word & PM_FILE) != 0;
	v->alone = (word & PM_EXCLUSIVE) != 0;
	v->frame = (unsigned long)(word & PM_FRAME);
	if (v->present && !read_word("/proc/kpageflags", v->frame, &flags))
		v->zeros = (flags & KPF_ZERO_PAGE) != 0;
	return 0;
}

unsigned long frame_of(const volatile void *addr)
{
	struct page_view v;

	return look(0, addr, &v) == 0 && v.present ? v.frame : 0;
}

int users_of(unsigned long frame)
{
	uint64_t count;

	return read_word("/proc/kpagecount", frame, &count) ? -1 : (int)count;
}

int present_pages(const volatile void *addr, int n)
{
	int present = 0;

	for (int i = 0; i < n; i++)
		present += frame_of((const volatile char *)addr + i * PAGE_SIZE) != 0;
	return present;
}

static char letter(const struct page_view *v)
{
	if (v->swapped)
		return 'w';
	if (!v->present)
		return '.';
	if (v->zeros)
		return 'z';
	if (v->of_file)
		return v->alone ? 'f' : 'F';
	return v->alone ? 'm' : 's';
}

void draw_pages(const char *title, pid_t pid, const volatile void *addr, int n)
{
	struct page_view v;

	printf("  %s [", title);
	for (int i = 0; i < n; i++) {
		look(pid, (const volatile char *)addr + i * PAGE_SIZE, &v);
		putchar(letter(&v));
	}
	printf("]\n");
	fflush(stdout);
}

/* ---- numbers ---- */

long number_in(const char *path, const char *label)
{
	FILE *f = fopen(path, "r");
	size_t len = strlen(label);
	char line[128];
	long number = -1;

	while (f && number < 0 && fgets(line, sizeof(line), f))
		if (!strncmp(line, label, len) && (line[len] == ':' || line[len] == ' '))
			number = atol(line + len + 1);
	if (f)
		fclose(f);
	return number;
}

long page_faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt + usage.ru_majflt;
}

/* ---- the story ---- */

void tell(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

static struct sum *get_sum(void)
{
	if (!sum) {
		sum = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			   -1, 0);
		if (sum == MAP_FAILED)
			give_up("mmap");
	}
	return sum;
}

void fact(int holds, const char *fmt, ...)
{
	va_list args;

	get_sum()->facts++;
	get_sum()->wrong += !holds;
	fputs(holds ? "    ok  " : "    NO  ", stdout);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

int all_facts(const char *program)
{
	struct sum *s = get_sum();

	if (s->wrong)
		tell("%s: %d of %d facts are WRONG", program, s->wrong, s->facts);
	else
		tell("%s: %d facts, all true", program, s->facts);
	return s->wrong != 0;
}

void as_child(void (*body)(void *), void *arg)
{
	int status;
	pid_t pid;

	get_sum();
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		give_up("fork");
	if (pid == 0) {
		body(arg);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid || status != 0)
		fact(0, "the child has not come to its end, its status is %x", status);
}

void give_up(const char *what)
{
	perror(what);
	exit(2);
}
