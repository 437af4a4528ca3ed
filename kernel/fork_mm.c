/*
 * The address space of a task: made by fork (copied on write) and by exec (empty), left at exit.
 *
 *	mm_users	tasks that run in it, and readers in /proc: the memory lives while > 0
 *	mm_count	references to the struct: all users together are one, and each kernel
 *			thread that borrows the page tables is one
 *
 * What a VMA is, and how pages get in, is mm/'s business.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/fs.h>
#include <linux/err.h>
#include <linux/string.h>
#include <linux/futex.h>
#include <asm/mmu_context.h>
#include <asm/uaccess.h>

static struct kmem_cache *mm_cachep;

void mm_init_cache(void)
{
	mm_cachep = kmem_cache_create("mm_struct", sizeof(struct mm_struct), 0, SLAB_PANIC, NULL);
}

/* The fields that neither fork nor exec carries over, and a page directory. */
static struct mm_struct *mm_setup(struct mm_struct *mm)
{
	mm->mmap = NULL;
	mm->mm_rb = RB_ROOT;
	mm->mmap_cache = NULL;
	mm->mm_users = 1;
	mm->mm_count = 1;
	mm->map_count = 0;
	mm->rss = mm->hiwater_rss = mm->swap_usage = 0;
	mm->total_vm = mm->locked_vm = mm->def_flags = 0;
	init_rwsem(&mm->mmap_sem);
	mm->pgd = pgd_alloc(mm);
	if (!mm->pgd) {
		kmem_cache_free(mm_cachep, mm);
		return NULL;
	}
	list_add_tail(&mm->mmlist, &init_mm.mmlist);
	return mm;
}

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cachep, GFP_KERNEL);

	if (!mm)
		return NULL;
	mm->task_size = TASK_SIZE;
	return mm_setup(mm);
}

void mmdrop(struct mm_struct *mm)
{
	if (--mm->mm_count)
		return;
	BUG_ON(mm == &init_mm);
	pgd_free(mm, mm->pgd);
	kmem_cache_free(mm_cachep, mm);
}

void mmput(struct mm_struct *mm)
{
	if (--mm->mm_users)
		return;
	exit_mmap(mm);
	list_del(&mm->mmlist);
	if (mm->exe_file)
		fput(mm->exe_file);
	mmdrop(mm);
}

struct mm_struct *get_task_mm(struct task_struct *p)
{
	struct mm_struct *mm = p->mm;

	if (mm)
		mm->mm_users++;
	return mm;
}

/* The VMAs come sorted, so each goes to the right of the one before it. */
static int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *vma, *copy, **link = &mm->mmap;
	struct rb_node **rb_link = &mm->mm_rb.rb_node, *rb_parent = NULL;
	int err;

	for (vma = oldmm->mmap; vma; vma = vma->vm_next) {
		if (vma->vm_flags & VM_DONTCOPY)
			continue;
		if ((vma->vm_flags & VM_ACCOUNT) && vm_charge(vma_pages(vma)))
			return -ENOMEM;
		copy = vma_dup(vma);
		if (!copy) {
			vm_uncharge(vma_charge(vma));
			return -ENOMEM;
		}
		copy->vm_mm = mm;
		copy->vm_flags &= ~VM_LOCKED;
		*link = copy;
		link = &copy->vm_next;
		rb_link_node(&copy->vm_rb, rb_parent, rb_link);
		rb_link = &copy->vm_rb.rb_right;
		rb_parent = &copy->vm_rb;
		rb_insert_color(&copy->vm_rb, &mm->mm_rb);
		mm->map_count++;
		mm->total_vm += vma_pages(copy);
		err = copy_page_tables(mm, oldmm, copy);
		if (err)
			return err;
	}
	return 0;
}

struct mm_struct *dup_mm(struct mm_struct *oldmm)
{
	struct mm_struct *mm = kmem_cache_alloc(mm_cachep, GFP_KERNEL);
	int err = -ENOMEM;

	if (!mm)
		return ERR_PTR(err);
	down_write(&oldmm->mmap_sem);	/* from here on its sizes agree with its VMAs */
	memcpy(mm, oldmm, sizeof(*mm));
	mm = mm_setup(mm);
	if (mm) {
		if (mm->exe_file)
			mm->exe_file->f_count++;
		err = dup_mmap(mm, oldmm);
		flush_tlb_mm(oldmm);	/* its pages have just become read-only */
	}
	up_write(&oldmm->mmap_sem);
	if (!mm)
		return ERR_PTR(err);
	mm->hiwater_rss = mm->rss;
	if (err) {
		mmput(mm);
		return ERR_PTR(err);
	}
	return mm;
}

int copy_mm(unsigned long clone_flags, struct task_struct *p)
{
	struct mm_struct *mm = current->mm;

	p->mm = p->active_mm = NULL;
	if (!mm)
		return 0;
	if (clone_flags & CLONE_VM) {
		mm->mm_users++;
	} else {
		mm = dup_mm(mm);
		if (IS_ERR(mm))
			return PTR_ERR(mm);
	}
	p->mm = p->active_mm = mm;
	return 0;
}

void mm_release(struct task_struct *p)
{
	if (p->robust_list)
		exit_robust_list(p);
	if (p->clear_child_tid) {
		if (p->mm && p->mm->mm_users > 1) {
			put_user(0, p->clear_child_tid);
			futex_wake_address(p->clear_child_tid, 1);
		}
		p->clear_child_tid = NULL;
	}
	if (p->vfork_child_of) {
		p->vfork_done = true;
		wake_up_process(p->vfork_child_of);
		p->vfork_child_of = NULL;
	}
}

/* p leaves mm, where it may have had more memory than it ever has again: getrusage() will say. */
static void note_maxrss(struct task_struct *p, const struct mm_struct *mm)
{
	p->signal->maxrss = max(p->signal->maxrss, max(mm->hiwater_rss, mm->rss));
}

/* From here on the task runs on borrowed page tables, like a kernel thread. */
void exit_mm(struct task_struct *p)
{
	struct mm_struct *mm = p->mm;

	mm_release(p);
	if (!mm)
		return;
	note_maxrss(p, mm);
	mm->mm_count++;			/* active_mm's */
	p->mm = NULL;
	mmput(mm);
}

int exec_mmap(struct mm_struct *mm)
{
	struct task_struct *p = current;
	struct mm_struct *old = p->mm, *old_active = p->active_mm;
	unsigned long flags;

	mm_release(p);
	local_irq_save(flags);
	p->mm = mm;
	p->active_mm = mm;
	switch_mm(old_active, mm);
	local_irq_restore(flags);
	if (old) {
		note_maxrss(p, old);
		mmput(old);
	} else {
		mmdrop(old_active);
	}
	return 0;
}
