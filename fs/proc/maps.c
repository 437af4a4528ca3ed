/*
 * Address spaces as text: /proc/PID/maps, statm, and parts of status.
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

static void show_vma(struct seq_file *m, struct mm_struct *mm, struct vm_area_struct *vma)
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
		seq_path(m, vma->vm_file->f_dentry);
	} else if (name) {
		seq_printf(m, "\t%s", name);
	}
	seq_putc(m, '\n');
}

int proc_show_maps(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	struct vm_area_struct *vma;

	if (!mm)
		return 0;
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		show_vma(m, mm, vma);
	up_read(&mm->mmap_sem);
	mmput(mm);
	return 0;
}

/* Pages: all, resident, shared with a file, code, data and stack. */
int proc_show_statm(struct seq_file *m, struct task_struct *p)
{
	struct mm_struct *mm = get_task_mm(p);
	unsigned long data = 0, shared = 0;
	struct vm_area_struct *vma;

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		unsigned long pages = (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;

		if (vma->vm_file)
			shared += pages;
		if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
			data += pages;
	}
	up_read(&mm->mmap_sem);
	seq_printf(m, "%lu %lu %lu %lu 0 %lu 0\n", mm->total_vm, mm->rss, min(shared, mm->rss),
		   PAGE_ALIGN(mm->end_code - mm->start_code) >> PAGE_SHIFT, data);
	mmput(mm);
	return 0;
}

void proc_mm_status(struct seq_file *m, struct mm_struct *mm)
{
	unsigned long data = 0, stack = 0, exec = 0;
	struct vm_area_struct *vma;

	down_read(&mm->mmap_sem);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		unsigned long kb = (vma->vm_end - vma->vm_start) >> 10;

		if (vma->vm_flags & VM_GROWSDOWN)
			stack += kb;
		else if (vma->vm_flags & VM_EXEC)
			exec += kb;
		else if (!vma->vm_file)
			data += kb;
	}
	up_read(&mm->mmap_sem);
	seq_printf(m, "VmSize:\t%8lu kB\nVmLck:\t%8lu kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n",
		   mm->total_vm << 2, mm->locked_vm << 2, mm->hiwater_rss << 2, mm->rss << 2);
	seq_printf(m, "VmData:\t%8lu kB\nVmStk:\t%8lu kB\nVmExe:\t%8lu kB\n", data, stack, exec);
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
