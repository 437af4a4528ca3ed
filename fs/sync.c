/*
 * Getting what is in memory onto the disks: sync(2), fsync(2), and what umount and the write-back
 * daemon use of it.
 *
 * The order matters: writing pages allocates blocks and so dirties inodes, writing inodes
 * dirties buffers, and so do super-blocks. Hence pages and inodes first, then super-blocks,
 * then buffers. The first pass starts everything, the second waits.
 */
#include <linux/fs.h>
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/pagemap.h>
#include <linux/syscalls.h>

void sync_dev(dev_t dev)
{
	sync_inodes(dev, 0);
	sync_supers(dev);
	sync_buffers(dev, 0);
	run_disk_queues();
	sync_inodes(dev, 1);
	sync_supers(dev);
	sync_buffers(dev, 1);
}

long sys_sync(void)
{
	sync_dev(0);
	return 0;
}

/*
 * Where a file's blocks are noted is known to the file system alone: all of its buffers are
 * written, then. Likewise a buffer that could not be written, now or earlier, may be one that this
 * file depends on: every file that was open hears of it, and one opened since if nobody has yet.
 */
static int sync_metadata(struct file *file)
{
	struct super_block *sb = file->f_dentry->d_inode->i_sb;
	int err = sync_buffers(sb->s_dev, 1);
	unsigned long errors = blkdev_buffer_errors(sb->s_dev);

	if (file->f_wb_errors != errors) {
		file->f_wb_errors = sb->s_wb_errors = errors;
		err = -EIO;
	}
	return err;
}

int generic_file_fsync(struct file *file, int datasync __unused)
{
	struct inode *inode = file->f_dentry->d_inode;
	int err = write_inode_now(inode, 1), err2 = 0;

	if (inode->i_sb->s_type->fs_flags & FS_REQUIRES_DEV)
		err2 = sync_metadata(file);
	if (inode->i_mapping->error) {
		err = inode->i_mapping->error;
		inode->i_mapping->error = 0;
	}
	return err ? err : err2;
}

static long do_fsync(unsigned int fd, int datasync)
{
	struct file *file = fget(fd);
	struct inode *inode;
	long err;

	if (!file)
		return -EBADF;
	inode = file->f_dentry->d_inode;
	if (file->f_flags & O_PATH)
		err = -EBADF;
	else if (file->f_op->fsync)
		err = file->f_op->fsync(file, datasync);
	else if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		err = generic_file_fsync(file, datasync);
	else
		err = -EINVAL;
	fput(file);
	return err;
}

long sys_fsync(unsigned int fd)
{
	return do_fsync(fd, 0);
}

long sys_fdatasync(unsigned int fd)
{
	return do_fsync(fd, 1);
}

long sys_syncfs(unsigned int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return -EBADF;
	if (file->f_dentry->d_sb->s_dev)
		sync_dev(file->f_dentry->d_sb->s_dev);
	fput(file);
	return 0;
}
