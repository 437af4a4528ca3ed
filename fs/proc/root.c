/*
 * The proc file system itself: its super-block, its fixed tree of entries, and
 * the root directory, which shows the tree and a directory for each process.
 *
 * Nothing of proc is on a disk. An inode is made when a name is looked up and
 * freed with its last user; its number tells processes' files from others.
 */
#include <linux/proc_fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include <asm/page.h>

#define PROC_SUPER_MAGIC	0x9fa0
#define PROC_ROOT_INO		1

struct proc_dir_entry proc_root = {
	.name = "", .mode = S_IFDIR | 0555, .ino = PROC_ROOT_INO, .parent = &proc_root,
};

/* ---- the tree ---- */

static struct proc_dir_entry *find_child(struct proc_dir_entry *dir, const char *name, size_t len)
{
	struct proc_dir_entry *de;

	for (de = dir->children; de; de = de->next)
		if (strlen(de->name) == len && !memcmp(de->name, name, len))
			return de;
	return NULL;
}

static struct proc_dir_entry *add_child(struct proc_dir_entry *dir, const char *name, size_t len,
					mode_t mode)
{
	static ino_t next_ino = PROC_ROOT_INO + 1;
	struct proc_dir_entry *de = kzalloc(sizeof(*de) + len + 1, GFP_KERNEL), **p;

	if (!de)
		return NULL;
	memcpy(de + 1, name, len);
	de->name = (char *)(de + 1);
	de->mode = mode;
	de->ino = next_ino++;
	de->parent = dir;
	for (p = &dir->children; *p; p = &(*p)->next)
		;
	*p = de;
	return de;
}

/* Walks to the directory that will hold the last name of `path`, making what is missing. */
static struct proc_dir_entry *walk(const char **path)
{
	struct proc_dir_entry *dir = &proc_root, *child;
	const char *slash;

	while ((slash = strchr(*path, '/'))) {
		child = find_child(dir, *path, slash - *path);
		if (!child)
			child = add_child(dir, *path, slash - *path, S_IFDIR | 0555);
		if (!child)
			return NULL;
		dir = child;
		*path = slash + 1;
	}
	return dir;
}

struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
					 int (*show)(struct seq_file *m, void *data),
					 int (*write)(char *text, size_t len, void *data),
					 void *data)
{
	struct proc_dir_entry *dir = walk(&name), *de;

	if (!dir)
		return NULL;
	de = add_child(dir, name, strlen(name), S_IFREG | mode);
	if (de) {
		de->show = show;
		de->write = write;
		de->data = data;
	}
	return de;
}

static void __init proc_symlink(const char *name, char *target)
{
	struct proc_dir_entry *de = add_child(&proc_root, name, strlen(name), S_IFLNK | 0777);

	if (de)
		de->target = target;
}

/* ---- inodes ---- */

struct inode *proc_new_inode(struct super_block *sb, mode_t mode, ino_t ino)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = ino;
	inode->i_mode = mode;
	inode->i_nlink = S_ISDIR(mode) ? 2 : 1;
	inode->i_atime = inode->i_mtime = inode->i_ctime = get_seconds();
	return inode;
}

static const struct inode_operations proc_dir_iops, proc_file_iops, proc_self_iops;
static const struct file_operations proc_dir_fops;

static struct inode *entry_inode(struct super_block *sb, struct proc_dir_entry *de)
{
	struct inode *inode = proc_new_inode(sb, de->mode, de->ino);

	if (!inode)
		return NULL;
	inode->u.proc_i.p = de;
	if (S_ISDIR(de->mode)) {
		inode->i_op = &proc_dir_iops;
		inode->i_fop = &proc_dir_fops;
	} else if (S_ISLNK(de->mode)) {
		inode->i_op = &proc_self_iops;
	} else {
		inode->i_op = &proc_file_iops;
		inode->i_fop = de->fops ? de->fops : &proc_text_fops;
	}
	return inode;
}

pid_t proc_name_to_pid(const struct qstr *name)
{
	unsigned int i, pid = 0;

	if (!name->len || name->len > 6 || name->name[0] == '0')
		return 0;
	for (i = 0; i < name->len; i++) {
		if (name->name[i] < '0' || name->name[i] > '9')
			return 0;
		pid = pid * 10 + name->name[i] - '0';
	}
	return pid;
}

static struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry)
{
	struct proc_dir_entry *de;
	struct inode *inode;
	struct task_struct *p;

	de = find_child((struct proc_dir_entry *)PROC_ENTRY(dir), (char *)dentry->d_name.name,
			dentry->d_name.len);
	if (de) {
		inode = entry_inode(dir->i_sb, de);
	} else {
		p = NULL;
		if (dir->i_ino == PROC_ROOT_INO)
			p = find_task_by_pid(proc_name_to_pid(&dentry->d_name));
		if (!p)
			return ERR_PTR(-ENOENT);
		dentry->d_op = &proc_pid_dentry_ops;
		inode = proc_pid_inode(dir->i_sb, p);
	}
	if (!inode)
		return ERR_PTR(-ENOMEM);
	d_add(dentry, inode);
	return NULL;
}

/* ---- directories ---- */

/* Processes come behind the fixed entries, at offset FIRST_PID_POS + pid. */
#define FIRST_PID_POS	256

static int fill_pids(struct file *file, void *dirent, filldir_t filldir)
{
	pid_t pid;

	if (file->f_pos >= FIRST_PID_POS + PID_MAX)
		return 0;
	pid = file->f_pos - FIRST_PID_POS;
	for (; pid < PID_MAX; pid++) {
		struct task_struct *p = find_task_by_pid(pid);
		char name[12];
		int len;

		if (!p || !thread_group_leader(p) || !pid)
			continue;
		len = sprintf(name, "%d", pid);
		file->f_pos = FIRST_PID_POS + pid;
		if (filldir(dirent, name, len, file->f_pos, (u64)pid << 16, DT_DIR))
			return 0;
	}
	file->f_pos = FIRST_PID_POS + pid;
	return 0;
}

static int proc_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	const struct proc_dir_entry *dir = PROC_ENTRY(file->f_dentry->d_inode), *de = dir->children;
	loff_t i;

	if (file->f_pos == 0) {
		if (filldir(dirent, ".", 1, 0, dir->ino, DT_DIR))
			return 0;
		file->f_pos++;
	}
	if (file->f_pos == 1) {
		if (filldir(dirent, "..", 2, 1, dir->parent->ino, DT_DIR))
			return 0;
		file->f_pos++;
	}
	for (i = 2; de && i < file->f_pos; i++)
		de = de->next;
	for (; de; de = de->next) {
		if (filldir(dirent, de->name, strlen(de->name), file->f_pos, de->ino,
			    (de->mode & S_IFMT) >> 12))
			return 0;
		file->f_pos++;
	}
	if (dir != &proc_root)
		return 0;
	if (file->f_pos < FIRST_PID_POS)
		file->f_pos = FIRST_PID_POS;
	return fill_pids(file, dirent, filldir);
}

static const struct file_operations proc_dir_fops = {
	.llseek = default_llseek,
	.read = generic_read_dir,
	.readdir = proc_readdir,
};

static const struct inode_operations proc_dir_iops = {
	.lookup = proc_lookup,
};

static const struct inode_operations proc_file_iops = {
	.lookup = NULL,
};

/* /proc/self names a process, the other links a fixed path. */
static int proc_self_readlink(struct dentry *dentry, char *buf, int size)
{
	const char *target = PROC_ENTRY(dentry->d_inode)->target;
	char text[12];
	int len;

	if (!target) {
		sprintf(text, "%d", current->tgid);
		target = text;
	}
	len = min_t(int, strlen(target), size);
	memcpy(buf, target, len);
	return len;
}

static const struct inode_operations proc_self_iops = {
	.readlink = proc_self_readlink,
};

/* ---- the file system ---- */

static const struct super_operations proc_sops = {
	.statfs = simple_statfs,
};

static int proc_read_super(struct super_block *sb, void *data, int silent)
{
	struct inode *root;

	(void)data;
	(void)silent;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_magic = PROC_SUPER_MAGIC;
	sb->s_op = &proc_sops;
	root = entry_inode(sb, &proc_root);
	if (!root)
		return -ENOMEM;
	sb->s_root = d_alloc_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct file_system_type proc_fs_type = {
	.name = "proc",
	.read_super = proc_read_super,
};

static int __init proc_init(void)
{
	proc_symlink("self", NULL);
	proc_symlink("mounts", "self/mounts");
	return register_filesystem(&proc_fs_type);
}
initcall_fs(proc_init);
