/*
 * `selftest` on the command line: tests of every allocator, in the kernel itself, before
 * anything else uses them much. `selftest=kmap,slab` runs some, `seed=N` repeats a run.
 *
 * The output is KTAP, the form in which Linux' tests report too:
 *
 *	KTAP version 1
 *	# seed=4711
 *	1..2
 *	ok 1 - buddy
 *	not ok 2 - slab
 *
 * with a line before a `not ok` that says what was expected where. A test must leave as many free
 * pages as it found. Since kernel threads may just then free something of their own, a
 * test that seems to have lost or won pages gets a second try: a leak leaks again.
 */
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/selftest.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/vmalloc.h>
#include <asm/uaccess.h>
#include "selftest.h"

#define MAX_MESSAGES	5		/* per test: one mistake tends to fail many checks */
#define WORDS_SIZE	128

static char words[WORDS_SIZE] __initdata;	/* of selftest=; "all" for the bare word */
static u32 seed __initdata;
static u32 random_state __initdata;
static unsigned int nr_failures __initdata;
static const char *skipped __initdata;

static void __init always_fails(void)
{
	check(0, "this test is there to fail");
}

#define HIDDEN	1		/* runs only when it is named */

static struct selftest {
	const char *name;
	void (*run)(void);
	unsigned int flags;
} tests[] __initdata = {
	{ "buddy", test_buddy, 0 },
	{ "slab", test_slab, 0 },
	{ "kmalloc", test_kmalloc, 0 },
	{ "vmalloc", test_vmalloc, 0 },
	{ "vmap", test_vmap, 0 },
	{ "ioremap", test_ioremap, 0 },
	{ "kmap", test_kmap, 0 },
	{ "kmap_wait", test_kmap_wait, 0 },
	{ "kmap_turns", test_kmap_turns, 0 },
	{ "kmap_atomic", test_kmap_atomic, 0 },
	{ "fixmap", test_fixmap, 0 },
	{ "dma", test_dma, 0 },
	{ "radix_tree", test_radix_tree, 0 },
	{ "page_cache", test_page_cache, 0 },
	{ "fail", always_fails, HIDDEN },
};

static void __init selftest_some(char *value)
{
	strlcpy(words, value, sizeof(words));
}
__setup("selftest=", selftest_some);

static void __init selftest_all(char *value)
{
	(void)value;
	strlcpy(words, "all", sizeof(words));
}
__setup("selftest", selftest_all);

static void __init seed_setup(char *value)
{
	seed = simple_strtoul(value, NULL, 0);
}
__setup("seed=", seed_setup);

/* ---- for the tests ---- */

void __init selftest_failed(const char *file, int line, const char *fmt, ...)
{
	va_list args;

	if (nr_failures++ >= MAX_MESSAGES)
		return;
	printk(KERN_ERR "# %s:%d: expected ", file, line);
	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
	printk("\n");
}

void __init selftest_skip(const char *why)
{
	skipped = why;
}

/* xorshift32, by Marsaglia: never 0, and all other values before any comes again. */
u32 __init selftest_random(u32 n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % n;
}

void __init fill_pattern(void *p, size_t n, u32 key)
{
	u32 *word = p;
	size_t i;

	for (i = 0; i < n / sizeof(u32); i++)
		word[i] = key + i * 0x9e3779b9;
}

bool __init same_pattern(const void *p, size_t n, u32 key)
{
	const u32 *word = p;
	size_t i;

	for (i = 0; i < n / sizeof(u32); i++)
		if (word[i] != key + (u32)i * 0x9e3779b9)
			return false;
	return true;
}

void __init fill_page(struct page *page, u32 key)
{
	void *addr = kmap_atomic(page, KM_USER0);

	fill_pattern(addr, PAGE_SIZE, key);
	kunmap_atomic(addr, KM_USER0);
}

bool __init same_page(struct page *page, u32 key)
{
	void *addr = kmap_atomic(page, KM_USER0);
	bool same = same_pattern(addr, PAGE_SIZE, key);

	kunmap_atomic(addr, KM_USER0);
	return same;
}

/* Like an access to a bad user address: the exception table tells the fault handler the way out. */
bool __init readable(const void *addr)
{
	mm_segment_t old = get_fs();
	char c;
	long err;

	set_fs(KERNEL_DS);
	err = get_user(c, (const char *)addr);
	set_fs(old);
	return err == 0;
}

bool __init start_threads(int (*fn)(void *), void *arg, unsigned int n)
{
	unsigned int i;
	bool ok = true;

	for (i = 0; i < n; i++)
		if (kernel_thread(fn, arg, "selftest") < 0)
			ok = false;
	return ok;
}

void __init wait_for_threads(void)
{
	while (sys_wait4(-1, NULL, 0, NULL) > 0)
		;
}

bool __init run_threads(int (*fn)(void *), void *arg, unsigned int n)
{
	bool ok = start_threads(fn, arg, n);

	wait_for_threads();
	return ok;
}

/* ---- running them ---- */

/* Page tables of the vmalloc range are made once and stay. */
static unsigned long __init vmalloc_tables(void)
{
	unsigned long addr = VMALLOC_START, count = 0;

	while (addr < VMALLOC_END) {
		count += !pmd_none(*pmd_offset(pgd_offset(&init_mm, addr), addr));
		addr = pmd_addr_end(addr, VMALLOC_END);
	}
	return count;
}

/* Frames that are free or will never come back; caches must not hold any of the rest. */
static unsigned long __init settled_pages(void)
{
	while (kmem_cache_reap())
		;
	return nr_free_pages() + vmalloc_tables();
}

/* One try; returns the number of pages that are missing afterwards. */
static long __init try_test(const struct selftest *test)
{
	unsigned long before = settled_pages();

	nr_failures = 0;
	skipped = NULL;
	test->run();
	return (long)(before - settled_pages());
}

/* Runs a test and prints its line; true: it has not failed. */
static bool __init run_test(const struct selftest *test, unsigned int number)
{
	long missing = try_test(test);

	if (missing && !nr_failures)
		missing = try_test(test);
	check(!missing, "%lu free pages, as before", nr_free_pages() + missing);
	printk(KERN_INFO "%sok %u - %s", nr_failures ? "not " : "", number, test->name);
	if (skipped)
		printk(" # SKIP %s", skipped);
	printk("\n");
	return !nr_failures;
}

/* True when the comma-separated words of the command line name the test. */
static bool __init wanted(const struct selftest *test)
{
	const char *s = words;
	size_t len;

	if (strcmp(words, "all") == 0)
		return !(test->flags & HIDDEN);
	for (; *s; s += len + (s[len] == ',')) {
		len = strcspn(s, ",");
		if (strlen(test->name) == len && strncmp(s, test->name, len) == 0)
			return true;
	}
	return false;
}

void __init selftest(void)
{
	unsigned int i, count = 0, number = 0, failed = 0;

	if (!words[0])
		return;
	for (i = 0; i < ARRAY_SIZE(tests); i++)
		count += wanted(&tests[i]);
	if (!seed)
		get_random_bytes(&seed, sizeof(seed));
	random_state = seed | 1;
	printk(KERN_INFO "KTAP version 1\n");
	printk(KERN_INFO "# seed=%u\n", seed);
	printk(KERN_INFO "1..%u\n", count);
	for (i = 0; i < ARRAY_SIZE(tests); i++)
		if (wanted(&tests[i]))
			failed += !run_test(&tests[i], ++number);
	printk(KERN_INFO "# selftest: %u passed, %u failed\n", number - failed, failed);
}
