/*
 * What a process really has of what it has mapped: /proc/PID/smaps, statm, and the
 * lines about memory of /proc/PID/status. The numbers come from a walk over the page
 * tables, so that they cost nothing while nobody asks.
 *
 * A page is shared when more than one table entry maps it. Pss, the "proportional"
 * size, gives each of n users an n-th of a page: the sum over all processes is
 * the memory that all of them have.
 */
#include <linux/proc_fs.h>
#include <linux/proc_maps.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>

#define KB_SHIFT	(PAGE_SHIFT - 10)
#define PSS_SHIFT	12		/* fractions of a byte that Pss is added up in */

/* Pages, but pss. */
struct mem_usage {
	unsigned long resident, shared_clean, shared_dirty, private_clean, private_dirty;
	unsigned long referenced, anonymous, shmem, swap;
	u64 pss;			/* bytes << PSS_SHIFT */
};

/* ---- the walk ---- */

static void add_page(struct mem_usage *u, const struct page *page, pte_t pte)
{
	unsigned int users = page->mapcount;
	bool dirty = pte_dirty(pte) || PageDirty(page);

	u->resident++;
	u->pss += ((u64)PAGE_SIZE << PSS_SHIFT) / max(users, 1U);
	if (users > 1)
		*(dirty ? &u->shared_dirty : &u->shared_clean) += 1;
	else
		*(dirty ? &u->private_dirty : &u->private_clean) += 1;
	if (pte_young(pte) || PageReferenced(page))
		u->referenced++;
	if (PageAnon(page))
		u->anonymous++;
	else if (page->mapping && shmem_mapping(page->mapping))
		u->shmem++;
}

/* Device memory and the page of zeros belong to nobody. */
static void add_pte(struct mem_usage *u, pte_t pte)
{
	if (pte_none(pte))
		return;
	if (!pte_present(pte))
		u->swap++;
	else if (pfn_valid(pte_pfn(pte)) && !PageReserved(pte_page(pte)))
		add_page(u, pte_page(pte), pte);
}

/* Adds the pages of a VMA to *u. mmap_sem held. */
static void walk_vma(const struct vm_area_struct *vma, struct mem_usage *u)
{
	unsigned long addr, next;

	for (addr = vma->vm_start; addr != vma->vm_end; addr = next) {
		pte_t *ptep = pte_find(vma->vm_mm, addr);

		next = pmd_addr_end(addr, vma->vm_end);
		if (!ptep)
			continue;
		for (; addr != next; addr += PAGE_SIZE)
			add_pte(u, *ptep++);
	}
}

/* ---- smaps ---- */

static void show_kb(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%-16s%8lu kB\n", name, pages << KB_SHIFT);
}

static void show_usage(struct seq_file *m, struct vm_area_struct *vma)
{
	struct mem_usage u = { 0 };

	walk_vma(vma, &u);
	show_kb(m, "Size:", (vma->vm_end - vma->vm_start) >> PAGE_SHIFT);
	show_kb(m, "Rss:", u.resident);
	seq_printf(m, "%-16s%8lu kB\n", "Pss:", (unsigned long)(u.pss >> (PSS_SHIFT + 10)));
	show_kb(m, "Shared_Clean:", u.shared_clean);
	show_kb(m, "Shared_Dirty:", u.shared_dirty);
	show_kb(m, "Private_Clean:", u.private_clean);
	show_kb(m, "Private_Dirty:", u.private_dirty);
	show_kb(m, "Referenced:", u.referenced);
	show_kb(m, "Anonymous:", u.anonymous);
	show_kb(m, "Swap:", u.swap);
	show_kb(m, "KernelPageSize:", 1);
	show_kb(m, "MMUPageSize:", 1);
	show_kb(m, "Locked:", vma->vm_flags & VM_LOCKED ? u.resident : 0);
}

int proc_show_smaps(struct seq_file *m, struct task_struct *p)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	if (!proc_may_look(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (!mm)
		return 0;
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		proc_show_vma(m, mm, vma);
		show_usage(m, vma);
	}
	up_read(&mm->mmap_sem);
	mmput(mm);
	return 0;
}

/* ---- statm and status ---- */

/*
 * Pages by what the VMA is for. The program's own text and data lie together; the rest is mapped.
 */
struct mm_sizes {
	unsigned long text, lib, data, stack;
	struct mem_usage usage;
};

static void add_sizes(struct mm_sizes *s, const struct mm_struct *mm,
		      const struct vm_area_struct *vma)
{
	unsigned long pages = (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;

	if (vma->vm_flags & VM_GROWSDOWN)
		s->stack += pages;
	else if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		s->data += pages;
	else if (vma->vm_flags & VM_EXEC)
		*(vma->vm_start < mm->end_code && vma->vm_end > mm->start_code ? &s->text
									       : &s->lib) += pages;
}

static void get_sizes(struct mm_struct *mm, struct mm_sizes *s)
{
	struct vm_area_struct *vma;

	*s = (struct mm_sizes){ 0 };
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		add_sizes(s, mm, vma);
		walk_vma(vma, &s->usage);
	}
	up_read(&mm->mmap_sem);
}

/* Pages: all, resident, resident ones of files, code, 0, data and stack, 0. */
int proc_show_statm(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	struct mm_sizes s;

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	get_sizes(mm, &s);
	seq_printf(m, "%lu %lu %lu %lu 0 %lu 0\n", mm->total_vm, s.usage.resident,
		   s.usage.resident - s.usage.anonymous, s.text, s.data + s.stack);
	mmput(mm);
	return 0;
}

/* The directory, and the tables that it names. */
static unsigned long table_pages(struct mm_struct *mm)
{
	unsigned long addr, n = 1;

	for (addr = 0; addr < mm->task_size; addr += PMD_SIZE)
		n += pte_find(mm, addr) != NULL;
	return n;
}

static void status_kb(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%s\t%8lu kB\n", name, pages << KB_SHIFT);
}

void proc_mm_status(struct seq_file *m, struct mm_struct *mm)
{
	struct mm_sizes s;

	get_sizes(mm, &s);
	status_kb(m, "VmSize:", mm->total_vm);
	status_kb(m, "VmLck:", mm->locked_vm);
	status_kb(m, "VmHWM:", max(mm->hiwater_rss, s.usage.resident));
	status_kb(m, "VmRSS:", s.usage.resident);
	status_kb(m, "RssAnon:", s.usage.anonymous);
	status_kb(m, "RssFile:", s.usage.resident - s.usage.anonymous - s.usage.shmem);
	status_kb(m, "RssShmem:", s.usage.shmem);
	status_kb(m, "VmData:", s.data);
	status_kb(m, "VmStk:", s.stack);
	status_kb(m, "VmExe:", s.text);
	status_kb(m, "VmLib:", s.lib);
	status_kb(m, "VmPTE:", table_pages(mm));
	status_kb(m, "VmSwap:", s.usage.swap);
}
