/*
 * Every operation on caches, TLB and translation registers that the kernel uses
 * (ARM ARM ARMv7-A, B4.2: coprocessor 15).
 *
 * What the Cortex-A9 has, and what follows:
 *
 *	data cache	by physical address: one copy of a frame, whatever addresses it
 *			has. Cleaned only for who does not look into it: the instruction
 *			cache and devices.
 *	table walks	look into the data cache, for the directory is loaded with inner
 *			write-back walks (Cortex-A9 TRM, 6.4); so a table needs no
 *			cleaning, only a dsb behind the store
 *	instructions	by virtual index: an invalidation by address may miss an alias,
 *			so new code always invalidates all of it
 *	branch targets	forgotten together with the instructions
 *	TLB		entries with nG belong to the one address space number in use
 *			(0), all others to the kernel; see <asm/mmu_context.h>
 *	level 2 cache	off, as after reset
 *
 * Barriers: dsb waits until what was cleaned or stored has arrived (and the table walker
 * sees it); isb throws away what was fetched and decoded before.
 */
#ifndef _ASM_CACHE_H
#define _ASM_CACHE_H

#define CACHE_LINE	32		/* bytes, of both first level caches */
#define CACHE_WAYS	4		/* places for each line of memory */

#ifndef __ASSEMBLY__
#include <linux/types.h>

#define isb()	__asm__ __volatile__("isb" ::: "memory")
#define dsb()	__asm__ __volatile__("dsb" ::: "memory")
#define dmb()	__asm__ __volatile__("dmb" ::: "memory")

/* One register of coprocessor 15: CP15_READ("c2, c0, 0"), the numbers behind the ARM register. */
#define CP15_READ(crn) ({						\
	unsigned long _v;						\
	__asm__ __volatile__("mrc p15, 0, %0, " crn : "=r" (_v));	\
	_v;								\
})
#define CP15_WRITE(crn, v)						\
	__asm__ __volatile__("mcr p15, 0, %0, " crn :: "r" ((unsigned long)(v)) : "memory")

/* ---- single lines; the caller adds dsb() ---- */

/* To where the instruction fetch looks. The address must be mapped. */
static inline void clean_line_pou(unsigned long addr)
{
	CP15_WRITE("c7, c11, 1", addr);		/* DCCMVAU */
}

/* To memory, where devices look. */
static inline void clean_line(unsigned long addr)
{
	CP15_WRITE("c7, c10, 1", addr);		/* DCCMVAC */
}

/* To memory, and out of the cache. */
static inline void flush_line(unsigned long addr)
{
	CP15_WRITE("c7, c14, 1", addr);		/* DCCIMVAC */
}

/*
 * The same by place, whatever line is there:
 *
 *	 31 30                    5 4    0
 *	+-----+--------------------+------+
 *	| way |        set         |  0   |
 *	+-----+--------------------+------+
 */
#define CACHE_WAY(n)	((unsigned long)(n) << 30)

static inline void flush_place(unsigned long place)
{
	CP15_WRITE("c7, c14, 2", place);	/* DCCISW */
}

/* What the data cache is like: bits 27-13 are the number of its sets, less one. */
static inline unsigned long read_dcache_id(void)
{
	unsigned long id;

	__asm__ __volatile__("mcr p15, 2, %1, c0, c0, 0\n\tisb\n\tmrc p15, 1, %0, c0, c0, 0"
			     : "=r" (id) : "r" (0));	/* CSSELR, then CCSIDR */
	return id;
}

/* ---- ranges of kernel addresses: cache.c. Any context ---- */

/* Before a device reads what the CPU has written. */
void clean_dcache_range(const void *start, size_t size);
/* Before and after a device writes what the CPU will read: no old line stays. */
void flush_dcache_range(const void *start, size_t size);

/* All instructions and branch targets fetched from now on come from memory. */
static inline void invalidate_icache(void)
{
	CP15_WRITE("c7, c5, 0", 0);		/* ICIALLU */
	CP15_WRITE("c7, c5, 6", 0);		/* BPIALL */
	dsb();
	isb();
}

/* Bytes [start, end) of kernel memory have been written and will be executed. */
void flush_icache_range(unsigned long start, unsigned long end);
/* The same for user addresses of current; -EFAULT: not all of them are there. May sleep. */
long flush_icache_user_range(unsigned long start, unsigned long end);

struct page;
/* The kernel has written to a page that a program may execute. Any context. */
void flush_dcache_page(struct page *page);

/* ---- the TLB; tables have been written ---- */

/* Entries that programs or modules could execute from have changed. */
static inline void invalidate_branches(void)
{
	CP15_WRITE("c7, c5, 6", 0);		/* BPIALL */
	dsb();
	isb();
}

/* Everything, global entries too. */
static inline void local_flush_tlb_all(void)
{
	dsb();
	CP15_WRITE("c8, c7, 0", 0);		/* TLBIALL */
	CP15_WRITE("c7, c5, 6", 0);
	dsb();
	isb();
}

/* All entries of programs. */
static inline void local_flush_tlb_user(void)
{
	dsb();
	CP15_WRITE("c8, c7, 2", 0);		/* TLBIASID 0 */
	CP15_WRITE("c7, c5, 6", 0);
	dsb();
	isb();
}

/* The entry of one page, the kernel's or a program's. */
static inline void __flush_tlb_one(unsigned long addr)
{
	dsb();
	CP15_WRITE("c8, c7, 1", addr & ~0xfffUL);	/* TLBIMVA, address space number 0 */
	dsb();
	isb();
}

/* ---- the directory in use (ARM ARM, B4.1.154: TTBR0) ---- */

#define TTBR_WALKS	0x48UL		/* inner and outer write-back, write-allocate */

/* Physical address of the directory in use; and the change to another one. */
static inline unsigned long read_ttbr(void)
{
	return CP15_READ("c2, c0, 0") & ~0x3fffUL;
}

static inline void write_ttbr(unsigned long pgd)
{
	CP15_WRITE("c2, c0, 0", pgd | TTBR_WALKS);
	isb();
}

#endif
#endif
