/*
 * Super-blocks: the known types of file system, and mounting them.
 *
 * A mount ties two trees together: the directory covered and the root of what is mounted know each
 * other (d_mounts, d_covers), and the path walk steps from one to the other. A super-block is
 * mounted in one place at a time; a device that is mounted already is EBUSY.
 *
 * References: the super-block owns one on its root, the mount one on the covered directory. A root
 * with nobody else's reference is not in use and can be unmounted.
 *
 * The kernel's own first mount, the root, is in do_mounts.c.
 */
#include <linux/fs.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

#define UNNAMED_MAJOR	0
#define MAX_UNNAMED	256

/* The flags of mount(2) that stay with the super-block. */
#define SB_FLAGS	(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_SYNCHRONOUS | \
			 MS_NOATIME | MS_NODIRATIME)

LIST_HEAD(super_blocks);
static struct file_system_type *file_systems;
static unsigned long unnamed_in_use[MAX_UNNAMED / (8 * sizeof(long))] = { 1 };
static DEFINE_MUTEX(mount_mutex);	/* one mount, umount or remount at a time */

/* ---- types ---- */

int register_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;

	for (p = &file_systems; *p; p = &(*p)->next)
		if (!strcmp((*p)->name, fs->name))
			return -EBUSY;
	fs->next = NULL;
	*p = fs;
	return 0;
}

struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *fs;

	for (fs = file_systems; fs; fs = fs->next)
		if (!strcmp(fs->name, name))
			return fs;
	return NULL;
}

static struct file_system_type *next_disk_fs_type(struct file_system_type *fs)
{
	fs = fs ? fs->next : file_systems;
	while (fs && !(fs->fs_flags & FS_REQUIRES_DEV))
		fs = fs->next;
	return fs;
}

int get_filesystem_list(char *buf, int size)
{
	struct file_system_type *fs;
	int len = 0;

	for (fs = file_systems; fs; fs = fs->next)
		len += scnprintf(buf + len, size - len, "%s\t%s\n",
				 fs->fs_flags & FS_REQUIRES_DEV ? "" : "nodev", fs->name);
	return len;
}

/* ---- super-blocks ---- */

/* Device numbers for file systems without a device: major 0, a minor each; 0 when all are taken. */
dev_t get_unnamed_dev(void)
{
	int i;

	for (i = 1; i < MAX_UNNAMED; i++)
		if (!test_and_set_bit(i, unnamed_in_use))
			return MKDEV(UNNAMED_MAJOR, i);
	return 0;
}

void put_unnamed_dev(dev_t dev)
{
	if (MAJOR(dev) == UNNAMED_MAJOR && MINOR(dev))
		clear_bit(MINOR(dev), unnamed_in_use);
}

struct super_block *get_super(dev_t dev)
{
	struct super_block *sb;

	list_for_each_entry(sb, &super_blocks, s_list)
		if (sb->s_dev == dev)
			return sb;
	return NULL;
}

struct super_block *alloc_super(struct file_system_type *type, dev_t dev, unsigned long flags,
				const char *devname)
{
	struct super_block *sb = kzalloc(sizeof(*sb), GFP_KERNEL);

	if (!sb)
		return NULL;
	sb->s_devname = kmalloc(strlen(devname) + 1, GFP_KERNEL);
	if (!sb->s_devname) {
		kfree(sb);
		return NULL;
	}
	strcpy(sb->s_devname, devname);
	sb->s_dev = dev;
	sb->s_type = type;
	sb->s_flags = flags & SB_FLAGS;
	sb->s_blocksize = 1024;
	sb->s_maxbytes = LONG_MAX;
	sb->s_wb_errors = blkdev_buffer_errors(dev);
	INIT_LIST_HEAD(&sb->s_inodes);
	INIT_LIST_HEAD(&sb->s_dirty);
	INIT_LIST_HEAD(&sb->s_files);
	list_add_tail(&sb->s_list, &super_blocks);
	return sb;
}

static void free_super(struct super_block *sb)
{
	list_del(&sb->s_list);
	put_unnamed_dev(sb->s_dev);
	kfree(sb->s_devname);
	kfree(sb);
}

struct super_block *read_super(struct file_system_type *type, dev_t dev, unsigned long flags,
			       const char *devname, void *data, int silent)
{
	struct super_block *sb;
	int err;

	if (!(type->fs_flags & FS_REQUIRES_DEV)) {
		dev = get_unnamed_dev();
		if (!dev)
			return ERR_PTR(-EMFILE);
	}
	sb = alloc_super(type, dev, flags, devname);
	if (!sb) {
		put_unnamed_dev(dev);
		return ERR_PTR(-ENOMEM);
	}
	err = type->read_super(sb, data, silent);
	if (!err && !sb->s_root)
		err = -EINVAL;
	if (err) {
		shrink_dcache_sb(sb);
		invalidate_inodes(sb);
		free_super(sb);
		return ERR_PTR(err);
	}
	return sb;
}

/* Super-block fields, dirty inodes and their pages, buffers: all on disk afterwards. */
static void sync_super(struct super_block *sb)
{
	sync_inodes(sb->s_dev, 1);
	if (sb->s_dirt && sb->s_op->write_super)
		sb->s_op->write_super(sb);
	if (sb->s_type->fs_flags & FS_REQUIRES_DEV)
		sync_buffers(sb->s_dev, 1);
}

/* Takes a mounted super-block, no longer in use, out of memory. */
static void kill_super(struct super_block *sb)
{
	struct dentry *root = sb->s_root;
	bool on_disk = sb->s_type->fs_flags & FS_REQUIRES_DEV;
	dev_t dev = sb->s_dev;

	sync_super(sb);
	d_unpin_tree(root);
	shrink_dcache_sb(sb);
	sb->s_root = NULL;
	d_drop(root);
	dput(root);
	if (invalidate_inodes(sb))
		printk(KERN_ERR "umount of %s: inodes still in use are lost\n", sb->s_devname);
	if (sb->s_op->put_super)
		sb->s_op->put_super(sb);
	free_super(sb);
	if (on_disk) {
		sync_buffers(dev, 1);
		invalidate_buffers(dev);
	}
}

/* The mutex: no file system goes away while its super-block is written. */
void sync_supers(dev_t dev)
{
	struct super_block *sb;

	mutex_lock(&mount_mutex);
	list_for_each_entry(sb, &super_blocks, s_list)
		if ((!dev || sb->s_dev == dev) && sb->s_dirt && sb->s_op->write_super)
			sb->s_op->write_super(sb);
	mutex_unlock(&mount_mutex);
}

/* ---- mount ---- */

static int check_device(dev_t dev, unsigned long *flags)
{
	if (get_super(dev) || swap_uses_device(dev))
		return -EBUSY;
	if (!(*flags & MS_RDONLY) && blkdev_read_only(dev))
		return -EACCES;
	return 0;
}

/* The device behind a path such as /dev/hda1. */
static int device_of_path(const char *path, dev_t *dev)
{
	struct dentry *dentry;
	struct inode *inode;
	int err = 0;

	if (!path || !*path)
		return -EINVAL;
	dentry = kern_path(path, LOOKUP_FOLLOW);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	inode = dentry->d_inode;
	if (!S_ISBLK(inode->i_mode))
		err = -ENOTBLK;
	else if (inode->i_sb->s_flags & MS_NODEV)
		err = -EACCES;
	if (!err)
		err = blkdev_get(block_node_number(inode), dev);
	dput(dentry);
	return err;
}

/* Tries every disk file system in turn; only -EINVAL ("not mine") leads to the next. */
struct super_block *read_super_auto(dev_t dev, unsigned long flags, const char *devname,
				    void *data)
{
	struct file_system_type *type = NULL;
	struct super_block *sb = ERR_PTR(-EINVAL);

	while ((type = next_disk_fs_type(type))) {
		sb = read_super(type, dev, flags, devname, data, 1);
		if (!IS_ERR(sb) || PTR_ERR(sb) != -EINVAL)
			break;
	}
	return sb;
}

static int do_new_mount(const char *devname, struct dentry *dir, const char *typename,
			unsigned long flags, void *data)
{
	struct file_system_type *type = NULL;
	bool any = !strcmp(typename, "auto");
	struct super_block *sb;
	dev_t dev = 0;
	int err;

	/* A name that goes when its process does would take the way to umount with it. */
	if (dir->d_op && dir->d_op->d_revalidate)
		return -EINVAL;
	if (!any) {
		type = get_fs_type(typename);
		if (!type)
			return -ENODEV;
	}
	if (any || (type->fs_flags & FS_REQUIRES_DEV)) {
		err = device_of_path(devname, &dev);
		if (!err)
			err = check_device(dev, &flags);
		if (err)
			return err;
	}
	if (!devname || !*devname)
		devname = "none";
	if (any)
		sb = read_super_auto(dev, flags, devname, data);
	else
		sb = read_super(type, dev, flags, devname, data, flags & MS_SILENT ? 1 : 0);
	if (IS_ERR(sb))
		return PTR_ERR(sb);
	/* Reading it slept: the directory may have been removed or covered meanwhile. */
	if (dir->d_mounts != dir || dir->d_inode->i_nlink == 0) {
		kill_super(sb);
		return dir->d_inode->i_nlink ? -EBUSY : -ENOENT;
	}
	sb->s_root->d_covers = dget(dir);
	dir->d_mounts = sb->s_root;
	return 0;
}

/* Files open for writing, or deleted but open, would be cut off by turning read-only. */
static bool may_remount_ro(struct super_block *sb)
{
	struct file *file;

	list_for_each_entry(file, &sb->s_files, f_list) {
		struct inode *inode = file->f_dentry->d_inode;

		if (inode->i_nlink == 0 || (inode->i_state & I_SWAPFILE))
			return false;
		if ((file->f_mode & FMODE_WRITE) && S_ISREG(inode->i_mode))
			return false;
	}
	return true;
}

/*
 * From the check on nothing can be opened for writing any more: the flag is set before anything
 * sleeps. Who had passed inode_permission() before that is stopped by dentry_open(). Files deleted
 * meanwhile show in the second check.
 */
static int become_read_only(struct super_block *sb)
{
	shrink_dcache_sb(sb);
	if (!may_remount_ro(sb))
		return -EBUSY;
	sb->s_flags |= MS_RDONLY;
	sync_super(sb);
	if (may_remount_ro(sb))
		return 0;
	sb->s_flags &= ~MS_RDONLY;
	return -EBUSY;
}

static int do_remount_sb(struct super_block *sb, unsigned long new_flags, char *data)
{
	unsigned long old = sb->s_flags;
	int flags = new_flags & SB_FLAGS;
	int err;

	if (!(flags & MS_RDONLY) && (sb->s_type->fs_flags & FS_REQUIRES_DEV) &&
	    blkdev_read_only(sb->s_dev))
		return -EACCES;
	if ((flags & MS_RDONLY) && !(old & MS_RDONLY)) {
		err = become_read_only(sb);
		if (err)
			return err;
	}
	if (sb->s_op->remount_fs) {
		err = sb->s_op->remount_fs(sb, old, &flags, data);
		if (err) {
			sb->s_flags = old;
			return err;
		}
	}
	sb->s_flags = flags;
	if (flags & MS_RDONLY)
		sync_super(sb);
	return 0;
}

long do_mount(const char *dev, const char *dirname, const char *type, unsigned long flags,
	      void *data)
{
	struct dentry *dir;
	long err;

	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~MS_MGC_MSK;
	if (!capable_root())
		return -EPERM;
	dir = kern_path(dirname, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	mutex_lock(&mount_mutex);
	if (flags & MS_REMOUNT)
		err = dir == dir->d_sb->s_root ? do_remount_sb(dir->d_sb, flags, data) : -EINVAL;
	else if ((flags & MS_BIND) || !type)
		err = -EINVAL;
	else
		err = do_new_mount(dev, dir, type, flags, data);
	mutex_unlock(&mount_mutex);
	dput(dir);
	return err;
}

/*
 * Consumes the reference on root. Nothing between the last test and the detaching sleeps, so
 * nobody can begin to use the file system in between.
 */
static int do_umount(struct dentry *root)
{
	struct super_block *sb = root->d_sb;
	struct dentry *covered = root->d_covers;
	int err = -EINVAL;

	if (root != sb->s_root)
		goto out;
	if (covered == root) {		/* "/": it stays, but is safe to switch off */
		err = do_remount_sb(sb, sb->s_flags | MS_RDONLY, NULL);
		goto out;
	}
	sync_super(sb);
	shrink_dcache_sb(sb);
	err = -EBUSY;
	/* One reference is the super-block's, one ours. */
	if (d_tree_in_use(root, 2) || root->d_mounts != root || !list_empty(&sb->s_files))
		goto out;
	covered->d_mounts = covered;
	root->d_covers = root;
	dput(root);
	kill_super(sb);
	dput(covered);
	return 0;
out:
	dput(root);
	return err;
}

long umount_tree(struct dentry *root)
{
	long err;

	mutex_lock(&mount_mutex);
	err = do_umount(root);
	mutex_unlock(&mount_mutex);
	return err;
}

/* What get_super() finds has a root only under the mutex: what is just mounted has none yet. */
long umount_device(dev_t dev)
{
	struct super_block *sb;
	long err;

	mutex_lock(&mount_mutex);
	sb = get_super(dev);
	if (!sb)
		err = -EINVAL;
	else if (sb->s_root->d_covers == sb->s_root)
		err = -EBUSY;		/* "/" */
	else
		err = do_umount(dget(sb->s_root));
	mutex_unlock(&mount_mutex);
	return err;
}

/*
 * MNT_FORCE would give up requests to a server that does not answer; no file system here has one,
 * so it changes nothing: what is in use is still EBUSY. A mount that goes when its last user does
 * (MNT_DETACH) or when nobody has used it for a while (MNT_EXPIRE) does not exist here.
 */
long sys_umount2(const char __user *path, int flags)
{
	struct dentry *root;

	if (flags & ~(MNT_FORCE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	if (!capable_root())
		return -EPERM;
	root = flags & UMOUNT_NOFOLLOW ? lnamei(path) : namei(path);
	return IS_ERR(root) ? PTR_ERR(root) : umount_tree(root);
}

long sys_umount(const char __user *path)
{
	return sys_umount2(path, 0);
}

/* A string argument that may be NULL. */
static char *get_optional_name(const char __user *user)
{
	return user ? getname(user) : NULL;
}

/*
 * The options are a page at most, and may end where the program's memory ends.
 */
static int copy_mount_options(const void __user *user, char **where)
{
	char *page;
	unsigned long left;

	*where = NULL;
	if (!user)
		return 0;
	page = (char *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	left = copy_from_user(page, user, PAGE_SIZE);
	if (left == PAGE_SIZE) {
		free_page((unsigned long)page);
		return -EFAULT;
	}
	page[PAGE_SIZE - 1] = '\0';
	*where = page;
	return 0;
}

long sys_mount(const char __user *udev, const char __user *udir, const char __user *utype,
	       unsigned long flags, const void __user *udata)
{
	char *dev, *dir, *type, *data;
	long err;

	type = get_optional_name(utype);
	if (IS_ERR(type))
		return PTR_ERR(type);
	dev = get_optional_name(udev);
	if (PTR_ERR(dev) == -ENOENT)	/* "" is a name here */
		dev = NULL;
	err = PTR_ERR(dev);
	if (IS_ERR(dev))
		goto out_type;
	dir = getname(udir);
	err = PTR_ERR(dir);
	if (IS_ERR(dir))
		goto out_dev;
	err = copy_mount_options(udata, &data);
	if (!err) {
		err = do_mount(dev, dir, type, flags, data);
		if (data)
			free_page((unsigned long)data);
	}
	putname(dir);
out_dev:
	putname(dev);
out_type:
	putname(type);
	return err;
}
