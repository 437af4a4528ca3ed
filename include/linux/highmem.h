/*
 * Frames that lowmem does not map, and how the kernel reaches them.
 *
 * kmap() gives a page an address that stays until its slot is recycled, may
 * sleep, and needs a kunmap(). kmap_atomic() gives one for a few lines of
 * code: it never sleeps, and neither may the code before kunmap_atomic().
 * For a lowmem frame both just return its address.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/string.h>
#include <asm/highmem.h>

/* Slots of kmap_atomic(): two users that may nest take different ones. */
enum km_type {
	KM_USER0,		/* process context */
	KM_USER1,		/* process context, a second page */
	KM_BIO,			/* block drivers, interrupts */
	KM_IRQ0,		/* other interrupt handlers */
	KM_TYPE_NR
};

_Static_assert(KM_TYPE_NR <= KM_SLOTS, "the fixmap has too few kmap_atomic slots");

/*
 * Maps the frame at physical address `phys` at the fixed address, over whatever was there; or
 * empties the place. Any context, never sleep: the table was made at boot.
 */
void set_fixmap(enum fixed_addresses idx, unsigned long phys, pgprot_t prot);
void clear_fixmap(enum fixed_addresses idx);

/* For the inline functions below only; `page` and `addr` are of highmem. */
void *kmap_high(struct page *page);
void kunmap_high(struct page *page);
void *kmap_atomic_high(struct page *page, enum km_type type);
void kunmap_atomic_high(void *addr, enum km_type type);

/* Where the page is mapped; NULL: a highmem page that is not. Never sleeps. */
void *page_address(struct page *page);

/* Slots of pkmap that are held; 0 when nobody is between kmap() and kunmap(). Never sleeps. */
unsigned int nr_pkmap_held(void);

/*
 * An address of the page until kunmap(); the same for everybody who maps it. Sleeps while all
 * slots are held, so not for interrupts, and a task should hold few at a time. Never fails.
 */
static inline void *kmap(struct page *page)
{
	if (!PageHighMem(page))
		return lowmem_page_address(page);
	return kmap_high(page);
}

/* Never sleeps. The address must not be used any more. */
static inline void kunmap(struct page *page)
{
	if (PageHighMem(page))
		kunmap_high(page);
}

/*
 * An address of the page in the slot `type`, until kunmap_atomic(). Any context; no sleep, no
 * user memory before the kunmap_atomic(). Never fails; a slot taken twice is a BUG.
 */
static inline void *kmap_atomic(struct page *page, enum km_type type)
{
	if (!PageHighMem(page))
		return lowmem_page_address(page);
	return kmap_atomic_high(page, type);
}

/*
 * `addr`: what kmap_atomic() returned, or an address in that page. The slot taken last goes first;
 * another order or a wrong address is a BUG.
 */
static inline void kunmap_atomic(void *addr, enum km_type type)
{
	if ((unsigned long)addr >= FIXADDR_START)
		kunmap_atomic_high(addr, type);
}

/* Fills a page with zeroes. Any context that does not hold KM_USER0; never sleeps. */
static inline void clear_highpage(struct page *page)
{
	void *addr = kmap_atomic(page, KM_USER0);

	clear_page(addr);
	kunmap_atomic(addr, KM_USER0);
}

/* Copies a page. Any context that holds neither KM_USER0 nor KM_USER1; never sleeps. */
static inline void copy_highpage(struct page *to, struct page *from)
{
	void *vfrom = kmap_atomic(from, KM_USER0);
	void *vto = kmap_atomic(to, KM_USER1);

	copy_page(vto, vfrom);
	kunmap_atomic(vto, KM_USER1);
	kunmap_atomic(vfrom, KM_USER0);
}

/* Clears bytes [from, to) of the page. */
static inline void zero_user(struct page *page, unsigned int from, unsigned int to)
{
	char *addr = kmap_atomic(page, KM_USER0);

	memset(addr + from, 0, to - from);
	kunmap_atomic(addr, KM_USER0);
}

#endif
