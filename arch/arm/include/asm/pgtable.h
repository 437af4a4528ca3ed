/*
 * Page tables of ARM (ARM ARM ARMv7-A, B3.5, short descriptors): a directory of
 * 4096 entries of 1 MB each, 16 KB; tables of 256 entries of 4 KB each, 1 KB.
 * Generic code walks pgd -> pmd -> pte. For it two directory entries are one of
 * 2 MB, so that a table fills a page; the middle level is the directory entry itself.
 *
 * The CPU's entry of a page has no room for "accessed" and "dirty". So each table
 * holds every entry twice, and the fault handler sets what the CPU does not:
 *
 *	+--------------------------+  page + 4096
 *	| 256 CPU entries, 2nd MB  |
 *	+--------------------------+  page + 3072
 *	| 256 CPU entries, 1st MB  |  not there unless present and young,
 *	+--------------------------+  read-only unless writable and dirty
 *	| 512 generic entries      |
 *	|                          |
 *	+--------------------------+  page: pte_t points here
 *
 * A generic entry is the CPU's, with two bits more, and a bit where the CPU's is constant:
 *
 *	31            12 11 10 9 8 7 6 5 4 3 2 1 0
 *	+---------------+--+--+-+-+-+-+-+-+-+-+-+-+
 *	| frame number  |nG| -|R|N|D|T|U|Y|C|B|P|X|	generic
 *	| frame number  |nG| 0|R|0 0|T|U|1|C|B|1|X|	CPU: AP = R U 1, TEX = 0 0 T
 *	+---------------+--+--+-+-+-+-+-+-+-+-+-+-+
 *	P present  Y young  D dirty  R read-only  X never execute  U user
 *	N PROT_NONE: the frame is there, nobody may use it
 *	T C B kind of memory  nG not global: only of this address space
 *
 * Not present but not zero, it is a swap entry: offset << 8 | type << 2.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#define _PAGE_XN	0x001
#define _PAGE_PRESENT	0x002
#define _PAGE_YOUNG	0x010
#define _PAGE_USER	0x020
#define _PAGE_NG	0x800
#define _PAGE_DIRTY	0x080
#define _PAGE_NONE	0x100
#define _PAGE_RDONLY	0x200

/* Kinds of memory, TEX[0] C B (ARM ARM, table B3-10): */
#define _PAGE_NORMAL	0x04c		/* write-back, write-allocate */
#define _PAGE_UNCACHED	0x040		/* normal, but not cached: shared with devices */
#define _PAGE_DEVICE	0x004		/* registers: every access, in order */
#define _PAGE_KIND	0x04c

/*
 * A directory entry. Kernel entries belong to domain 0, those of programs to 1. Both are
 * "client" in DACR: access bits decide.
 */
#define PMD_TABLE	0x001
#define PMD_SECT	0x002
#define PMD_DOMAIN(n)	((n) << 5)
#define DOMAIN_KERNEL	0
#define DOMAIN_USER	1
#define DACR_CLIENTS	0x5
#define PMD_KERNEL_TABLE (PMD_TABLE | PMD_DOMAIN(DOMAIN_KERNEL))
#define PMD_SECT_NORMAL	0x100c		/* TEX[0] C B as above */
#define PMD_SECT_DEVICE	0x0004
#define PMD_SECT_XN	0x010
#define PMD_SECT_AP_RW	0x400		/* the kernel may read and write */
#define PMD_SECT_KERNEL	(PMD_SECT | PMD_SECT_AP_RW | PMD_SECT_NORMAL | PMD_DOMAIN(DOMAIN_KERNEL))

#define SECTION_SHIFT	20
#define SECTION_SIZE	(1 << SECTION_SHIFT)

#ifndef __ASSEMBLY__
#include <asm/page.h>
#include <asm/cache.h>
#include <asm/system.h>

struct page;
struct mm_struct;
struct vm_area_struct;

/* Lowmem ends at EF800000 at most; behind it 8 MB stay empty. */
#define VMALLOC_OFFSET	(8 * 1024 * 1024)
#define VMALLOC_START	vmalloc_start()
#define VMALLOC_END	0xFF000000UL
#define MAXMEM		(760UL << 20)	/* most lowmem */
unsigned long vmalloc_start(void);

/* Modules, so near the kernel that a branch reaches it (32 MB). */
#define MODULES_START	TASK_SIZE
#define MODULES_END	0xBFE00000UL

/* Normal uncached memory for dma_alloc_coherent(): dma.c. */
#define DMA_START	0xFFC00000UL
#define DMA_END		0xFFE00000UL

#define VECTORS_BASE	0xFFFF0000UL	/* where SCTLR.V puts the exception vectors */

#define PGDIR_SHIFT	21
#define PTRS_PER_PGD	2048
#define PTRS_PER_PTE	512
#define PGD_ORDER	2		/* a directory is 4 pages */

#define KERNEL_START	swapper_pg_dir	/* just below the image */

#define __PAGE_USER	(_PAGE_PRESENT | _PAGE_YOUNG | _PAGE_USER | _PAGE_NG | _PAGE_NORMAL)
#define __PAGE_KERNEL	(_PAGE_PRESENT | _PAGE_YOUNG | _PAGE_DIRTY | _PAGE_XN)

#define PAGE_NONE	__pgprot(__PAGE_USER | _PAGE_NONE | _PAGE_RDONLY | _PAGE_XN)
#define PAGE_READONLY	__pgprot(__PAGE_USER | _PAGE_RDONLY | _PAGE_XN)
#define PAGE_READEXEC	__pgprot(__PAGE_USER | _PAGE_RDONLY)
#define PAGE_SHARED	__pgprot(__PAGE_USER | _PAGE_XN)
#define PAGE_SHAREDEXEC	__pgprot(__PAGE_USER)
#define PAGE_KERNEL	__pgprot(__PAGE_KERNEL | _PAGE_NORMAL)
#define PAGE_KERNEL_NOCACHE __pgprot(__PAGE_KERNEL | _PAGE_DEVICE)
#define PAGE_KERNEL_COHERENT __pgprot(__PAGE_KERNEL | _PAGE_UNCACHED)

/* A private page is read-only until a fault has copied it. */
#define __P000	PAGE_NONE
#define __P001	PAGE_READONLY
#define __P010	PAGE_READONLY
#define __P011	PAGE_READONLY
#define __P100	PAGE_READEXEC
#define __P101	PAGE_READEXEC
#define __P110	PAGE_READEXEC
#define __P111	PAGE_READEXEC
#define __S000	PAGE_NONE
#define __S001	PAGE_READONLY
#define __S010	PAGE_SHARED
#define __S011	PAGE_SHARED
#define __S100	PAGE_READEXEC
#define __S101	PAGE_READEXEC
#define __S110	PAGE_SHAREDEXEC
#define __S111	PAGE_SHAREDEXEC

/* The same protection for registers of a device. */
static inline pgprot_t pgprot_noncached(pgprot_t prot)
{
	return __pgprot((pgprot_val(prot) & ~_PAGE_KIND) | _PAGE_DEVICE);
}

/* ---- entries ---- */

#define pte_present(x)	(pte_val(x) & _PAGE_PRESENT)
#define pte_write(x)	(!(pte_val(x) & _PAGE_RDONLY))
#define pte_dirty(x)	(pte_val(x) & _PAGE_DIRTY)
#define pte_young(x)	(pte_val(x) & _PAGE_YOUNG)

static inline pte_t pte_mkwrite(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_RDONLY); }
static inline pte_t pte_wrprotect(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_RDONLY); }
static inline pte_t pte_mkdirty(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_DIRTY); }
static inline pte_t pte_mkclean(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_DIRTY); }
static inline pte_t pte_mkyoung(pte_t pte)	{ return __pte(pte_val(pte) | _PAGE_YOUNG); }
static inline pte_t pte_mkold(pte_t pte)	{ return __pte(pte_val(pte) & ~_PAGE_YOUNG); }

/* fork: the child has not used the page yet, but being told when it does would cost a fault. */
#define pte_of_child(pte)	(pte)

/*
 * The same frame under another protection; young, dirty and the kind of memory stay. But what
 * becomes executable becomes old: the fault of the first use is when update_mmu_cache() looks
 * after the instruction cache.
 */
static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	unsigned long v = pte_val(pte), keep = PAGE_MASK | _PAGE_YOUNG | _PAGE_DIRTY | _PAGE_KIND;
	unsigned long bits = pgprot_val(prot) & ~(_PAGE_KIND | _PAGE_YOUNG);

	if ((v & _PAGE_XN) && !(bits & _PAGE_XN))
		keep &= ~_PAGE_YOUNG;
	return __pte((v & keep) | bits);
}

/* The CPU's entry: the first access to an old page and the first write to a clean one fault. */
static inline unsigned long pte_hw(pte_t pte)
{
	unsigned long v = pte_val(pte), needed = _PAGE_PRESENT | _PAGE_YOUNG;

	if ((v & (needed | _PAGE_NONE)) != needed)
		return 0;
	if (!(v & _PAGE_DIRTY))
		v |= _PAGE_RDONLY;
	return v & ~_PAGE_DIRTY;
}

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	*(volatile unsigned long *)&ptep->pte = pte_val(pte);
	*(volatile unsigned long *)&ptep[PTRS_PER_PTE].pte = pte_hw(pte);
}

static inline void pte_clear(pte_t *ptep)
{
	*(volatile unsigned long *)&ptep->pte = 0;
	*(volatile unsigned long *)&ptep[PTRS_PER_PTE].pte = 0;
}

/* The CPU changes nothing in a table: no accessed or dirty bit can be lost. */
static inline pte_t ptep_get_and_clear(pte_t *ptep)
{
	pte_t pte = *ptep;

	pte_clear(ptep);
	return pte;
}

/* Where the type of a swap entry begins; its offset is above bit 7. */
#define SWP_TYPE_SHIFT	2

/* ---- levels ---- */

#define pmd_present(x)		(pmd_val(x) & PMD_TABLE)

/* Both entries of a table, which begins at physical address `table`; `flags` with the domain. */
static inline void __pmd_populate(pmd_t *pmd, unsigned long table, unsigned long flags)
{
	unsigned long hw = table + PTRS_PER_PTE * sizeof(pte_t);

	pmd->pgd.pgd[0] = hw | flags;
	pmd->pgd.pgd[1] = (hw + 256 * sizeof(pte_t)) | flags;
}

static inline void pmd_clear(pmd_t *pmd)
{
	pmd->pgd.pgd[0] = pmd->pgd.pgd[1] = 0;
}

static inline void pmd_populate(struct mm_struct *mm, pmd_t *pmd, pte_t *table)
{
	(void)mm;
	__pmd_populate(pmd, __pa(table), PMD_TABLE | PMD_DOMAIN(DOMAIN_USER));
}

static inline void pmd_populate_kernel(pmd_t *pmd, pte_t *table)
{
	__pmd_populate(pmd, __pa(table), PMD_KERNEL_TABLE);
}

/* ---- caches and the TLB: see <asm/cache.h> ---- */

/* Entries of [start, end) in the kernel's range, empty before, have been filled. */
#define flush_cache_vmap(start, end)	do { dsb(); isb(); } while (0)

/*
 * A user entry has been filled: the table walker sees it, and if it holds code, the instruction
 * cache does not hold what was in the frame before.
 */
void update_mmu_cache(struct vm_area_struct *vma, unsigned long addr, pte_t pte);

#include <asm-generic/pgtable.h>

#endif
#endif
