/*
 * The 64 MB of a program of 1992: its segments, and the library in its last 4 MB.
 *
 * In 0.12 every process had a local descriptor table whose base told it from the others. Here one
 * table serves them all, since each has page tables of its own; it is loaded while such a program
 * runs, and no other can use its selectors.
 */
#include <linux/aout.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <asm/segment.h>
#include <asm/sigcontext.h>
#include <asm/system.h>
#include <asm/uaccess.h>
#include <asm/v012.h>

/* ---- segments ---- */

#define LDT_SELECTOR	(GDT_ENTRY_LDT * 8)
#define LDT_ENTRIES	3

/* Access bytes and flags: Intel SDM vol. 3, 3.4.5 and 3.5. */
#define ACCESS_LDT	0x82
#define ACCESS_CODE	0xfa		/* ring 3, readable */
#define ACCESS_DATA	0xf2		/* ring 3, writable */
#define FLAGS_PAGES	0xc		/* limit in pages, 32 bits */

static struct desc_struct v012_ldt[LDT_ENTRIES];

static int __init v012_init(void)
{
	u32 limit = (AOUT_TASK_SIZE >> PAGE_SHIFT) - 1;

	v012_ldt[V012_CS >> 3] = make_desc(0, limit, ACCESS_CODE, FLAGS_PAGES);
	v012_ldt[V012_DS >> 3] = make_desc(0, limit, ACCESS_DATA, FLAGS_PAGES);
	gdt_table[GDT_ENTRY_LDT] = make_desc((u32)v012_ldt, sizeof(v012_ldt) - 1, ACCESS_LDT, 0);
	return 0;
}
initcall_dev(v012_init);

void v012_load_ldt(bool on)
{
	__asm__ __volatile__("lldt %w0" :: "r" (on ? LDT_SELECTOR : 0));
}

void v012_enter(void)
{
	unsigned long flags;

	local_irq_save(flags);
	current->thread.v012 = true;
	current->thread.addr_limit = AOUT_TASK_SIZE;
	current->personality = PER_LINUX_012;
	v012_load_ldt(true);
	local_irq_restore(flags);
}

void v012_leave(void)
{
	unsigned long flags;

	local_irq_save(flags);
	current->thread.v012 = false;
	current->personality = PER_LINUX;
	v012_load_ldt(false);
	local_irq_restore(flags);
}

void v012_start_thread(struct pt_regs *regs, unsigned long entry, unsigned long sp)
{
	start_thread(regs, entry, sp);
	regs->cs = V012_CS;
	regs->ds = regs->es = regs->ss = V012_DS;
	current->thread.fs = current->thread.gs = V012_DS;
	reload_segments(&current->thread);
}

/* ---- the library: nobody writes to it as long as a task has it, mapped or to hand on ---- */

/* The task's child has it too. It is denied already, so that cannot fail. */
void v012_get_library(struct file *library)
{
	deny_write_access(library->f_dentry->d_inode);
	library->f_count++;
}

/* Root's, and only root can have said what is in it. */
static bool is_trusted(const struct inode *inode)
{
	return inode->i_uid == 0 && !(inode->i_mode & (S_IWGRP | S_IWOTH));
}

void v012_check_library(bool secure)
{
	struct file *library = current->thread.library;
	struct inode *inode;

	if (!library)
		return;
	inode = library->f_dentry->d_inode;
	if (is_trusted(inode) || (inode->i_uid == current->euid && !secure))
		return;
	current->thread.library = NULL;
	close_text(library);
}

/*
 * Nobody can write to a library; so a file that is not his own and that he may not execute cannot
 * be a user's, or he could keep others from changing whatever he may read. 0 or -EACCES.
 */
static int may_be_library(struct inode *inode)
{
	bool own = capable_root() || current->fsuid == inode->i_uid;

	if (!S_ISREG(inode->i_mode) || (inode->i_sb->s_flags & MS_NOEXEC))
		return -EACCES;
	return inode_permission(inode, own ? MAY_READ : MAY_READ | MAY_EXEC);
}

static struct file *open_library(const char __user *path)
{
	struct dentry *dentry = namei(path);
	int err;

	if (IS_ERR(dentry))
		return (struct file *)dentry;
	err = may_be_library(dentry->d_inode);
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	return open_text(dentry);
}

int map_aout_library(struct mm_struct *mm, struct file *library)
{
	if (!library)
		return map_aout_zeroes(mm, AOUT_LIBRARY, AOUT_TASK_SIZE);
	return map_aout_text(mm, library, AOUT_LIBRARY, AOUT_TASK_SIZE,
			     AOUT_TASK_SIZE - AOUT_LIBRARY);
}

/* Puts another library, NULL for none, where the old one is. 0 or -ERRNO. */
static int change_library(struct file *library)
{
	struct mm_struct *mm = current->mm;
	struct file *old = current->thread.library;
	int err;

	down_write(&mm->mmap_sem);
	err = do_munmap(mm, AOUT_LIBRARY, AOUT_TASK_SIZE - AOUT_LIBRARY);
	if (!err) {
		err = map_aout_library(mm, library);
		if (err && map_aout_library(mm, old))
			map_aout_zeroes(mm, AOUT_LIBRARY, AOUT_TASK_SIZE);
	}
	up_write(&mm->mmap_sem);
	if (err)
		return err;
	current->thread.library = library;
	if (old)
		close_text(old);
	return 0;
}

/* The pages of the file from block 1 on become the last 4 MB; nothing is said by its header. */
long sys_v012_uselib(const char __user *path)
{
	struct file *file = path ? open_library(path) : NULL;
	int err;

	if (IS_ERR(file))
		return PTR_ERR(file);
	err = change_library(file);
	if (err && file)
		close_text(file);
	return err;
}
