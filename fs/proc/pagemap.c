/*
 * Page tables and frames as numbers, for programs that want to see what their
 * memory really is: the proof of sharing, of copy-on-write, of swapping.
 *
 *	/proc/PID/pagemap	a 64-bit word per page of the process, at offset page * 8
 *	/proc/kpagecount	a 64-bit word per frame: how many table entries map it
 *	/proc/kpageflags	a 64-bit word per frame: what it is, one bit for each property
 *
 * A word of pagemap:
 *
 *	 63   62   61  60-57  56  55  54                               0
 *	+---+----+----+------+---+---+-----------------------------------+
 *	| P | S  | F  |  0   | X | 0 | frame number                      |
 *	+---+----+----+------+---+---+-----------------------------------+
 *	P present  S in swap (then bits 0-4 are the area, 5-54 the slot)
 *	F page of a file or shared memory  X mapped once only
 *
 * Numbers and places of the bits are Linux'; there only root sees frame numbers.
 */
#include <linux/proc_fs.h>
#include <linux/proc_maps.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <asm/uaccess.h>

#define WORD		sizeof(u64)
#define BATCH		64		/* words made at a time, on the stack */

#define PM_PRESENT	(1ULL << 63)
#define PM_SWAP		(1ULL << 62)
#define PM_FILE		(1ULL << 61)
#define PM_EXCLUSIVE	(1ULL << 56)
#define PM_SWAP_OFFSET	5

/* ---- /proc/PID/pagemap ---- */

static u64 pte_word(pte_t pte)
{
	struct page *page;
	u64 word;

	if (pte_none(pte))
		return 0;
	if (!pte_present(pte)) {
		swp_entry_t entry = pte_to_swp_entry(pte);

		return PM_SWAP | (u64)SWP_OFFSET(entry) << PM_SWAP_OFFSET | SWP_TYPE(entry);
	}
	word = PM_PRESENT | pte_pfn(pte);
	if (!pfn_valid(pte_pfn(pte)))
		return word;
	page = pte_page(pte);
	if (PageReserved(page))		/* the page of zeros: nobody's, and not counted */
		return word;
	if (!PageAnon(page))
		word |= PM_FILE;
	if (page->mapcount == 1)
		word |= PM_EXCLUSIVE;
	return word;
}

/* Words of `n` pages from addr on. */
static void fill_words(struct mm_struct *mm, unsigned long addr, u64 *words, unsigned int n)
{
	unsigned int i;

	down_read(&mm->mmap_sem);
	for (i = 0; i < n; i++, addr += PAGE_SIZE) {
		pte_t *ptep = pte_find(mm, addr);

		words[i] = ptep ? pte_word(*ptep) : 0;
	}
	up_read(&mm->mmap_sem);
}

/* Bytes copied; what is behind the end of the address space is the end of the file. */
static ssize_t copy_words(struct mm_struct *mm, char __user *buf, size_t count, loff_t *pos)
{
	u64 pages = mm->task_size >> PAGE_SHIFT, page = (u64)*pos / WORD;
	u64 words[BATCH];
	size_t done = 0;

	while (done < count && page < pages) {
		unsigned int n = min_t(size_t, (count - done) / WORD, BATCH);

		n = min_t(u64, n, pages - page);
		fill_words(mm, (unsigned long)page << PAGE_SHIFT, words, n);
		if (copy_to_user(buf + done, words, n * WORD))
			return done ? (ssize_t)done : -EFAULT;
		done += n * WORD;
		page += n;
		*pos += n * WORD;
	}
	return done;
}

static bool aligned(loff_t pos, size_t count)
{
	return pos >= 0 && !((unsigned long)pos & (WORD - 1)) && !(count & (WORD - 1));
}

static ssize_t pagemap_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct task_struct *p = find_task_by_pid(PROC_PID(file->f_dentry->d_inode));
	struct mm_struct *mm;
	ssize_t done = 0;

	if (!p)
		return -ESRCH;
	if (!proc_may_look(p))
		return -EACCES;
	if (!aligned(*pos, count))
		return -EINVAL;
	mm = get_task_mm(p);
	if (mm) {
		done = copy_words(mm, buf, count, pos);
		mmput(mm);
	}
	return done;
}

const struct file_operations proc_pagemap_fops = {
	.llseek = default_llseek,
	.read = pagemap_read,
};

/* ---- /proc/kpagecount, /proc/kpageflags ---- */

/* Bits of a word of kpageflags, in Linux' order; those that do not exist here are left out. */
enum kpf {
	KPF_LOCKED = 0, KPF_ERROR, KPF_REFERENCED, KPF_UPTODATE, KPF_DIRTY, KPF_LRU,
	KPF_SLAB = 7, KPF_WRITEBACK, KPF_BUDDY = 10, KPF_MMAP, KPF_ANON, KPF_SWAPCACHE,
	KPF_NOPAGE = 20, KPF_ZERO_PAGE = 24, KPF_PGTABLE = 26, KPF_RESERVED = 32,
};

static u64 frame_count(unsigned long pfn)
{
	return pfn_to_page(pfn)->mapcount;
}

static u64 frame_flags(unsigned long pfn)
{
	static const struct {
		enum page_flags ours;
		enum kpf theirs;
	} same[] = {
		{ PG_locked, KPF_LOCKED }, { PG_error, KPF_ERROR },
		{ PG_referenced, KPF_REFERENCED }, { PG_uptodate, KPF_UPTODATE },
		{ PG_dirty, KPF_DIRTY }, { PG_lru, KPF_LRU }, { PG_slab, KPF_SLAB },
		{ PG_writeback, KPF_WRITEBACK }, { PG_buddy, KPF_BUDDY }, { PG_anon, KPF_ANON },
		{ PG_swapcache, KPF_SWAPCACHE }, { PG_pgtable, KPF_PGTABLE },
		{ PG_reserved, KPF_RESERVED },
	};
	const struct page *page = pfn_to_page(pfn);
	unsigned int i;
	u64 word = 0;

	for (i = 0; i < ARRAY_SIZE(same); i++)
		if (page->flags & (1UL << same[i].ours))
			word |= 1ULL << same[i].theirs;
	if (page->mapcount)
		word |= 1ULL << KPF_MMAP;
	if (page == zero_page)
		word |= 1ULL << KPF_ZERO_PAGE;
	return word;
}

/* Frames that mem_map[] does not describe, below min_low_pfn, read as 0 and as NOPAGE. */
static ssize_t read_frames(char __user *buf, size_t count, loff_t *pos,
			   u64 (*word)(unsigned long pfn), u64 nopage)
{
	u64 words[BATCH], pfn = (u64)*pos / WORD;
	size_t done = 0;

	if (!aligned(*pos, count))
		return -EINVAL;
	while (done < count && pfn < max_pfn) {
		unsigned int n;

		for (n = 0; n < BATCH && done + n * WORD < count && pfn < max_pfn; n++, pfn++)
			words[n] = pfn_valid((unsigned long)pfn) ? word((unsigned long)pfn)
								 : nopage;
		if (copy_to_user(buf + done, words, n * WORD))
			return done ? (ssize_t)done : -EFAULT;
		done += n * WORD;
		*pos += n * WORD;
	}
	return done;
}

static ssize_t kpagecount_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	(void)file;
	return read_frames(buf, count, pos, frame_count, 0);
}

static ssize_t kpageflags_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	(void)file;
	return read_frames(buf, count, pos, frame_flags, 1ULL << KPF_NOPAGE);
}

static const struct file_operations kpagecount_fops = {
	.llseek = default_llseek,
	.read = kpagecount_read,
};

static const struct file_operations kpageflags_fops = {
	.llseek = default_llseek,
	.read = kpageflags_read,
};

static void __init frame_file(const char *name, const struct file_operations *fops)
{
	struct proc_dir_entry *de = create_proc_entry(name, 0444, NULL, NULL, NULL);

	if (de)
		de->fops = fops;
}

static int __init proc_pagemap_init(void)
{
	frame_file("kpagecount", &kpagecount_fops);
	frame_file("kpageflags", &kpageflags_fops);
	return 0;
}
initcall_fs(proc_pagemap_init);
