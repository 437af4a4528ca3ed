/*
 * Memory for tables that are needed before the buddy allocator runs: mem_map
 * itself, above all. It is taken from the first free frame behind the kernel
 * upwards and never given back. The architecture says where that is, and
 * afterwards gives the rest of RAM to the buddy allocator.
 */
#include <linux/mm.h>
#include <linux/init.h>
#include <linux/string.h>

static unsigned long next_addr __initdata;	/* physical */
static unsigned long end_addr __initdata;

void __init bootmem_init(unsigned long start_pfn, unsigned long end_pfn)
{
	next_addr = start_pfn << PAGE_SHIFT;
	end_addr = end_pfn << PAGE_SHIFT;
}

void *__init alloc_bootmem(size_t size)
{
	unsigned long align = size >= PAGE_SIZE ? PAGE_SIZE : sizeof(long);
	unsigned long addr = ALIGN(next_addr, align);

	if (addr + size > end_addr || addr + size < addr)
		panic("not enough memory to boot: %lu KB wanted for kernel tables",
		      (unsigned long)size >> 10);
	next_addr = addr + size;
	memset(__va(addr), 0, size);
	return __va(addr);
}

unsigned long __init bootmem_end_pfn(void)
{
	return (next_addr + PAGE_SIZE - 1) >> PAGE_SHIFT;
}
