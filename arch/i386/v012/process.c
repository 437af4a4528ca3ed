/*
 * Calls on processes and on the system as they were in 1992.
 */
#include <linux/aout.h>
#include <linux/binfmts.h>
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/utsname.h>
#include <asm/uaccess.h>
#include "v012.h"

#define UTS_FIELD	9
#define STACK_GAP	16384		/* that brk() leaves below the first stack pointer */
#define ERROR		99		/* errno: something is wrong */

/* ---- memory ---- */

/* The new end of the heap, or the old one. All memory is there anyway: it is only a number. */
long sys_v012_brk(unsigned long brk)
{
	struct mm_struct *mm = current->mm;

	if (brk >= mm->end_code && brk < (mm->start_stack & PAGE_MASK) - STACK_GAP)
		mm->brk = brk;
	return mm->brk;
}

/* ---- programs ---- */

/* ENOEXEC: there is no right to execute the file. */
long sys_v012_execve(const char __user *path, char __user *__user *argv,
		     char __user *__user *envp)
{
	long err = sys_execve(path, argv, envp);
	struct dentry *dentry;

	if (err != -EACCES)
		return err;
	dentry = namei(path);
	if (IS_ERR(dentry))
		return err;
	if (S_ISREG(dentry->d_inode->i_mode))
		err = -ENOEXEC;
	dput(dentry);
	return err;
}

/* ---- the system ---- */

/* Only init made it, once, at boot. */
long sys_v012_setup(void)
{
	return -EPERM;
}

struct v012_utsname {
	char sysname[UTS_FIELD], nodename[UTS_FIELD], release[UTS_FIELD], version[UTS_FIELD],
		machine[UTS_FIELD];
};

long sys_v012_uname(struct v012_utsname __user *buf)
{
	struct v012_utsname name = { "Linux", "", "0", "0.12", "i386" };

	if (!buf)
		return -ERROR;
	strlcpy(name.nodename, system_utsname.nodename, sizeof(name.nodename));
	return copy_to_user(buf, &name, sizeof(name)) ? -EFAULT : 0;
}

/* ---- mounting: the only kind of file system was MINIX ---- */

long sys_v012_mount(const char __user *udev, const char __user *udir, int read_only)
{
	char *dev = getname(udev), *dir;
	long err;

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	dir = getname(udir);
	err = PTR_ERR(dir);
	if (!IS_ERR(dir)) {
		err = do_mount(dev, dir, "minix", read_only ? MS_RDONLY : 0, NULL);
		putname(dir);
	}
	putname(dev);
	return err;
}

/* By the name of the device. */
long sys_v012_umount(const char __user *path)
{
	struct dentry *dentry = namei(path);
	dev_t dev;

	if (!capable_root()) {
		if (!IS_ERR(dentry))
			dput(dentry);
		return -EPERM;
	}
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	if (!S_ISBLK(dentry->d_inode->i_mode)) {
		dput(dentry);
		return -ENOTBLK;
	}
	dev = blkdev_known_as(block_node_number(dentry->d_inode));
	dput(dentry);
	return umount_device(dev);
}
