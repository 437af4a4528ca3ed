/*
 * model.c - an address space against a model of it: random mmap, munmap, mprotect, mremap, madvise,
 * stores and forks in a window of 64 pages, of which the model knows what each page must be.
 *
 * After every round the window's lines of /proc/self/maps must say what the model says, VMA for
 * VMA: neighbours that are alike stand in one line, others do not. Pages are read and compared, and
 * accesses that must fail are tried. A child goes on with a copy of the model; what it stores in
 * shared pages, the parent's model learns through shared memory.
 *
 * A failure names seed and round; MODEL_SEED=N in the environment repeats that run.
 */
#include "usertests.h"
#include <stdarg.h>

#define BASE		((char *)0x40000000)
#define PAGES		64
#define ADDR(i)		(BASE + (i) * PAGE)
#define MAX_RUN		12		/* pages an operation is about, at most */

/*
 * Objects are what mappings are of: files, and shared memory without a name. Parent and child
 * make shared memory under different numbers.
 */
#define NR_FILES	2
#define NR_OBJECTS	34
#define PER_PROCESS	16
#define OBJECT_PAGES	24
#define ANON		-1
#define STEP		PAGE	/* between two values: larger than the offsets added to them */

#define CHILD_ROUNDS	20
#define FULL_CHECK	50		/* rounds between two looks at all pages */

struct page {
	int mapped, prot, shared;
	int object, index;		/* ANON, or which page of what */
	int own;			/* a private page that was stored to */
	unsigned int value;		/* what an own page holds */
};

static struct page pages[PAGES];
struct shared {
	unsigned int value[NR_OBJECTS][OBJECT_PAGES];
};

static struct shared *shared;
static unsigned long inode[NR_OBJECTS];	/* 0: not seen yet */
static int size[NR_OBJECTS];		/* pages; 0: not in use */
static int files[NR_FILES], maps_fd, first_object;
static unsigned int seed, last_value;
static int round_nr;
static char last_op[100];

#define WRONG(fmt, ...) fail_at(__FILE__, __LINE__, "seed %u, round %d of %d, after %s: " fmt, \
				seed, round_nr, getpid(), last_op, __VA_ARGS__)

static int pick(int n)
{
	return (rand() >> 4) % n;
}

static int pick_prot(void)
{
	static const int prots[] = {
		PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE,
		PROT_READ | PROT_EXEC, PROT_READ | PROT_WRITE | PROT_EXEC, PROT_WRITE,
	};

	return prots[pick(ARRAY_SIZE(prots))];
}

/* A range of the window: first page and length. */
static void pick_range(int *first, int *n)
{
	*n = 1 + pick(MAX_RUN);
	*first = pick(PAGES - *n + 1);
}

static void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(last_op, sizeof(last_op), fmt, args);
	va_end(args);
}

/* The call gave what it had to give: an address or 0, or -1 and that errno. */
static void expect_result(long expected, int error, long seen)
{
	int seen_error = seen == -1 ? errno : 0;

	if (error ? seen_error != error : seen != expected)
		WRONG("expected %#lx or errno %d, saw %#lx and errno %d", expected, error, seen,
		      seen_error);
}

/* ---- what a page holds: the same value, plus the offset, in some of its words; 0 is zeros ---- */

static const int offsets[] = { 0, 1024, PAGE - 4 };

static unsigned int value_of(const struct page *p)
{
	if (p->object == ANON || p->own)
		return p->value;
	return shared->value[p->object][p->index];
}

static void check_contents(int i)
{
	unsigned int value = value_of(&pages[i]);

	if (!pages[i].mapped || !(pages[i].prot & PROT_READ))
		return;
	for (size_t k = 0; k < ARRAY_SIZE(offsets); k++) {
		unsigned int expected = value ? value + offsets[k] : 0;
		unsigned int seen = *(volatile unsigned int *)(ADDR(i) + offsets[k]);

		if (seen != expected)
			WRONG("expected page %d to hold %#x at %d, saw %#x", i, expected,
			      offsets[k], seen);
	}
}

static void store(int i)
{
	struct page *p = &pages[i];
	unsigned int value = last_value += STEP;

	for (size_t k = 0; k < ARRAY_SIZE(offsets); k++)
		*(volatile unsigned int *)(ADDR(i) + offsets[k]) = value + offsets[k];
	if (p->shared) {
		shared->value[p->object][p->index] = value;
	} else {
		p->own = 1;
		p->value = value;
	}
}

/* An access that the page does not allow, if there is one. */
static void check_rights(int i)
{
	const struct page *p = &pages[i];
	enum access access = p->mapped && (p->prot & PROT_READ) ? WRITE : READ;
	int code = p->mapped ? SEGV_ACCERR : SEGV_MAPERR;
	struct fault f;

	if (p->mapped && p->prot != PROT_NONE && (access == READ || (p->prot & PROT_WRITE)))
		return;
	if (!faults(ADDR(i), access, &f))
		WRONG("expected a fault at page %d, saw none", i);
	if (f.sig != SIGSEGV || f.code != code || f.addr != ADDR(i))
		WRONG("expected SIGSEGV, code %d, at page %d, saw signal %d, code %d, at %p",
		      code, i, f.sig, f.code, f.addr);
}

/* ---- /proc/self/maps against the model ---- */

struct line {
	unsigned long start, end, offset, inode;
	int prot, shared;
};

/* Takes the line at *text apart and moves *text to the next. 0: there is no more. */
static int next_line(char **text, struct line *l)
{
	char *p = *text;

	if (!*p)
		return 0;
	l->start = strtoul(p, &p, 16);
	l->end = strtoul(p + 1, &p, 16);
	l->prot = (p[1] == 'r' ? PROT_READ : 0) | (p[2] == 'w' ? PROT_WRITE : 0) |
		  (p[3] == 'x' ? PROT_EXEC : 0);
	l->shared = p[4] == 's';
	l->offset = strtoul(p + 5, &p, 16);
	p = strchr(p + 1, ' ');			/* over the device */
	l->inode = strtoul(p, &p, 10);
	p = strchr(p, '\n');
	*text = p + 1;
	return 1;
}

/* Would one VMA hold page i and the one before it? */
static int continues(int i)
{
	const struct page *p = &pages[i - 1], *q = &pages[i];

	return p->mapped && q->mapped && p->prot == q->prot && p->shared == q->shared &&
	       p->object == q->object && (p->object == ANON || p->index + 1 == q->index);
}

/* Pages from i on that one VMA must hold. */
static int run_length(int i)
{
	int n = 1;

	while (i + n < PAGES && continues(i + n))
		n++;
	return n;
}

static void check_line(int i, const struct line *l)
{
	const struct page *p = &pages[i];
	int n = run_length(i);
	unsigned long offset = p->object == ANON ? 0 : p->index * PAGE;

	if (l->start != (unsigned long)ADDR(i) || l->end != (unsigned long)ADDR(i + n))
		WRONG("expected a VMA %p-%p, saw %#lx-%#lx", ADDR(i), ADDR(i + n), l->start,
		      l->end);
	if (l->prot != p->prot || l->shared != p->shared || l->offset != offset)
		WRONG("expected page %d with rights %d, shared %d, offset %#lx, saw %d, %d, %#lx",
		      i, p->prot, p->shared, offset, l->prot, l->shared, l->offset);
	if (p->object != ANON && !inode[p->object])
		inode[p->object] = l->inode;
	if (l->inode != (p->object == ANON ? 0 : inode[p->object]))
		WRONG("expected page %d of inode %lu, saw inode %lu", i,
		      p->object == ANON ? 0 : inode[p->object], l->inode);
}

static void check_maps(void)
{
	static char buf[16384];
	char *text = buf;
	struct line l;
	int i = 0, n = pread(maps_fd, buf, sizeof(buf) - 1, 0);

	if (n <= 0 || n == sizeof(buf) - 1)
		WRONG("expected to read /proc/self/maps, saw %d", n);
	buf[n] = 0;
	while (next_line(&text, &l)) {
		if (l.end <= (unsigned long)BASE || l.start >= (unsigned long)ADDR(PAGES))
			continue;
		while (i < PAGES && !pages[i].mapped)
			i++;
		if (i == PAGES)
			WRONG("expected no more VMAs, saw %#lx-%#lx", l.start, l.end);
		check_line(i, &l);
		i += run_length(i);
	}
	for (; i < PAGES; i++)
		if (pages[i].mapped)
			WRONG("expected page %d to be mapped, saw no VMA", i);
}

static void check_all(void)
{
	for (int i = 0; i < PAGES; i++) {
		check_contents(i);
		check_rights(i);
	}
}

/* ---- the operations, on the address space and on the model ---- */

static int any_mapped(int first, int n)
{
	int found = 0;

	for (int i = first; i < first + n; i++)
		found += pages[i].mapped;
	return found;
}

static void model_unmap(int first, int n)
{
	memset(&pages[first], 0, n * sizeof(pages[0]));
}

static void model_map(int first, int n, struct page p)
{
	p.mapped = 1;
	for (int i = first; i < first + n; i++) {
		pages[i] = p;
		p.index++;
	}
}

/* An object that shared memory can be: one that no page is of. */
static int new_object(int n)
{
	for (int o = first_object; o < first_object + PER_PROCESS; o++) {
		int used = 0;

		for (int i = 0; i < PAGES; i++)
			used |= pages[i].mapped && pages[i].object == o;
		if (used)
			continue;
		inode[o] = 0;
		size[o] = n;
		memset(shared->value[o], 0, sizeof(shared->value[o]));
		return o;
	}
	return ANON;
}

static void op_map(void)
{
	int first, n, kind = pick(4), flags = MAP_FIXED, fd = -1, error = 0;
	struct page p = { .prot = pick_prot(), .object = ANON };

	pick_range(&first, &n);
	if (kind == 0) {
		p.object = new_object(n);
		p.shared = p.object != ANON;
	} else if (kind == 1) {
		p.object = pick(NR_FILES);
		p.index = pick(OBJECT_PAGES - n + 1);
		p.shared = pick(2);
		fd = files[p.object];
	}
	if (pick(4) == 0) {
		flags = MAP_FIXED_NOREPLACE;
		error = any_mapped(first, n) ? EEXIST : 0;
	} else if (pick(4) == 0 && !any_mapped(first, n)) {
		flags = 0;				/* a hint that can be followed */
	}
	flags |= (p.shared ? MAP_SHARED : MAP_PRIVATE) | (fd < 0 ? MAP_ANONYMOUS : 0);
	note("mmap %d+%d prot %d flags %#x object %d", first, n, p.prot, flags, p.object);
	expect_result((long)ADDR(first), error,
		      (long)mmap(ADDR(first), n * PAGE, p.prot, flags, fd, p.index * PAGE));
	if (!error)
		model_map(first, n, p);
}

static void op_unmap(void)
{
	int first, n;

	pick_range(&first, &n);
	note("munmap %d+%d", first, n);
	expect_result(0, 0, munmap(ADDR(first), n * PAGE));
	model_unmap(first, n);
}

/* Goes up to the first hole, and fails there. */
static void op_protect(void)
{
	int first, n, i, prot = pick_prot();

	pick_range(&first, &n);
	note("mprotect %d+%d to %d", first, n, prot);
	expect_result(0, any_mapped(first, n) < n ? ENOMEM : 0,
		      mprotect(ADDR(first), n * PAGE, prot));
	for (i = first; i < first + n && pages[i].mapped; i++)
		pages[i].prot = prot;
}

/* Private pages lose what was stored; holes are passed over, and told. */
static void op_dontneed(void)
{
	int first, n;

	pick_range(&first, &n);
	note("madvise %d+%d", first, n);
	expect_result(0, any_mapped(first, n) < n ? ENOMEM : 0,
		      madvise(ADDR(first), n * PAGE, MADV_DONTNEED));
	for (int i = first; i < first + n; i++)
		pages[i].own = pages[i].value = 0;
}

static void op_store(void)
{
	int first, n;

	pick_range(&first, &n);
	note("stores to %d+%d", first, n);
	for (int i = first; i < first + n; i++)
		if (pages[i].mapped && (pages[i].prot & PROT_WRITE))
			store(i);
}

/* Model: `n` pages from `first` become `m` pages at `to`, where they do not overlap. */
static void model_move(int first, int n, int to, int m)
{
	struct page moved[PAGES], more = pages[first + n - 1];

	memcpy(moved, &pages[first], n * sizeof(moved[0]));
	model_unmap(first, n);
	model_unmap(to, m);
	memcpy(&pages[to], moved, (n < m ? n : m) * sizeof(moved[0]));
	more.own = more.value = 0;
	more.index++;
	if (m > n)
		model_map(to + n, m - n, more);
}

/* Is there something to map for a run that begins with page i and is n pages long? */
static int object_has(int i, int n)
{
	int object = pages[i].object;

	if (object == ANON)
		return 1;
	return pages[i].index + n <= (object < NR_FILES ? OBJECT_PAGES : size[object]);
}

/* Moves to a place of ours, or first to one that the kernel chooses. */
static void op_move(int first, int n)
{
	int m = 1 + pick(MAX_RUN), to, overlap, fixed = MREMAP_MAYMOVE | MREMAP_FIXED;
	char *from = ADDR(first);

	if (!object_has(first, m))
		m = n;
	to = pick(PAGES - m + 1);
	overlap = to < first + n && first < to + m;
	note("mremap %d+%d to %d+%d", first, n, to, m);
	if (!overlap && m > n && any_mapped(first + n, 1)) {
		from = mremap(from, n * PAGE, m * PAGE, MREMAP_MAYMOVE);
		if (from == MAP_FAILED || from == ADDR(first))
			WRONG("expected a new place, saw %p", from);
		expect_result((long)ADDR(to), 0,
			      (long)mremap(from, m * PAGE, m * PAGE, fixed, ADDR(to)));
	} else {
		expect_result((long)ADDR(to), overlap ? EINVAL : 0,
			      (long)mremap(from, n * PAGE, m * PAGE, fixed, ADDR(to)));
	}
	if (!overlap)
		model_move(first, n, to, m);
}

/* Grows or shrinks where it is. */
static void op_resize(int first, int n)
{
	struct page more = pages[first + n - 1];
	int m = 1 + pick(MAX_RUN), error = 0;

	if (first + m > PAGES || !object_has(first, m))
		return;
	if (m > n && any_mapped(first + n, m - n))
		error = ENOMEM;
	note("mremap %d+%d to size %d", first, n, m);
	expect_result((long)ADDR(first), error, (long)mremap(ADDR(first), n * PAGE, m * PAGE, 0));
	if (error)
		return;
	if (m < n)
		model_unmap(first + m, n - m);
	more.own = more.value = 0;
	more.index++;
	if (m > n)
		model_map(first + n, m - n, more);
}

static void op_remap(void)
{
	int first, n, run;

	pick_range(&first, &n);
	run = pages[first].mapped ? run_length(first) : 0;
	if (run < n && first + n < PAGES) {
		note("mremap %d+%d, which is no VMA", first, n);
		expect_result(0, EFAULT, (long)mremap(ADDR(first), n * PAGE, (n + 1) * PAGE, 0));
		n = run;
	}
	if (n > run || n == 0)
		return;
	if (pick(2))
		op_move(first, n);
	else
		op_resize(first, n);
}

/* ---- rounds ---- */

static void rounds(int n, int may_fork);

static void child(void *arg)
{
	(void)arg;
	close(maps_fd);
	maps_fd = EXPECT_OK(open("/proc/self/maps", O_RDONLY));
	first_object += PER_PROCESS;
	check_all();
	rounds(CHILD_ROUNDS, 0);
}

/* The child's stores to shared pages got values of its own; the parent goes on behind them. */
static void op_fork(void)
{
	note("fork");
	last_value += STEP * CHILD_ROUNDS * MAX_RUN;
	in_child(child, NULL);
	last_value += STEP * CHILD_ROUNDS * MAX_RUN;
	check_all();
}

static void one_round(int may_fork)
{
	int what = pick(100);

	if (what < 24)
		op_map();
	else if (what < 34)
		op_unmap();
	else if (what < 54)
		op_protect();
	else if (what < 74)
		op_store();
	else if (what < 78)
		op_dontneed();
	else if (what < 99 || !may_fork)
		op_remap();
	else
		op_fork();
}

static void rounds(int n, int may_fork)
{
	for (round_nr = 1; round_nr <= n; round_nr++) {
		one_round(may_fork);
		check_maps();
		check_contents(pick(PAGES));
		check_rights(pick(PAGES));
		if (round_nr % FULL_CHECK == 0)
			check_all();
	}
	check_all();
}

static void prepare(void)
{
	static const char *const names[NR_FILES] = { "f0", "f1" };
	unsigned int *page = (unsigned int *)map_pages(1);
	struct stat st;

	shared = (void *)EXPECT_OK(mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	for (int f = 0; f < NR_FILES; f++) {
		files[f] = EXPECT_OK(open(names[f], O_RDWR | O_CREAT | O_TRUNC, 0600));
		for (int i = 0; i < OBJECT_PAGES; i++) {
			unsigned int value = last_value += STEP;

			shared->value[f][i] = value;
			for (size_t k = 0; k < ARRAY_SIZE(offsets); k++)
				page[offsets[k] / sizeof(*page)] = value + offsets[k];
			EXPECT_EQ(PAGE, write(files[f], page, PAGE));
		}
		EXPECT_OK(fstat(files[f], &st));
		inode[f] = (unsigned long)st.st_ino;
	}
	first_object = NR_FILES;
	maps_fd = EXPECT_OK(open("/proc/self/maps", O_RDONLY));
}

static void run(int n)
{
	const char *given = getenv("MODEL_SEED");

	seed = given ? (unsigned int)atol(given) : (unsigned int)now_ms() ^ getpid() << 16;
	srand(seed);
	prepare();
	rounds(n, 1);
}

static void random_small(void)
{
	run(1000);
}

static void random_large(void)
{
	run(10000);
}

const struct test model_tests[] = {
	{ "model.random", random_small, 0 },
	{ "model.ten_thousand", random_large, SLOW },
	{ NULL, NULL, 0 },
};
