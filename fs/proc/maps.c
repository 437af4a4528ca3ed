/*
 * The VMAs of a process as text, /proc/PID/maps, and what stands in its memory, for
 * the files that show its arguments and its environment.
 */
#include <linux/proc_fs.h>
#include <linux/proc_maps.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

static const char *vma_name(struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk && mm->brk > mm->start_brk)
		return "[heap]";
	if (vma->vm_start <= mm->start_stack && vma->vm_end > mm->start_stack)
		return "[stack]";
	return NULL;
}

void proc_show_vma(struct seq_file *m, struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct inode *inode = vma->vm_file ? vma->vm_file->f_dentry->d_inode : NULL;
	const char *name = vma_name(mm, vma);

	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu", vma->vm_start, vma->vm_end,
		   vma->vm_flags & VM_READ ? 'r' : '-', vma->vm_flags & VM_WRITE ? 'w' : '-',
		   vma->vm_flags & VM_EXEC ? 'x' : '-', vma->vm_flags & VM_SHARED ? 's' : 'p',
		   vma->vm_file ? (u64)vma->vm_pgoff << PAGE_SHIFT : 0,
		   inode ? MAJOR(inode->i_dev) : 0, inode ? MINOR(inode->i_dev) : 0,
		   inode ? inode->i_ino : 0);
	if (vma->vm_file) {
		seq_puts(m, "\t");
		seq_path(m, vma->vm_file->f_dentry, "\n");
	} else if (name) {
		seq_printf(m, "\t%s", name);
	}
	seq_putc(m, '\n');
}

int proc_show_maps(struct seq_file *m, struct task_struct *p)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	if (!proc_may_look(p))
		return -EACCES;
	mm = get_task_mm(p);
	if (!mm)
		return 0;
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		proc_show_vma(m, mm, vma);
	up_read(&mm->mmap_sem);
	mmput(mm);
	return 0;
}

void proc_mm_text(struct seq_file *m, struct mm_struct *mm, unsigned long start,
		  unsigned long end)
{
	char *page;

	if (end <= start || !(page = kmalloc(PAGE_SIZE, GFP_KERNEL)))
		return;
	while (start < end) {
		int len = min_t(unsigned long, end - start, PAGE_SIZE), i;

		len = access_process_vm(mm, start, page, len, false);
		if (len <= 0)
			break;
		for (i = 0; i < len; i++)
			seq_putc(m, page[i]);
		start += len;
	}
	kfree(page);
}
