/*
 * What the self-tests share. A test is a function of the table in main.c; it says with check()
 * what has to hold, and leaves as many free pages as it found.
 *
 * All of it is boot code: once the machine runs, nothing of it is left.
 */
#ifndef _MM_SELFTEST_H
#define _MM_SELFTEST_H

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>

void test_buddy(void);
void test_slab(void);
void test_kmalloc(void);
void test_vmalloc(void);
void test_vmap(void);
void test_ioremap(void);
void test_kmap(void);
void test_kmap_wait(void);
void test_kmap_turns(void);
void test_kmap_atomic(void);
void test_fixmap(void);
void test_dma(void);
void test_radix_tree(void);
void test_page_cache(void);

/* The condition has to hold; if it does not, the test fails with the text, and goes on. */
#define check(cond, fmt, ...) do {					\
	if (unlikely(!(cond)))						\
		selftest_failed(__FILE__, __LINE__, fmt, ##__VA_ARGS__); \
} while (0)
void selftest_failed(const char *file, int line, const char *fmt, ...) __printf(3, 4);

/* The test cannot be made on this machine, because of `why`. Call it first, and return. */
void selftest_skip(const char *why);

/* A number below n (not 0), from the run's seed. */
u32 selftest_random(u32 n);

/* Fills n bytes (a multiple of 4) with a pattern of which each word follows from `key`. */
void fill_pattern(void *p, size_t n, u32 key);
/* False when any byte of the pattern has changed. */
bool same_pattern(const void *p, size_t n, u32 key);
/* The same for a page, mapped for the moment. */
void fill_page(struct page *page, u32 key);
bool same_page(struct page *page, u32 key);

/* True when a read at this kernel address does not fault. */
bool readable(const void *addr);

/* Starts fn(arg) in `n` kernel threads; false: they could not be made. */
bool start_threads(int (*fn)(void *), void *arg, unsigned int n);
/* Sleeps until all of them have ended. */
void wait_for_threads(void);
/* Both. */
bool run_threads(int (*fn)(void *), void *arg, unsigned int n);

#endif
