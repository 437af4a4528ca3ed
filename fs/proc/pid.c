/*
 * The directory of a process: /proc/PID, its files, and its folders fd/ and task/. The
 * texts are made in task.c and maps.c. Below task/ each thread has a directory with the
 * same names; what is counted for both, a file there counts for the thread alone.
 *
 * The dentries are checked at each look-up: once the process is gone its names are
 * gone too, though a file that is open stays open and reads ESRCH.
 */
#include <linux/proc_fs.h>
#include <linux/proc_maps.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Inode numbers: the process' in the upper half, the file's in the lower. */
#define PID_INO(pid, n)	(((ino_t)(pid) << 16) | (n))
#define THREAD_DIR_N	0xfd
#define TASK_DIR_N	0xfe
#define FD_DIR_N	0xff
#define FD_FIRST_N	0x100

static const struct inode_operations proc_fd_dir_iops, proc_task_dir_iops;
static const struct file_operations proc_fd_dir_fops, proc_task_dir_fops;

/* The folders of a process. */
static const struct pid_folder {
	const char *name;
	mode_t mode;
	int n;
	const struct inode_operations *iops;
	const struct file_operations *fops;
} pid_folders[] = {
	{ "fd", S_IFDIR | 0500, FD_DIR_N, &proc_fd_dir_iops, &proc_fd_dir_fops },
	{ "task", S_IFDIR | 0555, TASK_DIR_N, &proc_task_dir_iops, &proc_task_dir_fops },
};
#define NR_FOLDERS	((int)ARRAY_SIZE(pid_folders))

static struct task_struct *inode_task(struct inode *inode)
{
	return find_task_by_pid(PROC_PID(inode));
}

static int proc_pid_revalidate(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	struct task_struct *p = inode ? inode_task(inode) : NULL;

	if (!p) {
		d_drop(dentry);
		return 0;
	}
	if (PROC_FD(inode) >= 0 &&
	    (!p->files || (unsigned int)PROC_FD(inode) >= p->files->max_fds ||
	     !p->files->fd[PROC_FD(inode)])) {
		d_drop(dentry);
		return 0;
	}
	inode->i_uid = p->euid;
	inode->i_gid = p->egid;
	return 1;
}

/* Not kept when unused: the next process may get the number. */
static int proc_pid_delete(const struct dentry *dentry)
{
	(void)dentry;
	return 1;
}

const struct dentry_operations proc_pid_dentry_ops = {
	.d_revalidate = proc_pid_revalidate,
	.d_delete = proc_pid_delete,
};

static struct inode *pid_inode(struct super_block *sb, struct task_struct *p, mode_t mode, int n)
{
	struct inode *inode;

	get_task_struct(p);		/* making an inode may sleep */
	inode = proc_new_inode(sb, mode, PID_INO(p->pid, n));
	if (inode) {
		inode->u.proc_i.a = p->pid;
		inode->i_uid = p->euid;
		inode->i_gid = p->egid;
	}
	put_task_struct(p);
	return inode;
}

/* An inode of a directory. */
static struct inode *dir_inode(struct super_block *sb, struct task_struct *p, mode_t mode, int n,
			       const struct inode_operations *iops,
			       const struct file_operations *fops)
{
	struct inode *inode = pid_inode(sb, p, mode, n);

	if (inode) {
		inode->i_op = iops;
		inode->i_fop = fops;
	}
	return inode;
}

struct inode *proc_pid_inode(struct super_block *sb, struct task_struct *p)
{
	return dir_inode(sb, p, S_IFDIR | 0555, 0, &proc_pid_dir_iops, &proc_pid_dir_fops);
}

static bool name_is(const struct dentry *dentry, const char *name)
{
	return dentry->d_name.len == strlen(name) &&
	       !memcmp(dentry->d_name.name, name, dentry->d_name.len);
}

static struct dentry *add_inode(struct dentry *dentry, struct inode *inode)
{
	if (!inode)
		return ERR_PTR(-ENOMEM);
	dentry->d_op = &proc_pid_dentry_ops;
	d_add(dentry, inode);
	return NULL;
}

static struct dentry *proc_pid_lookup(struct inode *dir, struct dentry *dentry)
{
	struct task_struct *p = inode_task(dir);
	struct inode *inode;
	int n;

	if (!p)
		return ERR_PTR(-ENOENT);
	for (n = 0; n < NR_FOLDERS; n++) {
		const struct pid_folder *f = &pid_folders[n];

		if (!name_is(dentry, f->name) || (f->n == TASK_DIR_N && PROC_IN_TASK(dir)))
			continue;
		return add_inode(dentry, dir_inode(dir->i_sb, p, f->mode, f->n, f->iops, f->fops));
	}
	for (n = 0; pid_entries[n].name; n++) {
		if (!name_is(dentry, pid_entries[n].name))
			continue;
		inode = pid_inode(dir->i_sb, p, pid_entries[n].mode, n + 1);
		if (inode) {
			inode->u.proc_i.p = (void *)&pid_entries[n];
			inode->u.proc_i.b = dir->u.proc_i.b;
			if (pid_entries[n].link)
				inode->i_op = &proc_link_iops;
			else
				inode->i_fop = pid_entries[n].fops ? pid_entries[n].fops
								   : &proc_text_fops;
		}
		return add_inode(dentry, inode);
	}
	return ERR_PTR(-ENOENT);
}

static int dots(struct file *file, void *dirent, filldir_t filldir, ino_t self, ino_t parent)
{
	if (file->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, self, DT_DIR))
			return 1;
		file->f_pos++;
	}
	if (file->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, parent, DT_DIR))
			return 1;
		file->f_pos++;
	}
	return 0;
}

static int proc_pid_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct inode *inode = file->f_dentry->d_inode;
	pid_t pid = PROC_PID(inode);
	int n;

	if (!inode_task(inode))
		return -ENOENT;
	if (dots(file, dirent, filldir, inode->i_ino, proc_root.ino))
		return 0;
	/* The program may have sought anywhere: the tables are walked from their beginnings. */
	for (n = 0; n < NR_FOLDERS; n++) {
		const struct pid_folder *f = &pid_folders[n];

		if (file->f_pos > n + 2)
			continue;
		if (!(f->n == TASK_DIR_N && PROC_IN_TASK(inode)) &&
		    filldir(dirent, f->name, strlen(f->name), file->f_pos, PID_INO(pid, f->n),
			    DT_DIR))
			return 0;
		file->f_pos++;
	}
	for (n = 0; pid_entries[n].name; n++) {
		const struct pid_entry *e = &pid_entries[n];

		if (file->f_pos > n + 2 + NR_FOLDERS)
			continue;
		if (filldir(dirent, e->name, strlen(e->name), file->f_pos, PID_INO(pid, n + 1),
			    (e->mode & S_IFMT) >> 12))
			return 0;
		file->f_pos++;
	}
	return 0;
}

const struct file_operations proc_pid_dir_fops = {
	.llseek = default_llseek,
	.read = generic_read_dir,
	.readdir = proc_pid_readdir,
};

const struct inode_operations proc_pid_dir_iops = {
	.lookup = proc_pid_lookup,
};

/* ---- links: exe, cwd, root, fd/N ---- */

bool proc_may_look(struct task_struct *p)
{
	return current->euid == 0 || (current->euid == p->euid && current->euid == p->uid);
}

static struct dentry *fd_dentry(struct task_struct *p, int fd)
{
	struct files_struct *files = p->files;

	if (!files || (unsigned int)fd >= files->max_fds || !files->fd[fd])
		return ERR_PTR(-ENOENT);
	return dget(files->fd[fd]->f_dentry);
}

static struct dentry *proc_follow_link(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;
	struct task_struct *p = inode_task(inode);

	if (!p)
		return ERR_PTR(-ENOENT);
	if (!proc_may_look(p))
		return ERR_PTR(-EACCES);
	if (PROC_FD(inode) >= 0)
		return fd_dentry(p, PROC_FD(inode));
	return PROC_PID_ENTRY(inode)->link(p);
}

static int proc_readlink(struct dentry *dentry, char *buf, int size)
{
	struct dentry *target = proc_follow_link(dentry);
	char *page, *path;
	int len;

	if (IS_ERR(target))
		return PTR_ERR(target);
	len = -ENOMEM;
	page = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!page)
		goto out;
	path = d_path(target, current->fs->root, page, PATH_MAX);
	if (IS_ERR(path)) {
		len = PTR_ERR(path);
	} else {
		len = min_t(int, strlen(path), size);
		memcpy(buf, path, len);
	}
	kfree(page);
out:
	dput(target);
	return len;
}

const struct inode_operations proc_link_iops = {
	.readlink = proc_readlink,
	.follow_link = proc_follow_link,
};

/* ---- fd/ ---- */

static struct dentry *proc_fd_lookup(struct inode *dir, struct dentry *dentry)
{
	struct task_struct *p = inode_task(dir);
	unsigned int i, fd = 0;
	struct dentry *target;
	struct inode *inode;

	if (!p || dentry->d_name.len > 5)
		return ERR_PTR(-ENOENT);
	for (i = 0; i < dentry->d_name.len; i++) {
		unsigned int digit = dentry->d_name.name[i] - '0';

		if (digit > 9)
			return ERR_PTR(-ENOENT);
		fd = fd * 10 + digit;
	}
	target = fd_dentry(p, fd);
	if (IS_ERR(target))
		return target;
	dput(target);
	inode = pid_inode(dir->i_sb, p, S_IFLNK | 0700, FD_FIRST_N + fd);
	if (inode) {
		inode->u.proc_i.b = fd + 1;
		inode->i_op = &proc_link_iops;
	}
	return add_inode(dentry, inode);
}

static int proc_fd_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct inode *inode = file->f_dentry->d_inode;
	struct task_struct *p = inode_task(inode);
	char name[12];

	if (!p)
		return -ENOENT;
	if (!proc_may_look(p))
		return -EACCES;
	if (dots(file, dirent, filldir, inode->i_ino, PID_INO(PROC_PID(inode), 0)))
		return 0;
	get_task_struct(p);		/* filldir() may sleep */
	for (; p->files && file->f_pos - 2 < p->files->max_fds; file->f_pos++) {
		int fd = file->f_pos - 2;

		if (!p->files->fd[fd])
			continue;
		if (filldir(dirent, name, sprintf(name, "%d", fd), file->f_pos,
			    PID_INO(PROC_PID(inode), FD_FIRST_N + fd), DT_LNK))
			break;
	}
	put_task_struct(p);
	return 0;
}

static const struct file_operations proc_fd_dir_fops = {
	.llseek = default_llseek,
	.read = generic_read_dir,
	.readdir = proc_fd_readdir,
};

static const struct inode_operations proc_fd_dir_iops = {
	.lookup = proc_fd_lookup,
};

/* ---- task/ ---- */

static struct dentry *proc_task_lookup(struct inode *dir, struct dentry *dentry)
{
	struct task_struct *t = find_task_by_pid(proc_name_to_pid(&dentry->d_name));
	struct task_struct *p = inode_task(dir);
	struct inode *inode;

	if (!p || !t || t->group_leader != p->group_leader)
		return ERR_PTR(-ENOENT);
	inode = dir_inode(dir->i_sb, t, S_IFDIR | 0555, THREAD_DIR_N, &proc_pid_dir_iops,
			  &proc_pid_dir_fops);
	if (inode)
		inode->u.proc_i.b = PROC_TASK_MARK;
	return add_inode(dentry, inode);
}

/* The thread of p's process with the lowest number from `first` on, or NULL. */
static struct task_struct *next_by_number(struct task_struct *p, pid_t first)
{
	struct task_struct *t, *best = NULL;

	for_each_thread(p, t) {
		if (t->pid >= first && (!best || t->pid < best->pid))
			best = t;
	}
	return best;
}

/* filldir() may sleep, and any thread be gone then: each is looked for anew. */
static int proc_task_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	struct inode *inode = file->f_dentry->d_inode;
	struct task_struct *p, *t;
	char name[12];

	if (!inode_task(inode))
		return -ENOENT;
	if (dots(file, dirent, filldir, inode->i_ino, PID_INO(PROC_PID(inode), 0)))
		return 0;
	while (file->f_pos < PID_MAX + 2) {
		p = inode_task(inode);
		t = p ? next_by_number(p, file->f_pos - 2) : NULL;
		if (!t)
			break;
		file->f_pos = t->pid + 2;
		if (filldir(dirent, name, sprintf(name, "%d", t->pid), file->f_pos,
			    PID_INO(t->pid, THREAD_DIR_N), DT_DIR))
			break;
		file->f_pos++;
	}
	return 0;
}

static const struct file_operations proc_task_dir_fops = {
	.llseek = default_llseek,
	.read = generic_read_dir,
	.readdir = proc_task_readdir,
};

static const struct inode_operations proc_task_dir_iops = {
	.lookup = proc_task_lookup,
};
