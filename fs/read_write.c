/*
 * read(), write() and their positions. What is checked here is the same for all files: the number,
 * the mode it was opened in, the size of the request; the rest is the business of file->f_op:
 * generic_file_read() for a file, pipe_read() for a pipe, a driver's read() for a device.
 *
 * The vector forms and sendfile() are in uio.c.
 */
#include <linux/fs.h>
#include <linux/syscalls.h>
#include <asm/uaccess.h>

/* What one call moves at most, so that the result is never mistaken for an error. */
#define MAX_RW_COUNT	0x7ffff000UL

ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (unlikely(!(file->f_mode & FMODE_READ)))
		return -EBADF;
	if (unlikely(!file->f_op->read))
		return -EINVAL;
	if (unlikely(count > MAX_RW_COUNT)) {
		if ((ssize_t)count < 0)
			return -EINVAL;
		count = MAX_RW_COUNT;
	}
	return file->f_op->read(file, buf, count, pos);
}

ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (unlikely(!(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (unlikely(!file->f_op->write))
		return -EINVAL;
	if (unlikely(count > MAX_RW_COUNT)) {
		if ((ssize_t)count < 0)
			return -EINVAL;
		count = MAX_RW_COUNT;
	}
	return file->f_op->write(file, buf, count, pos);
}

long sys_read(unsigned int fd, char __user *buf, size_t count)
{
	struct file *file = fget(fd);
	ssize_t ret;

	if (unlikely(!file))
		return -EBADF;
	ret = vfs_read(file, buf, count, &file->f_pos);
	fput(file);
	return ret;
}

long sys_write(unsigned int fd, const char __user *buf, size_t count)
{
	struct file *file = fget(fd);
	ssize_t ret;

	if (unlikely(!file))
		return -EBADF;
	ret = vfs_write(file, buf, count, &file->f_pos);
	fput(file);
	return ret;
}

long sys_pread64(unsigned int fd, char __user *buf, size_t count, loff_t pos)
{
	struct file *file;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_mode & FMODE_PREAD)
		ret = vfs_read(file, buf, count, &pos);
	fput(file);
	return ret;
}

long sys_pwrite64(unsigned int fd, const char __user *buf, size_t count, loff_t pos)
{
	struct file *file;
	ssize_t ret = -ESPIPE;

	if (pos < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_mode & FMODE_PREAD)
		ret = vfs_write(file, buf, count, &pos);
	fput(file);
	return ret;
}

/* Into kernel memory: exec reads headers with it. */
ssize_t kernel_read(struct file *file, loff_t pos, void *buf, size_t count)
{
	mm_segment_t old_fs = get_fs();
	ssize_t ret;

	set_fs(KERNEL_DS);
	ret = file->f_op->read ? file->f_op->read(file, buf, count, &pos) : -EINVAL;
	set_fs(old_fs);
	return ret;
}

/* ---- positions ---- */

static loff_t move_position(struct file *file, loff_t offset, int whence, loff_t end,
			    loff_t max)
{
	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		offset += file->f_pos;
		break;
	case SEEK_END:
		offset += end;
		break;
	default:
		return -EINVAL;
	}
	if (offset < 0 || offset > max)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}

/* Files without a size of their own: directories, devices. */
loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	loff_t max = (loff_t)(~0ULL >> 1);

	return move_position(file, offset, whence, file->f_dentry->d_inode->i_size, max);
}

loff_t no_llseek(struct file *file __unused, loff_t offset __unused, int whence __unused)
{
	return -ESPIPE;
}

static loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	if (!(file->f_mode & FMODE_LSEEK))
		return file->f_flags & O_PATH ? -EBADF : -ESPIPE;
	if (file->f_op->llseek)
		return file->f_op->llseek(file, offset, whence);
	return default_llseek(file, offset, whence);
}

/*
 * A position that does not fit the result is reached all the same, as POSIX has it for EOVERFLOW.
 */
long sys_lseek(unsigned int fd, long offset, unsigned int whence)
{
	struct file *file = fget(fd);
	loff_t pos;

	if (!file)
		return -EBADF;
	pos = vfs_llseek(file, offset, whence);
	fput(file);
	return pos > LONG_MAX ? -EOVERFLOW : (long)pos;
}

long sys_llseek(unsigned int fd, unsigned long high, unsigned long low,
		loff_t __user *result, unsigned int whence)
{
	struct file *file = fget(fd);
	loff_t pos;

	if (!file)
		return -EBADF;
	pos = vfs_llseek(file, ((u64)high << 32) | low, whence);
	fput(file);
	if (pos < 0)
		return pos;
	return copy_to_user(result, &pos, sizeof(pos)) ? -EFAULT : 0;
}
