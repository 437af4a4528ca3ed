/*
 * execve: a task changes its program.
 *
 *	do_execve()		opens the file, gathers argv and envp in argument pages
 *	load_binary()		of the format that knows the file (binfmt_*.c); it calls
 *	  flush_old_exec()	the point of no return: other threads die, the old space goes
 *	  setup_arg_pages()	the argument pages become the top of the new stack
 *
 * Until flush_old_exec() every error returns to the caller, who lives on. After it there is no
 * program to return to, and an error kills the task.
 *
 * The strings go in from the top down, last first, so that argv[0] ends up lowest, as in 0.12:
 *
 *	page[0]                            page[MAX_ARG_PAGES - 1]
 *	|               <-- p  argv strings  envp strings  4 bytes |
 */
#include <linux/binfmts.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/mmap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define ARG_SPACE	(MAX_ARG_PAGES * PAGE_SIZE)
#define STACK_HEADROOM	(4 * PAGE_SIZE)	/* mapped below the strings from the start */

static struct linux_binfmt *formats;

int register_binfmt(struct linux_binfmt *fmt)
{
	struct linux_binfmt **link = &formats;

	while (*link)
		link = &(*link)->next;
	*link = fmt;
	return 0;
}

/* ---- the file ---- */

struct file *open_exec(const char *name)
{
	struct dentry *dentry = kern_path(name, LOOKUP_FOLLOW);
	struct inode *inode;
	int err;

	if (IS_ERR(dentry))
		return (struct file *)dentry;
	inode = dentry->d_inode;
	err = -EACCES;
	if (S_ISREG(inode->i_mode) && !(inode->i_sb->s_flags & MS_NOEXEC))
		err = inode_permission(inode, MAY_EXEC);
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	return open_text(dentry);
}

int prepare_binprm(struct linux_binprm *bprm)
{
	struct inode *inode = bprm->file->f_dentry->d_inode;
	ssize_t n;

	bprm->e_uid = current->euid;
	bprm->e_gid = current->egid;
	if (!(inode->i_sb->s_flags & MS_NOSUID)) {
		if (inode->i_mode & S_ISUID)
			bprm->e_uid = inode->i_uid;
		/* Set-gid without execute permission for the group means mandatory locking. */
		if ((inode->i_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
			bprm->e_gid = inode->i_gid;
	}
	memset(bprm->buf, 0, sizeof(bprm->buf));
	n = kernel_read(bprm->file, 0, bprm->buf, sizeof(bprm->buf));
	return n < 0 ? n : 0;
}

int search_binary_handler(struct linux_binprm *bprm, struct pt_regs *regs)
{
	struct linux_binfmt *fmt;
	int err = -ENOEXEC;

	for (fmt = formats; fmt && err == -ENOEXEC && !bprm->committed; fmt = fmt->next)
		err = fmt->load_binary(bprm, regs);
	return err;
}

/* ---- the strings ---- */

/* The argument page that holds offset `pos`, made when it is first touched. */
static struct page *arg_page(struct linux_binprm *bprm, unsigned long pos)
{
	struct page **slot = &bprm->page[pos >> PAGE_SHIFT];

	if (!*slot)
		*slot = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
	return *slot;
}

/* Puts n bytes, from the program or (user false) from the kernel, at offset pos. */
static int write_args(struct linux_binprm *bprm, unsigned long pos, const char *from,
		      unsigned long n, bool user)
{
	unsigned long offset, part;
	struct page *page;
	char *addr;
	int err;

	while (n) {
		offset = pos & ~PAGE_MASK;
		part = min(n, PAGE_SIZE - offset);
		page = arg_page(bprm, pos);
		if (!page)
			return -ENOMEM;
		addr = kmap(page);
		err = 0;
		if (!user)
			memcpy(addr + offset, from, part);
		else if (copy_from_user(addr + offset, from, part))
			err = -EFAULT;
		kunmap(page);
		if (err)
			return err;
		pos += part;
		from += part;
		n -= part;
	}
	return 0;
}

int copy_strings_kernel(int argc, const char *const *argv, struct linux_binprm *bprm)
{
	unsigned long len;
	int err;

	while (argc-- > 0) {
		len = strlen(argv[argc]) + 1;
		if (len > bprm->p)
			return -E2BIG;
		bprm->p -= len;
		err = write_args(bprm, bprm->p, argv[argc], len, false);
		if (err)
			return err;
	}
	return 0;
}

/* Copies the strings of a vector in the program's memory; its length or -ERRNO. */
static int copy_vector(char __user *__user *vector, struct linux_binprm *bprm)
{
	char __user *str;
	int count = 0, i, err;
	long len;

	if (!vector)
		return 0;
	for (;; count++) {
		if (get_user(str, vector + count))
			return -EFAULT;
		if (!str)
			break;
		if ((count + 1) * sizeof(str) > ARG_SPACE)
			return -E2BIG;
	}
	for (i = count - 1; i >= 0; i--) {
		if (get_user(str, vector + i))
			return -EFAULT;
		len = strnlen_user(str, bprm->p);
		if (!len)
			return -EFAULT;
		if ((unsigned long)len > bprm->p)
			return -E2BIG;
		bprm->p -= len;
		err = write_args(bprm, bprm->p, str, len, true);
		if (err)
			return err;
	}
	return count;
}

void remove_arg_zero(struct linux_binprm *bprm)
{
	char *addr;
	char c;

	if (!bprm->argc)
		return;
	do {
		addr = kmap(bprm->page[bprm->p >> PAGE_SHIFT]);
		c = addr[bprm->p & ~PAGE_MASK];
		kunmap(bprm->page[bprm->p >> PAGE_SHIFT]);
		bprm->p++;
	} while (c);
	bprm->argc--;
}

static void free_arg_pages(struct linux_binprm *bprm)
{
	int i;

	for (i = 0; i < MAX_ARG_PAGES; i++) {
		if (bprm->page[i])
			put_page(bprm->page[i]);
		bprm->page[i] = NULL;
	}
}

/* A stack that grows down, with room for the vectors that the format puts below the strings. */
static struct vm_area_struct *make_stack_vma(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	return vma_create(mm, start, end, VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE |
			  VM_MAYEXEC | VM_GROWSDOWN | VM_ACCOUNT | mm->def_flags);
}

int put_arg_pages(struct linux_binprm *bprm, unsigned long stack_top)
{
	struct mm_struct *mm = current->mm;
	unsigned long base = stack_top - ARG_SPACE;
	int i, err = 0;

	for (i = bprm->p >> PAGE_SHIFT; i < MAX_ARG_PAGES && !err; i++) {
		if (!bprm->page[i])
			continue;
		err = put_dirty_page(mm, bprm->page[i], base + i * PAGE_SIZE);
		bprm->page[i] = NULL;
	}
	bprm->p += base;
	mm->arg_start = mm->start_stack = bprm->p;
	return err;
}

int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top)
{
	struct mm_struct *mm = current->mm;
	unsigned long base = stack_top - ARG_SPACE, start;
	unsigned long vectors = (bprm->argc + bprm->envc + 4) * sizeof(long);
	struct vm_area_struct *vma;
	int err;

	start = (base + bprm->p - vectors - STACK_HEADROOM) & PAGE_MASK;
	vma = make_stack_vma(mm, start, stack_top);
	if (!vma)
		return -ENOMEM;
	down_write(&mm->mmap_sem);
	err = vm_charge(vma_pages(vma));
	if (!err) {
		err = insert_vm_struct(mm, vma);
		if (err)
			vm_uncharge(vma_pages(vma));
	}
	if (err) {
		up_write(&mm->mmap_sem);
		kmem_cache_free(vm_area_cachep, vma);
		return err;
	}
	mm->total_vm += (stack_top - start) >> PAGE_SHIFT;
	err = put_arg_pages(bprm, stack_top);
	up_write(&mm->mmap_sem);
	return err;
}

unsigned long put_arg_vector(unsigned long __user *vector, int count, unsigned long str)
{
	long len;

	while (count-- > 0) {
		if (put_user(str, vector++))
			return 0;
		len = strnlen_user((char __user *)str, MAX_ARG_PAGES * PAGE_SIZE);
		if (!len)
			return 0;
		str += len;
	}
	return put_user(0, vector) ? 0 : str;
}

/* ---- the point of no return ---- */

/* What the current thread needs to become its process' leader in the place of `leader`, dead. */
static void take_over_leader(struct task_struct *leader)
{
	struct task_struct *me = current, *child, *t;
	struct signal_struct *sig = me->signal;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	detach_pid(leader);
	detach_pid(me);
	me->pid = leader->pid;
	attach_pid(me);
	leader->group_leader = me->group_leader = me;
	list_add(&me->tasks, &leader->tasks);
	list_del_init(&leader->tasks);
	list_add(&me->sibling, &leader->sibling);
	list_del_init(&leader->sibling);
	list_splice_init(&leader->children, &me->children);
	list_for_each_entry(child, &me->children, sibling) {
		for_each_thread(child, t)
			t->parent = t->real_parent = me;
	}
	me->exit_signal = leader->exit_signal;
	me->start_time = leader->start_time;
	if (sig->real_timer.data == (unsigned long)leader)
		sig->real_timer.data = (unsigned long)me;
	if (child_reaper == leader)
		child_reaper = me;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	release_task(leader);		/* as any thread: its times go to the process */
}

/*
 * Ends the other threads of the process and waits until they are gone: there is no way back then.
 * 0, or -EAGAIN: another thread ends us.
 */
static int de_thread(struct linux_binprm *bprm)
{
	struct task_struct *leader = current->group_leader;
	struct signal_struct *sig = current->signal;
	bool is_leader = current == leader;

	if (sig->count > 1) {
		if (sig->group_exit)
			return -EAGAIN;
		bprm->committed = true;
		sig->group_exit = true;
		sig->group_exit_code = 0;
		sig->group_exit_task = current;
		zap_other_threads(current);
		for (;;) {
			set_current_state(TASK_UNINTERRUPTIBLE);
			if (sig->count == (is_leader ? 1 : 2) &&
			    (is_leader || leader->state == TASK_ZOMBIE))
				break;
			schedule();
		}
		set_current_state(TASK_RUNNING);
		sig->group_exit_task = NULL;
		sig->group_exit = false;
		if (!is_leader) {
			if (current->robust_list)	/* the locks hold our number of now */
				exit_robust_list(current);
			take_over_leader(leader);
		}
	}
	return 0;
}

static void set_comm(const char *filename)
{
	const char *slash = strrchr(filename, '/');

	strlcpy(current->comm, slash ? slash + 1 : filename, sizeof(current->comm));
}

int flush_old_exec(struct linux_binprm *bprm)
{
	struct task_struct *p = current, *child;
	struct mm_struct *mm = mm_alloc();
	int err;

	if (!mm)
		return -ENOMEM;
	err = de_thread(bprm);
	if (!err)
		err = unshare_sighand();
	if (!err)
		err = unshare_files();
	if (err) {
		mmput(mm);
		return err;
	}
	bprm->committed = true;
	exec_mmap(mm);
	mm_pick_layout(mm, TASK_SIZE);
	mm->exe_file = bprm->file;
	mm->exe_file->f_count++;
	p->sas_ss_sp = p->sas_ss_size = 0;
	p->flags &= ~PF_FORKNOEXEC;
	p->did_exec = true;
	p->set_child_tid = NULL;
	/* An end is told by SIGCHLD: to the parent, and to a program that may be set-uid now. */
	p->exit_signal = SIGCHLD;
	list_for_each_entry(child, &p->children, sibling)
		child->exit_signal = SIGCHLD;
	p->pdeath_signal = 0;
	set_comm(bprm->filename);
	flush_thread();
	flush_signal_handlers(p);
	do_close_on_exec(p->files);
	return 0;
}

/* Takes the rights of a set-uid or set-gid program. */
void compute_creds(struct linux_binprm *bprm)
{
	struct task_struct *p = current;

	bprm->secure = bprm->e_uid != p->uid || bprm->e_gid != p->gid;
	p->suid = p->fsuid = p->euid = bprm->e_uid;
	p->sgid = p->fsgid = p->egid = bprm->e_gid;
	p->dumpable = !bprm->secure;
}

/* ---- the call ---- */

static int gather_args(struct linux_binprm *bprm, char __user *__user *argv,
		       char __user *__user *envp)
{
	int err;

	bprm->p = ARG_SPACE - sizeof(long);
	err = copy_vector(envp, bprm);
	if (err < 0)
		return err;
	bprm->envc = err;
	err = copy_vector(argv, bprm);
	if (err < 0)
		return err;
	bprm->argc = err;
	return 0;
}

long do_execve(const char *filename, char __user *__user *argv, char __user *__user *envp,
	       struct pt_regs *regs)
{
	struct linux_binprm *bprm;
	int err;

	bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	if (!bprm)
		return -ENOMEM;
	bprm->filename = bprm->interp = filename;
	bprm->file = open_exec(filename);
	if (IS_ERR(bprm->file)) {
		err = PTR_ERR(bprm->file);
		goto out_free;
	}
	err = prepare_binprm(bprm);
	if (!err)
		err = gather_args(bprm, argv, envp);
	if (!err)
		err = search_binary_handler(bprm, regs);
	if (err)
		free_arg_pages(bprm);
	close_text(bprm->file);
	if (err && bprm->committed)
		send_sig(SIGKILL, current);
out_free:
	kfree(bprm);
	return err;
}

long sys_execve(const char __user *filename, char __user *__user *argv,
		char __user *__user *envp)
{
	char *name = getname(filename);
	long err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_execve(name, argv, envp, current_pt_regs());
	putname(name);
	return err;
}
