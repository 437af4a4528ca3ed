/*
 * vmalloc, vmap and ioremap: areas hold what is written, are followed by a page that
 * faults, fill the holes that others left, and show the same frame under several addresses.
 */
#include <linux/highmem.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <asm/io.h>
#include <asm/selftest.h>
#include "selftest.h"

#define AREAS		24
#define STEPS		300
#define MAX_AREA_PAGES	40

static struct area {
	char *addr;
	unsigned long size;
	u32 key;
} areas[AREAS] __initdata;

static void __init take(struct area *a)
{
	a->size = (1 + selftest_random(MAX_AREA_PAGES * PAGE_SIZE)) & ~3UL;
	a->key = selftest_random(~0u);
	a->addr = vmalloc(a->size);
	if (!a->addr || !a->size) {
		check(!a->size, "%lu bytes", a->size);
		return;
	}
	check(!((unsigned long)a->addr & ~PAGE_MASK), "an area that begins with a page");
	check((unsigned long)a->addr >= VMALLOC_START &&
		      (unsigned long)a->addr + a->size < VMALLOC_END,
	      "an area in the vmalloc range");
	check(!a->addr[0] && !a->addr[a->size - 1], "memory that is zero");
	check(!readable(a->addr + PAGE_ALIGN(a->size)), "a guard page behind %lu bytes", a->size);
	fill_pattern(a->addr, a->size, a->key);
}

static void __init give(struct area *a)
{
	check(same_pattern(a->addr, a->size, a->key), "%lu bytes unchanged", a->size);
	vfree(a->addr);
	check(!readable(a->addr), "nothing at %p after vfree", a->addr);
	a->addr = NULL;
}

static void __init random_load(void)
{
	unsigned long limit = nr_free_pages() / 3, held = 0;
	unsigned int step;

	for (step = 0; step < STEPS; step++) {
		struct area *a = &areas[selftest_random(AREAS)];

		if (a->addr) {
			held -= PAGE_ALIGN(a->size) >> PAGE_SHIFT;
			give(a);
		} else if (held + MAX_AREA_PAGES < limit) {
			take(a);
			held += PAGE_ALIGN(a->size) >> PAGE_SHIFT;
		}
	}
	for (step = 0; step < AREAS; step++)
		if (areas[step].addr)
			give(&areas[step]);
}

/* Holes of one page are of no use for two, but are filled again by areas of one. */
static void __init test_holes(void)
{
	char *row[10], *two, *again;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		row[i] = vmalloc(PAGE_SIZE);
	for (i = 0; i < ARRAY_SIZE(row) - 1; i += 2)
		vfree(row[i]);
	two = vmalloc(2 * PAGE_SIZE);
	check(two > row[ARRAY_SIZE(row) - 1] || two < row[0], "two pages not to fit at %p", two);
	for (i = 0; i < ARRAY_SIZE(row) - 1; i += 2) {
		again = vmalloc(PAGE_SIZE);
		check(again == row[i], "the hole at %p to be filled, not %p", row[i], again);
	}
	for (i = 0; i < ARRAY_SIZE(row); i++)
		vfree(row[i]);
	vfree(two);
}

void __init test_vmalloc(void)
{
	random_load();
	test_holes();
	check(!vmalloc(0), "no area of no bytes");
	check(!vmalloc(~0UL), "no area of 4 GB");
	check(!vmalloc(VMALLOC_END - VMALLOC_START), "no area as large as the whole range");
	vfree(NULL);
}

/* ---- vmap ---- */

#define PAGES		3
#define MANY		(2 * (PMD_SIZE >> PAGE_SHIFT))	/* whatever the start, three tables */

/* Frames appear in the order asked for, and a store through one address is seen through all. */
static void __init test_alias(struct page **pages)
{
	struct page *list[] = { pages[2], pages[0], pages[1], pages[0] };
	char *addr = vmap(list, ARRAY_SIZE(list));
	unsigned int i;

	check(addr, "an area of 4 pages");
	if (!addr)
		return;
	for (i = 0; i < PAGES; i++)
		fill_page(pages[i], i);
	check(same_pattern(addr, PAGE_SIZE, 2) && same_pattern(addr + PAGE_SIZE, PAGE_SIZE, 0) &&
		      same_pattern(addr + 2 * PAGE_SIZE, PAGE_SIZE, 1),
	      "the pages in order");
	fill_pattern(addr + 3 * PAGE_SIZE, PAGE_SIZE, 99);
	check(same_pattern(addr + PAGE_SIZE, PAGE_SIZE, 99) && same_page(pages[0], 99),
	      "one frame under two addresses");
	check(!readable(addr + 4 * PAGE_SIZE), "a guard page behind the area");
	vunmap(addr);
	check(!readable(addr), "nothing there after vunmap");
	check(same_page(pages[0], 99) && page_count(pages[0]) == 1, "the frame to be ours still");
}

/* An area that needs new page tables: the current address space has to learn of them. */
static void __init test_new_tables(struct page *page)
{
	struct page **list = kmalloc(MANY * sizeof(*list), GFP_KERNEL);
	unsigned int i, wrong = 0;
	char *addr = NULL;

	for (i = 0; list && i < MANY; i++)
		list[i] = page;
	if (list)
		addr = vmap(list, MANY);
	check(addr, "an area of 8 MB");
	fill_page(page, 7);
	for (i = 0; addr && i < MANY; i += 32)
		wrong += !same_pattern(addr + i * PAGE_SIZE, PAGE_SIZE, 7);
	check(!wrong, "the same page everywhere, but %u differ", wrong);
	vunmap(addr);
	kfree(list);
}

void __init test_vmap(void)
{
	struct page *pages[PAGES];
	unsigned int i;

	for (i = 0; i < PAGES; i++) {
		pages[i] = alloc_page(GFP_HIGHUSER);
		if (!pages[i])
			panic("no memory for the self-test of vmap");
	}
	test_alias(pages);
	test_new_tables(pages[0]);
	check(!vmap(pages, 0), "no area of no pages");
	check(!vmap(pages, (1u << 20) + 1), "no area of more than 4 GB");
	for (i = 0; i < PAGES; i++)
		__free_page(pages[i]);
}

/* ---- ioremap ---- */

/* A word of device memory that nobody looks at is reached, uncached; RAM is refused. */
void __init test_ioremap(void)
{
	void *page = (void *)__get_free_page(GFP_KERNEL);
	char *regs = ioremap(IOREMAP_TEST_PHYS + 4, 8), *all;
	u32 old;

	check(regs, "a mapping of %x", IOREMAP_TEST_PHYS);
	if (!regs)
		return;
	check(((unsigned long)regs & ~PAGE_MASK) == ((IOREMAP_TEST_PHYS + 4) & ~PAGE_MASK),
	      "the offset in the page");
	check(pte_val(*pte_alloc_kernel((unsigned long)regs)) ==
		      pte_val(pfn_pte(IOREMAP_TEST_PHYS >> PAGE_SHIFT, PAGE_KERNEL_NOCACHE)),
	      "an uncached page");
	all = ioremap(IOREMAP_TEST_PHYS & PAGE_MASK, 2 * PAGE_SIZE);
	check(all && all != regs, "a second mapping");
	old = readl(regs);
	writel(0x12345678, regs);
	check(readl(regs) == 0x12345678, "12345678, not %x", readl(regs));
	check(all && readl(all + (IOREMAP_TEST_PHYS & ~PAGE_MASK) + 4) == 0x12345678,
	      "the same at the second address");
	writel(old, regs);
	check(!readable(regs + PAGE_SIZE), "a guard page");
	iounmap(all);
	iounmap(regs);
	check(!readable(regs), "nothing there after iounmap");
	check(!page || !ioremap(__pa(page), PAGE_SIZE), "no mapping of RAM");
	check(!ioremap(0xfffff000, 0x2000), "no mapping past 4 GB");
	free_page((unsigned long)page);
}
