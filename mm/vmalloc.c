/*
 * Kernel memory that is contiguous in its addresses only: vmalloc() for large
 * tables, vmap() for pages one has already, ioremap() for device registers.
 *
 * Areas stand in a list sorted by address in [VMALLOC_START, VMALLOC_END);
 * each is followed by a page that is never mapped, so that running over the
 * end faults. An area takes the lowest hole that is large enough, so addresses
 * are used again at once and large holes stay large:
 *
 *	VMALLOC_START                                                VMALLOC_END
 *	| area 1   |g| area 2 |g|     hole      | area 3       |g| ...
 *
 * The page tables are made on first use, in the kernel's own directory, and stay;
 * those of processes learn of a new table when they fault on it.
 */
#include <linux/mm.h>
#include <linux/highmem.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/string.h>

struct vm_struct *vmlist;

/* Reserves addresses for size bytes and a guard page. NULL: no room or no memory. */
static struct vm_struct *get_vm_area(unsigned long size, unsigned long flags, void *caller)
{
	unsigned long addr = VMALLOC_START;
	struct vm_struct **p, *area;

	size = PAGE_ALIGN(size);
	BUG_ON(in_interrupt());
	if (!size || size > VMALLOC_END - VMALLOC_START)
		return NULL;
	size += PAGE_SIZE;
	area = kzalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return NULL;
	for (p = &vmlist; *p; p = &(*p)->next) {
		if ((unsigned long)(*p)->addr - addr >= size)
			break;
		addr = (unsigned long)(*p)->addr + (*p)->size;
	}
	if (addr + size > VMALLOC_END || addr + size < addr) {
		kfree(area);
		return NULL;
	}
	area->addr = (void *)addr;
	area->size = size;
	area->flags = flags;
	area->caller = caller;
	area->next = *p;
	*p = area;
	return area;
}

/* Takes the area that begins at addr off the list, or returns NULL. */
static struct vm_struct *remove_vm_area(const void *addr)
{
	struct vm_struct **p, *area;

	for (p = &vmlist; (area = *p); p = &area->next) {
		if (area->addr == addr) {
			*p = area->next;
			return area;
		}
	}
	return NULL;
}

static void unmap_area(struct vm_struct *area)
{
	unsigned long start = (unsigned long)area->addr;
	unsigned long end = start + area->size - PAGE_SIZE, addr;

	for (addr = start; addr < end; addr += PAGE_SIZE) {
		pmd_t *pmd = pmd_offset(pgd_offset(&init_mm, addr), addr);

		if (!pmd_none(*pmd))
			pte_clear(pte_offset(pmd, addr));
	}
	flush_tlb_kernel_range(start, end);
}

static void free_area_pages(struct vm_struct *area)
{
	unsigned int i;

	if (area->flags & VM_ALLOC)
		for (i = 0; i < area->nr_pages; i++)
			__free_page(area->pages[i]);
	kfree(area->pages);
	kfree(area);
}

/* Enters the area's pages; 0 or -ENOMEM. */
static int map_area(struct vm_struct *area)
{
	unsigned long addr = (unsigned long)area->addr;
	unsigned int i;

	for (i = 0; i < area->nr_pages; i++, addr += PAGE_SIZE) {
		pte_t *ptep = pte_alloc_kernel(addr);

		if (!ptep)
			return -ENOMEM;
		set_pte(ptep, mk_pte(area->pages[i], PAGE_KERNEL));
	}
	flush_cache_vmap((unsigned long)area->addr, addr);
	return 0;
}

void *vmalloc(unsigned long size)
{
	struct vm_struct *area;
	unsigned int nr;

	if (size >> PAGE_SHIFT > totalram_pages)	/* nobody has to die to find that out */
		return NULL;
	area = get_vm_area(size, VM_ALLOC, __builtin_return_address(0));
	if (!area)
		return NULL;
	nr = (area->size >> PAGE_SHIFT) - 1;
	area->pages = kzalloc(nr * sizeof(struct page *), GFP_KERNEL);
	if (!area->pages)
		goto fail;
	while (area->nr_pages < nr) {
		struct page *page = alloc_page(GFP_KERNEL | __GFP_HIGHMEM | __GFP_ZERO);

		if (!page)
			goto fail;
		SetPageVmalloc(page);
		area->pages[area->nr_pages++] = page;
	}
	if (map_area(area))
		goto fail;
	return area->addr;

fail:
	vfree(area->addr);
	return NULL;
}

void *vmap(struct page **pages, unsigned int count)
{
	struct vm_struct *area;

	if (count > (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT)
		return NULL;
	area = get_vm_area((unsigned long)count << PAGE_SHIFT, VM_MAP,
			   __builtin_return_address(0));
	if (!area)
		return NULL;
	area->pages = kmalloc(count * sizeof(struct page *), GFP_KERNEL);
	if (area->pages) {
		memcpy(area->pages, pages, count * sizeof(struct page *));
		area->nr_pages = count;
		if (!map_area(area))
			return area->addr;
	}
	vunmap(area->addr);
	return NULL;
}

void vfree(const void *addr)
{
	struct vm_struct *area;

	if (!addr)
		return;
	area = remove_vm_area(addr);
	if (!area) {
		printk(KERN_ERR "vfree: no area at %p\n", (void *)addr);
		return;
	}
	unmap_area(area);
	free_area_pages(area);
}

void vunmap(const void *addr)
{
	vfree(addr);
}

/* True when [phys, phys + size) touches RAM that the kernel manages, and caches. */
static bool is_ram(unsigned long phys, unsigned long size)
{
	unsigned long pfn = phys >> PAGE_SHIFT, last = (phys + size - 1) >> PAGE_SHIFT;

	for (; pfn <= last && pfn < max_pfn; pfn++)
		if (pfn_valid(pfn) && !PageReserved(pfn_to_page(pfn)))
			return true;
	return false;
}

void *ioremap(unsigned long phys, unsigned long size)
{
	unsigned long offset = phys & ~PAGE_MASK, addr, end;
	struct vm_struct *area;

	if (!size || phys + size - 1 < phys || is_ram(phys, size))
		return NULL;
	size = PAGE_ALIGN(size + offset);
	phys &= PAGE_MASK;
	area = get_vm_area(size, VM_IOREMAP, __builtin_return_address(0));
	if (!area)
		return NULL;
	area->phys_addr = phys;
	addr = (unsigned long)area->addr;
	for (end = addr + size; addr < end; addr += PAGE_SIZE, phys += PAGE_SIZE) {
		pte_t *ptep = pte_alloc_kernel(addr);

		if (!ptep) {
			vfree(area->addr);
			return NULL;
		}
		set_pte(ptep, pfn_pte(phys >> PAGE_SHIFT, PAGE_KERNEL_NOCACHE));
	}
	flush_cache_vmap((unsigned long)area->addr, end);
	return (char *)area->addr + offset;
}

void iounmap(void *addr)
{
	if (addr)
		vfree((void *)((unsigned long)addr & PAGE_MASK));
}
