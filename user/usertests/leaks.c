/*
 * leaks.c - what the machine holds before and after a test: a test that leaves less behind than it
 * found, of anything counted here, has lost something.
 *
 * Frames and slots of swap are one sum, so that it is the same whether a page is in memory or
 * there: what is free or could be (MemFree, Buffers, Cached without shared memory, SReclaimable,
 * SwapFree, SwapCached of /proc/meminfo). Beside it stand VMAs and other objects of a process
 * (/proc/slabinfo), slots of kmap, areas of vmalloc, promised memory, and System V objects.
 */
#include "usertests.h"

static const char *const objects[] = {
	"vm_area_struct", "mm_struct", "files_struct", "fs_struct",
	"filp", "signal_cache", "sighand_cache", "sigqueue",
};

static const char *const names[NR_STOCKS] = {
	[STOCK_MEMORY] = "KB of memory free", [STOCK_VMALLOC] = "KB of vmalloc in use",
	[STOCK_PROMISED] = "KB promised",     [STOCK_KMAP] = "slots of kmap held",
	[STOCK_SYSV] = "System V objects",
	[STOCK_OBJECTS] = "VMAs",	      "address spaces",
	"tables of descriptors",	      "current directories",
	"open files",			      "processes' signals",
	"processes' handlers",		      "signals",
};

/* The whole of a file; false: it cannot be read. */
static int read_all(const char *path, char *buf, size_t size)
{
	size_t n = 0;
	long got;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return 0;
	while (n < size - 1 && (got = read(fd, buf + n, size - 1 - n)) > 0)
		n += got;
	close(fd);
	buf[n] = 0;
	return n > 0;
}

/* The number behind a label that begins a line; 0: there is none. */
static long number_at(const char *text, const char *label)
{
	size_t n = strlen(label);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, label, n) && (line[n] == ':' || line[n] == ' '))
			return atol(line + n + 1);
	}
	return 0;
}

static long nr_sysv_objects(void)
{
	static const char *const files[] = { "shm", "sem", "msg" };
	static char text[4096];
	char path[32];
	long n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		snprintf(path, sizeof(path), "/proc/sysvipc/%s", files[i]);
		if (!read_all(path, text, sizeof(text)))
			continue;
		for (const char *p = text; (p = strchr(p, '\n')); p++)
			n++;
	}
	return n;
}

static void drop_caches(void)
{
	int fd = open("/proc/sys/vm/drop_caches", O_WRONLY);

	if (fd < 0)
		return;
	sync();
	write(fd, "3\n", 2);
	close(fd);
}

int take_stock(struct stock *s)
{
	static char text[8192];

	drop_caches();
	if (!read_all("/proc/meminfo", text, sizeof(text)))
		return 0;
	s->n[STOCK_MEMORY] = number_at(text, "MemFree") + number_at(text, "Buffers") +
			     number_at(text, "Cached") - number_at(text, "Shmem") +
			     number_at(text, "SReclaimable") + number_at(text, "SwapFree") +
			     number_at(text, "SwapCached");
	s->n[STOCK_VMALLOC] = number_at(text, "VmallocUsed");
	s->n[STOCK_PROMISED] = number_at(text, "Committed_AS");
	if (!read_all("/proc/vmstat", text, sizeof(text)))
		return 0;
	s->n[STOCK_KMAP] = number_at(text, "nr_pkmap_held");
	s->n[STOCK_SYSV] = nr_sysv_objects();
	if (!read_all("/proc/slabinfo", text, sizeof(text)))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(objects); i++)
		s->n[STOCK_OBJECTS + i] = number_at(text, objects[i]);
	return 1;
}

int take_settled_stock(struct stock *s)
{
	struct stock last;

	if (!take_stock(&last))
		return 0;
	for (int i = 0; i < 20; i++) {
		sleep_ms(20);
		take_stock(s);
		if (!memcmp(s, &last, sizeof(last)))
			break;
		last = *s;
	}
	return 1;
}

int stock_is_steady(void)
{
	struct stock first, now;

	if (!take_settled_stock(&first))
		return 0;
	for (int i = 0; i < 5; i++) {
		sleep_ms(20);
		if (!take_stock(&now) || memcmp(&now, &first, sizeof(first)))
			return 0;
	}
	return 1;
}

/* Less memory is promised than was: that is as wrong as more. */
static int is_lost(int i, long had, long has)
{
	if (i == STOCK_PROMISED)
		return has != had;
	return i == STOCK_MEMORY ? has < had : has > had;
}

const char *lost_stock(const struct stock *before, const struct stock *after, long *had, long *has)
{
	for (int i = 0; i < NR_STOCKS; i++) {
		*had = before->n[i];
		*has = after->n[i];
		if (is_lost(i, *had, *has))
			return names[i];
	}
	return NULL;
}
