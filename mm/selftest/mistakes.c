/*
 * /proc/selftest: a word written there makes the kernel commit that mistake, so that what is said
 * and done then can be seen and tested. Reading it lists the words. Root only.
 *
 * Mistakes in the use of objects are offered only by a kernel that finds them
 * (`make DEBUG_SLAB=1`); another one would be damaged for good. Each mistake is a function of its
 * own, whose name has to appear in the message.
 */
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include "../slab_debug.h"

/* ---- vmalloc ---- */

/* Writes one byte too many: an oops. */
static noinline void guard(struct page *page)
{
	char *p = vmalloc(PAGE_SIZE);

	(void)page;
	if (p)
		*(volatile char *)(p + PAGE_SIZE) = 0;
}

/* ---- interrupts ---- */

static void sleepy_handler(unsigned long data)
{
	(void)data;
	schedule();
}

/* A timer's function sleeps: the end of the machine, for nobody could wake what it interrupted. */
static noinline void sleep_in_interrupt(struct page *page)
{
	static struct timer_list timer = { .function = sleepy_handler };

	(void)page;
	init_timer(&timer);
	mod_timer(&timer, jiffies + 1);
	schedule_timeout_uninterruptible(HZ);
}

/* ---- kmap_atomic: `page` is a highmem page ---- */

static noinline void kmap_twice(struct page *page)
{
	kmap_atomic(page, KM_USER0);
	kmap_atomic(page, KM_USER0);
}

static noinline void kmap_order(struct page *page)
{
	void *outer = kmap_atomic(page, KM_USER0);

	kmap_atomic(page, KM_USER1);
	kunmap_atomic(outer, KM_USER0);
}

static noinline void kmap_address(struct page *page)
{
	char *addr = kmap_atomic(page, KM_USER0);

	kunmap_atomic(addr + PAGE_SIZE, KM_USER0);
}

static noinline void kmap_unmapped(struct page *page)
{
	void *addr = kmap_atomic(page, KM_USER0);

	kunmap_atomic(addr, KM_USER0);
	kunmap_atomic(addr, KM_USER0);
}

/* ---- slab ---- */

static noinline void overrun(struct page *page)
{
	char *p = kmalloc(101, GFP_KERNEL);

	(void)page;
	if (p)
		((volatile char *)p)[101] = 1;
	kfree(p);
}

/* The object that was freed last is given out next, and looked at then. */
static noinline void use_after_free(struct page *page)
{
	char *p = kmalloc(60, GFP_KERNEL);

	(void)page;
	kfree(p);
	if (p)
		((volatile char *)p)[7] = 1;
	kfree(kmalloc(60, GFP_KERNEL));
}

static noinline void double_free(struct page *page)
{
	char *p = kmalloc(300, GFP_KERNEL);

	(void)page;
	kfree(p);
	kfree(p);
}

static noinline void wrong_cache(struct page *page)
{
	struct kmem_cache *cache = kmem_cache_create("selftest-wrong", 40, 0, 0, NULL);
	char *p = kmalloc(40, GFP_KERNEL);

	(void)page;
	if (cache) {
		kmem_cache_free(cache, p);
		kmem_cache_destroy(cache);
	}
	kfree(p);
}

static noinline void free_middle(struct page *page)
{
	char *p = kmalloc(64, GFP_KERNEL);

	(void)page;
	kfree(p + 4);
	kfree(p);
}

static noinline void free_twice_large(struct page *page)
{
	char *p = kmalloc(200000, GFP_KERNEL);

	(void)page;
	kfree(p);
	kfree(p);
}

/* ---- the file ---- */

enum needs { NOTHING, HIGHMEM, DEBUG };

static const struct mistake {
	const char *name;
	void (*make)(struct page *page);
	enum needs needs;
} mistakes[] = {
	{ "guard", guard, NOTHING },
	{ "sleep_in_interrupt", sleep_in_interrupt, NOTHING },
	{ "kmap_twice", kmap_twice, HIGHMEM },
	{ "kmap_order", kmap_order, HIGHMEM },
	{ "kmap_address", kmap_address, HIGHMEM },
	{ "kmap_unmapped", kmap_unmapped, HIGHMEM },
	{ "overrun", overrun, DEBUG },
	{ "use_after_free", use_after_free, DEBUG },
	{ "double_free", double_free, DEBUG },
	{ "wrong_cache", wrong_cache, DEBUG },
	{ "free_middle", free_middle, DEBUG },
	{ "free_twice_large", free_twice_large, DEBUG },
};

static bool possible(const struct mistake *m)
{
	if (m->needs == HIGHMEM)
		return totalhigh_pages > 0;
	return m->needs == NOTHING || SLAB_DEBUG;
}

static int mistakes_show(struct seq_file *m, void *data)
{
	unsigned int i;

	(void)data;
	for (i = 0; i < ARRAY_SIZE(mistakes); i++)
		if (possible(&mistakes[i]))
			seq_printf(m, "%s\n", mistakes[i].name);
	return 0;
}

static int make_mistake(const struct mistake *m)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (!page)
		return -ENOMEM;
	if (m->needs == HIGHMEM && !PageHighMem(page))
		printk(KERN_INFO "selftest: no free highmem\n");
	else
		m->make(page);
	__free_page(page);
	return 0;
}

static int mistakes_write(char *text, size_t len, void *data)
{
	unsigned int i;

	(void)len;
	(void)data;
	text[strcspn(text, "\n")] = '\0';
	for (i = 0; i < ARRAY_SIZE(mistakes); i++)
		if (possible(&mistakes[i]) && strcmp(mistakes[i].name, text) == 0)
			return make_mistake(&mistakes[i]);
	return -EINVAL;
}

static int __init mistakes_init(void)
{
	create_proc_entry("selftest", 0600, mistakes_show, mistakes_write, NULL);
	return 0;
}
initcall_fs(mistakes_init);
