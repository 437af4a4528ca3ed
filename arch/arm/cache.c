/*
 * Where the data cache must be told: new instructions, and memory that a device
 * reads or writes. What the caches of the Cortex-A9 are like: <asm/cache.h>.
 *
 * A page that programs execute is cleaned once, when it is first mapped for that; PG_arch_1 of the
 * page says that this has been done since the kernel last wrote to it.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <asm/cache.h>
#include <asm/dma.h>
#include <asm/uaccess.h>

#define LINE_MASK	(~(unsigned long)(CACHE_LINE - 1))

void clean_dcache_range(const void *start, size_t size)
{
	unsigned long addr = (unsigned long)start & LINE_MASK, end = (unsigned long)start + size;

	for (; addr < end; addr += CACHE_LINE)
		clean_line(addr);
	dsb();
}

void flush_dcache_range(const void *start, size_t size)
{
	unsigned long addr = (unsigned long)start & LINE_MASK, end = (unsigned long)start + size;

	for (; addr < end; addr += CACHE_LINE)
		flush_line(addr);
	dsb();
}

/* ---- instructions ---- */

static void clean_for_fetch(unsigned long addr, unsigned long end)
{
	for (addr &= LINE_MASK; addr < end; addr += CACHE_LINE)
		clean_line_pou(addr);
	dsb();
}

void flush_icache_range(unsigned long start, unsigned long end)
{
	clean_for_fetch(start, end);
	invalidate_icache();
}

/* Cleaning an address that is not mapped faults: read a byte of each page first. */
long flush_icache_user_range(unsigned long start, unsigned long end)
{
	unsigned long addr, next;
	long error = 0;
	char c;

	if (end < start || !access_ok(start, end - start))
		return -EINVAL;
	for (addr = start; addr < end; addr = next) {
		next = min((addr & PAGE_MASK) + PAGE_SIZE, end);
		error = get_user(c, (const char __user *)addr);
		if (error)
			break;
		clean_for_fetch(addr, next);
	}
	(void)c;
	invalidate_icache();
	return error;
}

void flush_dcache_page(struct page *page)
{
	ClearPageArch1(page);
}

void update_mmu_cache(struct vm_area_struct *vma, unsigned long addr, pte_t pte)
{
	struct page *page;
	void *kaddr;

	(void)addr;
	dsb();
	if (!(vma->vm_flags & VM_EXEC) || !pfn_valid(pte_pfn(pte)))
		return;
	page = pte_page(pte);
	if (PageArch1(page))
		return;
	kaddr = kmap_atomic(page, KM_USER0);
	clean_for_fetch((unsigned long)kaddr, (unsigned long)kaddr + PAGE_SIZE);
	kunmap_atomic(kaddr, KM_USER0);
	invalidate_icache();
	SetPageArch1(page);
}

/* ---- devices ---- */

void dma_sync_for_device(struct page *page, unsigned int offset, unsigned int len,
			 enum dma_data_direction dir)
{
	char *addr = kmap_atomic(page, KM_BIO);

	if (dir == DMA_TO_DEVICE)
		clean_dcache_range(addr + offset, len);
	else
		flush_dcache_range(addr + offset, len);
	kunmap_atomic(addr, KM_BIO);
}

/* The CPU may have fetched lines of the page in advance while the device wrote. */
void dma_sync_for_cpu(struct page *page, unsigned int offset, unsigned int len,
		      enum dma_data_direction dir)
{
	char *addr;

	if (dir == DMA_TO_DEVICE)
		return;
	addr = kmap_atomic(page, KM_BIO);
	flush_dcache_range(addr + offset, len);
	kunmap_atomic(addr, KM_BIO);
}

/*
 * By address it takes as many steps as the transfer has lines, and addresses for the pages; by
 * place, as many as the cache has. What else is in it has to be fetched again, but would not stay
 * there for long when a transfer larger than the cache is looked at.
 */
bool dma_sync_all(unsigned int bytes)
{
	unsigned long sets = (read_dcache_id() >> 13 & 0x7fff) + 1;
	unsigned long place, end = sets * CACHE_LINE;

	if (bytes < end * CACHE_WAYS)
		return false;
	dsb();				/* what was stored is in the cache now */
	for (place = 0; place < end; place += CACHE_LINE) {
		flush_place(CACHE_WAY(0) | place);
		flush_place(CACHE_WAY(1) | place);
		flush_place(CACHE_WAY(2) | place);
		flush_place(CACHE_WAY(3) | place);
	}
	dsb();
	return true;
}
