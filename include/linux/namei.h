/*
 * The path walk, for the files of fs/ that work on a name and its directory.
 */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/fs.h>

#define MAX_NESTED_LINKS	8	/* links within the middle of other links' targets */
#define MAX_LINKS		40	/* links on one path: then it is ELOOP */

/* What the last component is. */
enum last_type { LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT };

/*
 * Where a walk stands. After path_lookup() succeeded: dentry is the object found; with
 * LOOKUP_PARENT it is the directory, and last the component that was not looked up (it points into
 * the path).
 */
struct nameidata {
	struct dentry *dentry;		/* referenced */
	struct qstr last;
	bool last_slash;		/* slashes follow it */
	unsigned int flags;		/* LOOKUP_ */
	enum last_type last_type;
	unsigned int links;		/* followed so far */
};

/* 0, or -ERRNO with no reference left in nd. dfd: AT_FDCWD or a directory. May sleep. */
int path_lookup(int dfd, const char *path, unsigned int flags, struct nameidata *nd);
/* The name in dir, from the cache or the disk, perhaps negative. dir's i_mutex is held. */
struct dentry *lookup_hash(const struct qstr *name, struct dentry *dir);

/* May current make `dentry` in dir, take it out of dir? 0 or -ERRNO. */
int may_create(struct inode *dir, const struct dentry *dentry);
int may_delete(struct inode *dir, const struct dentry *victim, bool is_dir);
/* Makes a regular file of that name in dir, whose i_mutex is held. 0 or -ERRNO. Sleeps. */
int vfs_create(struct inode *dir, struct dentry *dentry, mode_t mode);

/* Boot: the caches of names and paths. */
void namei_init(void);

#endif
