/*
 * Opening and closing files, and where a task stands in the tree (chdir, chroot, getcwd).
 *
 * open() is three steps: a free number (file_table.c), the dentry with all checks
 * (open_namei() in namei.c), and a struct file tied to it (dentry_open() here), which calls the
 * driver's or file system's open().
 */
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* ---- who writes and who executes ---- */

int get_write_access(struct inode *inode)
{
	if (inode->i_writecount < 0)
		return -ETXTBSY;
	inode->i_writecount++;
	return 0;
}

void put_write_access(struct inode *inode)
{
	inode->i_writecount--;
}

int deny_write_access(struct inode *inode)
{
	if (inode->i_writecount > 0)
		return -ETXTBSY;
	inode->i_writecount--;
	return 0;
}

void allow_write_access(struct inode *inode)
{
	inode->i_writecount++;
}

/* ---- open ---- */

/* O_PATH: a handle on the place, good for the *at calls, fstat() and fchdir(). */
static const struct file_operations path_fops;

static int call_open(struct inode *inode, struct file *file)
{
	int err;

	if (file->f_flags & O_PATH) {
		file->f_mode = 0;
		file->f_op = &path_fops;
		return 0;
	}
	if (S_ISREG(inode->i_mode) && inode->i_size > LONG_MAX && !(file->f_flags & O_LARGEFILE))
		return -EOVERFLOW;
	if (file->f_mode & FMODE_WRITE) {
		/* Remounted since inode_permission()? From now on it would find us in s_files. */
		if (S_ISREG(inode->i_mode) && (inode->i_sb->s_flags & MS_RDONLY))
			return -EROFS;
		err = get_write_access(inode);
		if (err)
			return err;
	}
	err = file->f_op->open ? file->f_op->open(inode, file) : 0;
	if (err && (file->f_mode & FMODE_WRITE))
		put_write_access(inode);
	return err;
}

struct file *dentry_open(struct dentry *dentry, int flags)
{
	struct inode *inode = dentry->d_inode;
	struct file *file = get_empty_filp();
	int err;

	if (!file) {
		dput(dentry);
		return ERR_PTR(-ENFILE);
	}
	file->f_flags = flags;		/* O_NOCTTY too: the terminal's open() looks at it */
	file->f_mode = ((flags + 1) & O_ACCMODE) | FMODE_LSEEK | FMODE_PREAD;
	file->f_dentry = dentry;
	file->f_op = inode->i_fop;
	file->f_wb_errors = inode->i_sb->s_wb_errors;
	list_add(&file->f_list, &inode->i_sb->s_files);
	err = call_open(inode, file);
	if (err) {
		put_filp(file);
		dput(dentry);
		return ERR_PTR(err);
	}
	/* O_ASYNC is for fcntl(): here there is no owner yet. */
	file->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC | O_ASYNC);
	return file;
}

struct file *open_text(struct dentry *dentry)
{
	struct file *file = dentry_open(dentry, O_RDONLY | O_LARGEFILE);
	int err;

	if (IS_ERR(file))
		return file;
	err = deny_write_access(file->f_dentry->d_inode);
	if (err) {
		fput(file);
		return ERR_PTR(err);
	}
	return file;
}

void close_text(struct file *file)
{
	allow_write_access(file->f_dentry->d_inode);
	fput(file);
}

static struct file *do_filp_open(int dfd, const char *path, int flags, mode_t mode)
{
	struct dentry *dentry;

	if (flags & O_PATH)
		flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	dentry = open_namei(dfd, path, flags, mode);
	if (IS_ERR(dentry))
		return (struct file *)dentry;
	return dentry_open(dentry, flags);
}

struct file *filp_open(const char *path, int flags, mode_t mode)
{
	return do_filp_open(AT_FDCWD, path, flags, mode);
}

long sys_openat(int dfd, const char __user *path, int flags, mode_t mode)
{
	char *name = getname(path);
	struct file *file;
	int fd;

	if (IS_ERR(name))
		return PTR_ERR(name);
	fd = get_unused_fd(0);
	if (fd < 0)
		goto out;
	file = do_filp_open(dfd, name, flags, mode);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(file);
		goto out;
	}
	if (flags & O_CLOEXEC)
		set_close_on_exec(fd, true);
	fd_install(fd, file);
out:
	putname(name);
	return fd;
}

long sys_open(const char __user *path, int flags, mode_t mode)
{
	return sys_openat(AT_FDCWD, path, flags, mode);
}

long sys_creat(const char __user *path, mode_t mode)
{
	return sys_openat(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* ---- close ---- */

int filp_close(struct file *file, struct files_struct *files)
{
	int err = 0;

	if (file->f_op->flush)
		err = file->f_op->flush(file);
	if (files && file->f_dentry->d_inode->i_flock)
		locks_remove_posix(file, files);
	fput(file);
	return err;
}

/*
 * The number is free whatever flush() says: a program that tries close() again would hit another
 * file.
 */
long sys_close(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (fd >= files->max_fds || !files->fd[fd])
		return -EBADF;
	file = files->fd[fd];
	files->fd[fd] = NULL;
	put_unused_fd(fd);
	return filp_close(file, files);
}

#define CLOSE_RANGE_UNSHARE	2
#define CLOSE_RANGE_CLOEXEC	4

long sys_close_range(unsigned int first, unsigned int last, unsigned int flags)
{
	unsigned int fd;
	int err;

	if (first > last || (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)))
		return -EINVAL;
	if (flags & CLOSE_RANGE_UNSHARE) {
		err = unshare_files();
		if (err)
			return err;
	}
	for (fd = first; fd <= last && fd < current->files->max_fds; fd++) {
		if (!(flags & CLOSE_RANGE_CLOEXEC))
			sys_close(fd);
		else if (current->files->fd[fd])
			set_close_on_exec(fd, true);
	}
	return 0;
}

/* ---- access ---- */

/* The question is asked for the real user, unless AT_EACCESS. */
long sys_faccessat2(int dfd, const char __user *path, int mode, int flags)
{
	uid_t old_fsuid = current->fsuid;
	gid_t old_fsgid = current->fsgid;
	unsigned int lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct dentry *dentry;
	long err;

	if ((mode & ~(R_OK | W_OK | X_OK)) ||
	    (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	if (!(flags & AT_EACCESS)) {
		current->fsuid = current->uid;
		current->fsgid = current->gid;
	}
	dentry = namei_at(dfd, path, lookup);
	err = PTR_ERR(dentry);
	if (!IS_ERR(dentry)) {
		err = mode == F_OK ? 0 : inode_permission(dentry->d_inode, mode);
		dput(dentry);
	}
	current->fsuid = old_fsuid;
	current->fsgid = old_fsgid;
	return err;
}

long sys_faccessat(int dfd, const char __user *path, int mode)
{
	return sys_faccessat2(dfd, path, mode, 0);
}

long sys_access(const char __user *path, int mode)
{
	return sys_faccessat2(AT_FDCWD, path, mode, 0);
}

/* ---- the task's place in the tree ---- */

static void set_fs_dentry(struct dentry **place, struct dentry *dentry)
{
	struct dentry *old = *place;

	*place = dentry;
	dput(old);
}

long sys_chdir(const char __user *path)
{
	struct dentry *dentry = namei_at(AT_FDCWD, path, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = inode_permission(dentry->d_inode, MAY_EXEC);
	if (err)
		dput(dentry);
	else
		set_fs_dentry(&current->fs->pwd, dentry);
	return err;
}

long sys_fchdir(unsigned int fd)
{
	struct file *file = fget(fd);
	struct inode *inode;
	long err;

	if (!file)
		return -EBADF;
	inode = file->f_dentry->d_inode;
	err = S_ISDIR(inode->i_mode) ? inode_permission(inode, MAY_EXEC) : -ENOTDIR;
	if (!err)
		set_fs_dentry(&current->fs->pwd, dget(file->f_dentry));
	fput(file);
	return err;
}

long sys_chroot(const char __user *path)
{
	struct dentry *dentry = namei_at(AT_FDCWD, path, LOOKUP_FOLLOW | LOOKUP_DIRECTORY);
	long err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = inode_permission(dentry->d_inode, MAY_EXEC);
	if (!err && !capable_root())
		err = -EPERM;
	if (err)
		dput(dentry);
	else
		set_fs_dentry(&current->fs->root, dentry);
	return err;
}

/* Returns the length with the NUL, as the C library expects of the call. */
long sys_getcwd(char __user *buf, unsigned long size)
{
	struct dentry *pwd = current->fs->pwd;
	char *page, *path;
	long len;

	if (pwd->d_inode->i_nlink == 0)
		return -ENOENT;
	page = (char *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	path = d_path(pwd, current->fs->root, page, PATH_MAX);
	len = PTR_ERR(path);
	if (IS_ERR(path))
		goto out;
	len = page + PATH_MAX - path;
	if ((unsigned long)len > size)
		len = -ERANGE;
	else if (copy_to_user(buf, path, len))
		len = -EFAULT;
out:
	free_page((unsigned long)page);
	return len;
}
