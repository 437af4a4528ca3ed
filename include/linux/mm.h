/*
 * Memory management: page frames, zones, address spaces, the fault tree.
 *
 * Every frame of the machine has a struct page in mem_map[]. Zones divide the
 * frames by what they are good for; a buddy allocator stands in each. A
 * process' memory is an mm_struct: a set of VMAs, each a range of addresses
 * with one origin and one protection, and page tables filled in by faults.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <uapi/linux/mman.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/gfp.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <asm/atomic.h>
#include <asm/bitops.h>
#include <asm/page.h>
#include <asm/pgtable.h>

struct address_space;
struct file;
struct inode;
struct task_struct;

/*
 * One page frame. What the words mean depends on the owner:
 *
 *	owner         mapping   index           lru               private
 *	buddy         -         -               free list         order
 *	page cache    inode's   page of file    active list       file system
 *	anonymous     NULL      -               -                 -
 *	swap cache    swapper   type and slot   active list       swap entry
 *	slab          cache     -               -                 slab
 *
 * A frame is in use while count > 0: one for each mapping page table entry,
 * one for the page cache, one for each kernel user.
 */
struct page {
	unsigned long flags;		/* PG_ bits; zone number in the top two */
	atomic_t count;
	struct address_space *mapping;
	pgoff_t index;
	struct list_head lru;
	unsigned long private;
	int mapcount;			/* user page table entries that map it; not in interrupts */
};

enum page_flags {
	PG_locked,		/* under I/O or being changed: lock_page() */
	PG_error,		/* the last read failed; of swap: the last write */
	PG_referenced,		/* used since the clock last passed */
	PG_uptodate,		/* holds what the file holds */
	PG_dirty,		/* newer than the disk */
	PG_writeback,		/* being written */
	PG_lru,			/* on the page-cache list */
	PG_slab,
	PG_buddy,		/* head of a free block */
	PG_reserved,		/* never allocated: kernel image, holes, ROM */
	PG_highmem,		/* outside lowmem */
	PG_swapcache,
	PG_pgtable,		/* a page table */
	PG_anon,		/* anonymous memory of a process */
	PG_buffer,		/* data of the buffer cache */
	PG_stack,		/* a task's struct and kernel stack */
	PG_vmalloc,
	PG_pipe,		/* bytes on their way through a pipe */
	PG_arch_1,		/* the architecture's; clear in a fresh page */
};

/* PageX(p) tests a flag of the frame, SetPageX(p) sets it, ClearPageX(p) clears it. Any context. */
#define PAGE_FLAG(Name, bit)						\
static inline int Page##Name(const struct page *p)			\
{									\
	return (p->flags >> (bit)) & 1;					\
}									\
static inline void SetPage##Name(struct page *p)			\
{									\
	set_bit(bit, &p->flags);					\
}									\
static inline void ClearPage##Name(struct page *p)			\
{									\
	clear_bit(bit, &p->flags);					\
}
PAGE_FLAG(Locked, PG_locked)
PAGE_FLAG(Error, PG_error)
PAGE_FLAG(Referenced, PG_referenced)
PAGE_FLAG(Uptodate, PG_uptodate)
PAGE_FLAG(Dirty, PG_dirty)
PAGE_FLAG(Writeback, PG_writeback)
PAGE_FLAG(LRU, PG_lru)
PAGE_FLAG(Slab, PG_slab)
PAGE_FLAG(Buddy, PG_buddy)
PAGE_FLAG(Reserved, PG_reserved)
PAGE_FLAG(HighMem, PG_highmem)
PAGE_FLAG(SwapCache, PG_swapcache)
PAGE_FLAG(Anon, PG_anon)
PAGE_FLAG(PageTable, PG_pgtable)
PAGE_FLAG(Buffer, PG_buffer)
PAGE_FLAG(Stack, PG_stack)
PAGE_FLAG(Vmalloc, PG_vmalloc)
PAGE_FLAG(Pipe, PG_pipe)
PAGE_FLAG(Arch1, PG_arch_1)

/* ---- frames and zones ---- */

#define MAX_ORDER	11		/* blocks of 2^0 .. 2^10 pages */

enum zone_type { ZONE_DMA, ZONE_NORMAL, ZONE_HIGHMEM, MAX_NR_ZONES };

struct free_area {
	struct list_head free_list;
	unsigned long nr_free;		/* blocks, not pages */
};

struct zone {
	const char *name;
	unsigned long start_pfn;
	unsigned long spanned_pages;	/* with holes */
	unsigned long present_pages;	/* handed to the buddy allocator at boot */
	unsigned long pages_min, pages_low, pages_high;	/* watermarks */
	unsigned long lowmem_reserve;	/* kept from requests that a higher zone could serve */

	spinlock_t lock;		/* guards what follows */
	unsigned long free_pages;	/* hot ones too */
	struct list_head hot;		/* single pages freed last: given out first, unmerged */
	unsigned int nr_hot;
	struct free_area free_area[MAX_ORDER];
};

extern struct zone zones[MAX_NR_ZONES];
extern struct page *mem_map;
extern unsigned long min_low_pfn;	/* first frame mem_map describes */
extern unsigned long max_low_pfn;	/* first frame behind lowmem */
extern unsigned long max_pfn;		/* first frame behind RAM */
extern void *high_memory;		/* first address behind lowmem */
extern unsigned long totalram_pages, totalhigh_pages;

#define pfn_to_page(pfn)	(mem_map + ((pfn) - min_low_pfn))
#define page_to_pfn(page)	((unsigned long)((page) - mem_map) + min_low_pfn)
#define pfn_valid(pfn)		((pfn) >= min_low_pfn && (pfn) < max_pfn)
#define virt_to_page(addr)	pfn_to_page(__pa(addr) >> PAGE_SHIFT)
/* Kernel address of a lowmem frame; a highmem frame needs kmap(). */
#define lowmem_page_address(page) __va(page_to_pfn(page) << PAGE_SHIFT)

/* The number of the zone a frame belongs to, and the zone. */
static inline enum zone_type page_zonenum(const struct page *page)
{
	return page->flags >> 30;
}

static inline struct zone *page_zone(const struct page *page)
{
	return &zones[page_zonenum(page)];
}

/* The highest zone that serves such a request. Without a DMA zone devices reach all of lowmem. */
static inline enum zone_type gfp_zone(gfp_t gfp)
{
	if (gfp & __GFP_HIGHMEM)
		return ZONE_HIGHMEM;
	return (gfp & __GFP_DMA) && zones[ZONE_DMA].present_pages ? ZONE_DMA : ZONE_NORMAL;
}

/* References to a frame; 0: it is free. */
static inline int page_count(const struct page *page)
{
	return atomic_read(&page->count);
}

/* One more reference. Any context. */
static inline void get_page(struct page *page)
{
	atomic_inc(&page->count);
}

/* Drops a reference, frees the frame with the last. Interrupt-safe. */
void __put_page(struct page *page);		/* count has reached 0 */
static inline void put_page(struct page *page)
{
	if (atomic_dec_and_test(&page->count))
		__put_page(page);
}

unsigned long nr_free_pages(void);		/* all zones, in pages */
/* Those of HIGHMEM among them. */
unsigned long nr_free_highpages(void);
void drain_hot_pages(void);	/* every free page into the buddy system, where it can be seen */
/* Pages that processes map, of no file and of files; page tables; struct and stack of tasks. */
extern unsigned long nr_anon_pages, nr_mapped_pages, nr_page_table_pages, nr_stack_pages;
struct sysinfo;
void si_meminfo(struct sysinfo *val);		/* the fields about memory, in pages */
void show_mem(void);				/* to the log */

/*
 * Boot: the architecture calls free_area_init() with the frame ranges of each zone after
 * it has placed mem_map, then gives RAM over with free_bootmem_range().
 */
void free_area_init(const unsigned long start_pfn[MAX_NR_ZONES],
		    const unsigned long end_pfn[MAX_NR_ZONES]);
void free_bootmem_range(unsigned long start_pfn, unsigned long end_pfn);
void setup_watermarks(void);	/* once all RAM has been given over */
extern unsigned long min_free_kbytes;
void set_min_free(unsigned long kbytes);	/* what the min watermarks of all zones add up to */
/* Permanent memory before the buddy allocator runs; zeroed, page aligned if size >= a page. */
void *alloc_bootmem(size_t size);
void bootmem_init(unsigned long start_pfn, unsigned long end_pfn);	/* where to take it */
unsigned long bootmem_end_pfn(void);	/* first frame alloc_bootmem() has not given out */
extern struct kmem_cache *vm_area_cachep;
void paging_init(void);		/* arch: page tables of the kernel; calls the next two */
void place_bootmem(void);	/* first of all: where alloc_bootmem() may take frames */
void zones_init(void);		/* when lowmem is mapped: mem_map, zones */
void print_kernel_space(void);	/* arch: which addresses of the kernel are for what */
void mem_init(void);		/* gives RAM to the buddy, prints the map */
void free_initmem(void);	/* gives back .init */
void vma_init(void);		/* caches for mm_struct and VMAs */

/* ---- address spaces ---- */

#define VM_READ		0x0001
#define VM_WRITE	0x0002
#define VM_EXEC		0x0004
#define VM_SHARED	0x0008
#define VM_MAYREAD	0x0010		/* mprotect() may turn the bit on */
#define VM_MAYWRITE	0x0020
#define VM_MAYEXEC	0x0040
#define VM_GROWSDOWN	0x0100		/* a stack */
#define VM_IO		0x0400		/* device memory: no struct page behind it */
#define VM_LOCKED	0x0800
#define VM_SEQ_READ	0x1000
#define VM_RAND_READ	0x2000
#define VM_DONTCOPY	0x4000
#define VM_NORESERVE	0x10000		/* not to be charged: overcommit.c */
#define VM_DENYWRITE	0x20000
#define VM_ANONPAGES	0x40000		/* a private file mapping with pages of its own */
#define VM_ACCOUNT	0x80000		/* its length is charged as promised memory */

struct vm_area_struct {
	struct mm_struct *vm_mm;
	unsigned long vm_start;		/* first address */
	unsigned long vm_end;		/* first address behind it */
	struct vm_area_struct *vm_next;	/* by address */
	pgprot_t vm_page_prot;
	unsigned long vm_flags;
	struct rb_node vm_rb;
	const struct vm_operations_struct *vm_ops;	/* NULL: anonymous */
	pgoff_t vm_pgoff;		/* page of the file at vm_start */
	struct file *vm_file;		/* NULL: anonymous */
	struct list_head shared;	/* in mapping->i_mmap */
	void *vm_private_data;
};

/* nopage's answers that are not a page */
#define NOPAGE_SIGBUS	((struct page *)NULL)
#define NOPAGE_OOM	((struct page *)-1)

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);	/* copied or split */
	void (*close)(struct vm_area_struct *vma);
	/*
	 * The page at `address`, up to date, with a reference taken, or NOPAGE_.
	 * *major is set when it had to be read from disk. It is the file's when nopage returns,
	 * and stays so as long as nobody sleeps.
	 */
	struct page *(*nopage)(struct vm_area_struct *vma, unsigned long address, int *major);
	/*
	 * A shared page is about to become writable; 0, -EAGAIN: it is no longer the file's, look
	 * for it again, or another -ERRNO (SIGBUS). From its return to the entry in the page
	 * table nothing sleeps. May be NULL.
	 */
	int (*page_mkwrite)(struct vm_area_struct *vma, struct page *page);
};

struct mm_struct {
	struct vm_area_struct *mmap;		/* by address */
	struct rb_root mm_rb;			/* the same */
	struct vm_area_struct *mmap_cache;	/* last find_vma() result */
	unsigned long free_area_cache;		/* where the next search begins */
	pgd_t *pgd;
	int mm_users;				/* tasks (and /proc readers) using it */
	int mm_count;				/* references to the struct; users count as one */
	int map_count;
	struct rw_semaphore mmap_sem;		/* held while VMAs change; read by faults */
	struct list_head mmlist;		/* all of them: swap_out's round */

	unsigned long task_size;		/* end of user addresses */
	unsigned long mmap_base;		/* where mmap searches from, downwards */
	unsigned long start_code, end_code, start_data, end_data;
	unsigned long start_brk, brk, start_stack;
	unsigned long arg_start, arg_end, env_start, env_end;
	unsigned long rss;			/* pages present */
	unsigned long hiwater_rss;
	unsigned long swap_usage;		/* page table entries that name a slot */
	unsigned long total_vm, locked_vm;	/* pages */
	unsigned long def_flags;
	unsigned long saved_auxv[44];
	unsigned long swap_address;		/* where swap_out left off */
	struct file *exe_file;			/* /proc/PID/exe */
};

#define MAX_MAP_COUNT	65536

extern struct mm_struct init_mm;	/* the kernel's own */

/* First VMA that ends above addr (it may begin above it too), or NULL. mmap_sem held. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
/* The same, and in *pprev the VMA before it: the last that ends at or below addr, or NULL. */
struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
				     struct vm_area_struct **prev);
/* First VMA that overlaps [start, end), or NULL. */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end);
/* Enters a VMA; 0, or -ENOMEM: the range is taken. mmap_sem held for writing. */
int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma);

/*
 * mmap(2) itself: address or -ERRNO as unsigned long (IS_ERR_VALUE). pgoff in pages.
 * The caller holds mmap_sem for writing. May sleep.
 */
unsigned long do_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flags, unsigned long pgoff);
/* munmap(2): 0, -EINVAL, -ENOMEM (a VMA could not be split). mmap_sem held for writing. */
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len);
unsigned long do_brk(unsigned long addr, unsigned long len);	/* anonymous, fixed, rwx as data */
/* The stack `vma` shall begin at the page of `address`: 0 or -ENOMEM. mmap_sem held. */
int expand_stack(struct vm_area_struct *vma, unsigned long address);
/* The VMA at addr, or the stack above it, grown down to it; NULL: there is none. mmap_sem held. */
struct vm_area_struct *find_extend_vma(struct mm_struct *mm, unsigned long addr);
/*
 * Where a new mapping of len bytes can go, `addr` if that is free, or -ENOMEM, -EINVAL. mmap_sem
 * held.
 */
unsigned long get_unmapped_area(unsigned long addr, unsigned long len, unsigned long flags);

/* exec: sets task_size, mmap_base and the search caches of an empty address space. */
void mm_pick_layout(struct mm_struct *mm, unsigned long task_size);

struct mm_struct *mm_alloc(void);		/* empty, one user; NULL: no memory */
/* fork's copy of current's address space, copy-on-write; ERR_PTR(-ENOMEM). */
struct mm_struct *dup_mm(struct mm_struct *oldmm);
void mmput(struct mm_struct *mm);		/* drops a user; the last unmaps all. May sleep */
void mmdrop(struct mm_struct *mm);		/* drops the struct */
/* The last user is gone: unmaps everything and frees the page tables. May sleep. */
void exit_mmap(struct mm_struct *mm);
void exit_mm(struct task_struct *p);		/* p leaves its address space */
/* exec: current leaves the old space and enters `mm`; kernel/exec path. */
int exec_mmap(struct mm_struct *mm);

/* handle_mm_fault's answers */
#define VM_FAULT_MINOR	0
#define VM_FAULT_MAJOR	1
#define VM_FAULT_SIGBUS	2
#define VM_FAULT_OOM	3
/* Makes the page at address present. mmap_sem held for reading. May sleep. */
int handle_mm_fault(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long address,
		    bool write);

/*
 * Access to another task's memory (ptrace, /proc/PID/cmdline): returns the bytes moved,
 * stopping at the first page that cannot be had.
 */
int access_process_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len, bool write);
/* Brings in `len` user pages, with references; returns the count or -EFAULT. */
int get_user_pages(struct mm_struct *mm, unsigned long start, int len, bool write,
		   struct page **pages, struct vm_area_struct **vmas);
/* Frees present pages of [start, end); keeps the VMAs. */
void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long size);
/*
 * The entry that names the slot of a page in the swap cache, locked and up to date, names the page.
 * Takes over the caller's reference. Nothing sleeps.
 */
void map_swap_page(struct mm_struct *mm, struct vm_area_struct *vma, pte_t *ptep,
		   struct page *page);
/* fork's copy of one VMA, copy-on-write; 0 or -ENOMEM. Both mmap_sem held; sleeps. */
int copy_page_tables(struct mm_struct *dst, struct mm_struct *src, struct vm_area_struct *vma);
/*
 * Page tables go in two steps. First those that lie wholly in [start, end), where nothing is
 * mapped any more, leave the directory and hang in the list. Then, when all that are to go do,
 * the TLB is flushed and they are freed. mmap_sem held for writing, or no users; never sleeps.
 */
void unhook_page_tables(struct mm_struct *mm, unsigned long start, unsigned long end,
			struct list_head *tables);
void free_unhooked_tables(struct mm_struct *mm, struct list_head *tables);
/* exec: puts an argument page into the stack VMA; 0 or -ENOMEM. Takes over the reference. */
int put_dirty_page(struct mm_struct *mm, struct page *page, unsigned long address);
/* Removes every mapping of the file's pages from `pgoff` on (truncate). */
void unmap_mapping_range(struct address_space *mapping, pgoff_t pgoff);

/* Page table of a missing entry; made when needed. NULL: no memory. */
pte_t *pte_alloc(struct mm_struct *mm, unsigned long address);
/* The entry of an address, or NULL when there is no table for it. */
static inline pte_t *pte_find(struct mm_struct *mm, unsigned long address)
{
	pgd_t *pgd = pgd_offset(mm, address);
	pmd_t *pmd;

	if (pgd_none(*pgd))
		return NULL;
	pmd = pmd_offset(pgd, address);
	return pmd_none(*pmd) ? NULL : pte_offset(pmd, address);
}

extern struct page *zero_page;	/* the shared page of zeros */

/*
 * Reclaim for such a request. 0: there is nothing to be had; else it is worth looking for a
 * page again. Sleeps.
 */
unsigned long try_to_free_pages(gfp_t gfp, unsigned int order);
/*
 * Of late every attempt has looked at everything and found next to nothing: there may be a page
 * to be had now and then, but only programs' own text, which is wanted back at once. Asking
 * starts the count anew.
 */
bool reclaim_is_futile(void);

/* ---- out of memory: mm/oom_kill.c ---- */

#define OOM_SCORE_ADJ_MIN	(-1000)		/* never */
#define OOM_SCORE_ADJ_MAX	1000
#define OOM_ADJUST_MIN		(-17)
#define OOM_ADJUST_MAX		15

extern int panic_on_oom;
/*
 * Nothing is left to reclaim: kills a process, unless one is dying already. False: there is
 * none.
 */
bool out_of_memory(gfp_t gfp, unsigned int order);
/* How likely the process with that leader is chosen: thousandths of all memory. */
unsigned long oom_score(struct task_struct *p);
int oom_adj_of_score(int score_adj);		/* from one scale to the other */
int oom_score_of_adj(int adj);

/* Lets a cache give memory back: frees about nr objects, returns how many remain. */
struct shrinker {
	unsigned long (*shrink)(unsigned long nr, gfp_t gfp);	/* nr 0: only count */
	struct list_head list;
};
void register_shrinker(struct shrinker *s);		/* at boot; for ever */

#endif
