/*
 * mm/vma.c, mm/mmap.c: random mappings and unmappings against an array that says for each page
 * whether it is mapped and how. After each step list and tree agree, are sorted, do not overlap,
 * find_vma() and its relatives answer what the array says, and what is charged is what is mapped.
 * No page table is touched here.
 */
#include <linux/mm.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/mmap.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "unit.h"

#define BASE	0x10000000UL
#define PAGES	256
#define STEPS	20000
#define ADDR(page)	(BASE + (page) * PAGE_SIZE)

unsigned long totalram_pages = 1UL << 18, total_swap_pages;

static struct signal_struct signals;
static struct mm_struct mm;
static unsigned long model[PAGES];	/* protection + 1, or 0 */
static int vmas;			/* structures that exist */
static bool exiting;			/* all tables may go */

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	(void)cache; (void)gfp;
	vmas++;
	return host_malloc(sizeof(struct vm_area_struct));
}

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	void *p = kmem_cache_alloc(cache, gfp);

	memset(p, 0, sizeof(struct vm_area_struct));
	return p;
}

void kmem_cache_free(struct kmem_cache *cache, void *p)
{
	(void)cache;
	vmas--;
	host_free(p);
}

struct kmem_cache *kmem_cache_create(const char *name, size_t size, size_t align,
				     unsigned int flags, void (*ctor)(void *))
{
	(void)name; (void)align; (void)flags; (void)ctor;
	CHECK(size == sizeof(struct vm_area_struct));
	return NULL;
}

/* Only pages that the model calls mapped may be taken away. */
void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long size)
{
	CHECK(start >= vma->vm_start && start + size <= vma->vm_end && size);
}

void unhook_page_tables(struct mm_struct *m, unsigned long start, unsigned long end,
			struct list_head *tables)
{
	struct vm_area_struct *vma;

	CHECK(start < end && list_empty(tables));
	if (exiting)
		return;
	for (vma = m->mmap; vma; vma = vma->vm_next)
		CHECK(vma->vm_end <= start || vma->vm_start >= end, "tables in use are freed");
}

void free_unhooked_tables(struct mm_struct *m, struct list_head *tables)
{
	(void)m;
	CHECK(list_empty(tables));
}

int populate_range(struct mm_struct *m, unsigned long addr, unsigned long end)
{
	(void)m; (void)addr; (void)end;
	return 0;
}

/* Files do not take part. */
void __fput(struct file *file)
{
	CHECK(!file);
}

int deny_write_access(struct inode *inode)
{
	(void)inode;
	return 0;
}

void allow_write_access(struct inode *inode)
{
	(void)inode;
}

int may_lock_pages(struct mm_struct *mm, unsigned long pages)
{
	(void)mm;
	(void)pages;
	return 0;
}

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long vm_flags)
{
	(void)vm_flags;
	(void)name;
	(void)size;
	return NULL;
}

static void check_structure(void)
{
	struct rb_node *node = rb_first(&mm.mm_rb);
	struct vm_area_struct *vma, *last = NULL;
	unsigned long total = 0, charged = 0, page = 0;
	int count = 0;

	for (vma = mm.mmap; vma; vma = vma->vm_next, node = rb_next(node), count++) {
		CHECK(node && rb_entry(node, struct vm_area_struct, vm_rb) == vma);
		CHECK(vma->vm_start < vma->vm_end && vma->vm_mm == &mm);
		CHECK(!last || last->vm_end <= vma->vm_start);
		for (; page < PAGES && ADDR(page) < vma->vm_start; page++)
			CHECK(!model[page], "page %lu is missing", page);
		for (; page < PAGES && ADDR(page) < vma->vm_end; page++)
			CHECK(model[page] == (vma->vm_flags & 7) + 1, "page %lu", page);
		CHECK(!(vma->vm_flags & VM_WRITE) || (vma->vm_flags & VM_ACCOUNT));
		total += vma_pages(vma);
		charged += vma_charge(vma);
		last = vma;
	}
	for (; page < PAGES; page++)
		CHECK(!model[page], "page %lu is missing", page);
	CHECK(!node && count == mm.map_count && count == vmas && total == mm.total_vm);
	CHECK(charged == vm_committed, "%lu pages are charged, %lu mapped", vm_committed, charged);
}

static void check_find(unsigned long page)
{
	unsigned long addr = ADDR(page) + unit_random(PAGE_SIZE), next = page;
	struct vm_area_struct *vma = find_vma(&mm, addr), *prev, *same;

	while (next < PAGES && !model[next])
		next++;
	if (next == PAGES) {
		CHECK(!vma);
	} else {
		CHECK(vma && vma->vm_start <= ADDR(next) && vma->vm_end > ADDR(next));
		CHECK(next == page || vma->vm_start == ADDR(next));
	}
	same = find_vma_prev(&mm, addr, &prev);
	CHECK(same == vma && (prev ? prev->vm_next : mm.mmap) == vma);
	CHECK(!prev || prev->vm_end <= addr);
	CHECK(find_vma_intersection(&mm, ADDR(page), ADDR(page + 1)) == (model[page] ? vma : NULL));
}

static void set_model(unsigned long page, unsigned long count, unsigned long value)
{
	while (count--)
		model[page++] = value;
}

static void test_random(void)
{
	int step;

	for (step = 0; step < STEPS; step++) {
		unsigned long page = unit_random(PAGES), count = 1 + unit_random(20),
			      prot = unit_random(4);

		if (page + count > PAGES)
			count = PAGES - page;
		if (unit_random(2)) {
			CHECK(do_mmap_pgoff(NULL, ADDR(page),
					    count * PAGE_SIZE - unit_random(PAGE_SIZE), prot,
					    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
					    0) == ADDR(page));
			set_model(page, count, prot + 1);
		} else {
			CHECK(do_munmap(&mm, ADDR(page), count * PAGE_SIZE) == 0);
			set_model(page, count, 0);
		}
		check_structure();
		check_find(unit_random(PAGES));
	}
	CHECK(do_munmap(&mm, BASE, PAGES * PAGE_SIZE) == 0);
	set_model(0, PAGES, 0);
	check_structure();
	CHECK(vmas == 0 && !mm.mmap);
}

static void leave(void)
{
	exiting = true;
	exit_mmap(&mm);
	exiting = false;
}

/* Neighbours that are alike become one VMA; a hole in the middle makes two. */
static void test_join_and_split(void)
{
	int i;

	for (i = 0; i < 10; i++)
		do_mmap_pgoff(NULL, ADDR(i), PAGE_SIZE, PROT_READ,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0);
	CHECK(mm.map_count == 1, "%d VMAs", mm.map_count);
	CHECK(do_munmap(&mm, ADDR(4), PAGE_SIZE) == 0 && mm.map_count == 2);
	do_mmap_pgoff(NULL, ADDR(4), PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		      0);
	CHECK(mm.map_count == 1, "the hole was filled: %d VMAs", mm.map_count);
	do_mmap_pgoff(NULL, ADDR(5), PAGE_SIZE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0);
	CHECK(mm.map_count == 3);
	leave();
	CHECK(vmas == 0 && mm.map_count == 0 && mm.total_vm == 0 && vm_committed == 0);
}

/* Without an address mappings find holes of their own, and a freed hole is found again. */
static void test_placing(void)
{
	unsigned long a[200], again;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(a); i++) {
		a[i] = do_mmap_pgoff(NULL, 0, (1 + i % 7) * PAGE_SIZE,
				     i % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, 0);
		CHECK(a[i] >= MMAP_MIN_ADDR && a[i] < mm.task_size && !(a[i] & ~PAGE_MASK));
	}
	CHECK(do_munmap(&mm, a[100], 3 * PAGE_SIZE) == 0);
	again = do_mmap_pgoff(NULL, 0, 2 * PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	CHECK(again >= a[100] && again + 2 * PAGE_SIZE <= a[100] + 3 * PAGE_SIZE);
	leave();
}

static void test_refusals(void)
{
	const unsigned long flags = MAP_PRIVATE | MAP_ANONYMOUS;

	CHECK(do_mmap_pgoff(NULL, 0, 0, PROT_READ, flags, 0) == (unsigned long)-EINVAL);
	CHECK(do_mmap_pgoff(NULL, 0, PAGE_SIZE, PROT_READ, MAP_ANONYMOUS, 0) ==
	      (unsigned long)-EINVAL);
	CHECK(do_mmap_pgoff(NULL, 0, ~0UL, PROT_READ, flags, 0) == (unsigned long)-ENOMEM);
	CHECK(do_mmap_pgoff(NULL, 0, mm.task_size, PROT_READ, flags, 0) == (unsigned long)-ENOMEM);
	CHECK(do_mmap_pgoff(NULL, 0, PAGE_SIZE, PROT_READ, flags | MAP_FIXED, 0) ==
	      (unsigned long)-EPERM);
	CHECK(do_mmap_pgoff(NULL, BASE + 1, PAGE_SIZE, 0, flags | MAP_FIXED, 0) ==
	      (unsigned long)-EINVAL);
	CHECK(do_mmap_pgoff(NULL, mm.task_size - PAGE_SIZE, 2 * PAGE_SIZE, 0, flags | MAP_FIXED,
			    0) == (unsigned long)-ENOMEM);
	CHECK(do_munmap(&mm, BASE + 1, PAGE_SIZE) == -EINVAL);
	CHECK(do_munmap(&mm, BASE, 0) == -EINVAL);
	CHECK(do_munmap(&mm, mm.task_size, PAGE_SIZE) == -EINVAL);
	CHECK(do_munmap(&mm, BASE, ~0UL - PAGE_SIZE) == -EINVAL);
	CHECK(do_munmap(&mm, BASE, PAGE_SIZE) == 0, "unmapping nothing is no error");
	CHECK(vmas == 0);
}

int main(void)
{
	int i;

	for (i = 0; i < RLIM_NLIMITS; i++)
		signals.rlim[i].rlim_cur = RLIM_INFINITY;
	signals.rlim[RLIMIT_STACK].rlim_cur = 8 << 20;
	unit_task.signal = &signals;
	unit_task.mm = &mm;
	mm.pgd = NULL;
	mm_pick_layout(&mm, TASK_SIZE);
	test_random();
	test_join_and_split();
	test_placing();
	test_refusals();
	return 0;
}
