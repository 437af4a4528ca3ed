/*
 * Changing what a file is rather than what it holds: mode, owner, times, size.
 *
 * Every call ends in notify_change() with the set of attributes to change. There the right to do
 * it is checked (inode_change_ok()) and the change made (inode_setattr()), unless the file
 * system has a setattr() of its own. The calls themselves are in attr_calls.c.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/time.h>

static bool owner_or_root(const struct inode *inode)
{
	return current->fsuid == inode->i_uid || current->fsuid == 0;
}

/* Root may give a file to anybody; its owner may only give it to another of his groups. */
static bool may_chown(const struct inode *inode, const struct iattr *attr)
{
	if (current->fsuid == 0)
		return true;
	if (current->fsuid != inode->i_uid)
		return false;
	if ((attr->ia_valid & ATTR_UID) && attr->ia_uid != inode->i_uid)
		return false;
	return !(attr->ia_valid & ATTR_GID) || attr->ia_gid == inode->i_gid ||
	       in_group_p(attr->ia_gid);
}

int inode_change_ok(struct inode *inode, struct iattr *attr)
{
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_FORCE)
		return 0;
	if ((valid & (ATTR_UID | ATTR_GID)) && !may_chown(inode, attr))
		return -EPERM;
	if (valid & ATTR_MODE) {
		if (!owner_or_root(inode))
			return -EPERM;
		/* Set-gid is for members of the group. */
		if (current->fsuid != 0 &&
		    !in_group_p(valid & ATTR_GID ? attr->ia_gid : inode->i_gid))
			attr->ia_mode &= ~S_ISGID;
	}
	if ((valid & (ATTR_ATIME_SET | ATTR_MTIME_SET)) && !owner_or_root(inode))
		return -EPERM;
	return 0;
}

/* A new size: first no program maps or caches what is behind it, then its blocks are freed. */
static void change_size(struct inode *inode, loff_t size)
{
	loff_t old = inode->i_size;

	inode->i_size = size;
	if (size < old) {
		unmap_mapping_range(inode->i_mapping, (size + PAGE_SIZE - 1) >> PAGE_SHIFT);
		truncate_inode_pages(inode->i_mapping, size);
	}
	if (inode->i_op->truncate)
		inode->i_op->truncate(inode);
}

int inode_setattr(struct inode *inode, struct iattr *attr)
{
	unsigned int valid = attr->ia_valid;

	if (valid & ATTR_SIZE) {
		if (attr->ia_size > inode->i_sb->s_maxbytes)
			return -EFBIG;
		change_size(inode, attr->ia_size);
	}
	if (valid & ATTR_UID)
		inode->i_uid = attr->ia_uid;
	if (valid & ATTR_GID)
		inode->i_gid = attr->ia_gid;
	if (valid & ATTR_ATIME)
		inode->i_atime = attr->ia_atime;
	if (valid & ATTR_MTIME)
		inode->i_mtime = attr->ia_mtime;
	if (valid & ATTR_CTIME)
		inode->i_ctime = attr->ia_ctime;
	if (valid & ATTR_MODE)
		inode->i_mode = (inode->i_mode & S_IFMT) | (attr->ia_mode & 07777);
	mark_inode_dirty(inode);
	return 0;
}

/* Set-uid and set-gid go when a file changes hands or contents. */
static void drop_set_id(struct inode *inode, struct iattr *attr)
{
	if (S_ISDIR(inode->i_mode) || !(inode->i_mode & (S_ISUID | S_ISGID)))
		return;
	if (!(attr->ia_valid & ATTR_MODE)) {
		attr->ia_valid |= ATTR_MODE | ATTR_FORCE;
		attr->ia_mode = inode->i_mode;
	}
	attr->ia_mode &= ~S_ISUID;
	if (attr->ia_mode & S_IXGRP)
		attr->ia_mode &= ~S_ISGID;
}

/* The caller holds i_mutex. */
int notify_change(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = dentry->d_inode;
	time_t now = get_seconds();
	int err;

	if (inode->i_sb->s_flags & MS_RDONLY)
		return -EROFS;
	err = inode_change_ok(inode, attr);
	if (err)
		return err;
	attr->ia_ctime = now;
	attr->ia_valid |= ATTR_CTIME;
	if (!(attr->ia_valid & ATTR_ATIME_SET))
		attr->ia_atime = now;
	if (!(attr->ia_valid & ATTR_MTIME_SET))
		attr->ia_mtime = now;
	if (attr->ia_valid & (ATTR_UID | ATTR_GID))
		drop_set_id(inode, attr);
	if (inode->i_op->setattr)
		return inode->i_op->setattr(dentry, attr);
	return inode_setattr(inode, attr);
}

/* The right to write has been checked: by the file's mode at open, or by the caller. */
int do_truncate(struct dentry *dentry, loff_t length)
{
	struct inode *inode = dentry->d_inode;
	struct iattr attr = { .ia_valid = ATTR_SIZE | ATTR_MTIME, .ia_size = length };
	unsigned long limit = rlimit(RLIMIT_FSIZE);
	int err;

	if (length < 0)
		return -EINVAL;
	if (length > inode->i_size && limit != RLIM_INFINITY && length > (loff_t)limit) {
		send_sig(SIGXFSZ, current);
		return -EFBIG;
	}
	mutex_lock(&inode->i_mutex);
	if (current->fsuid != 0)
		drop_set_id(inode, &attr);
	err = notify_change(dentry, &attr);
	mutex_unlock(&inode->i_mutex);
	return err;
}
