/*
 * From a path to a dentry. Every call that takes a path comes through here, so the walk over names
 * that are cached is short: hash the component while looking for the slash, find it in the name
 * cache, check the right to search, go on. Only a name that is not cached takes a lock and asks the
 * file system.
 *
 * Symbolic links are walked without recursion. When a link is met in the middle of a path, the rest
 * of the path is put on a small stack and its target walked first; a link at the end needs no
 * stack.
 *
 *	/usr/tmp/x	tmp -> ../var/tmp
 *	stack: "x"	walking: "../var/tmp"
 *
 * 0.12's names are kept: namei(), lnamei(), open_namei(), getname(). Making and removing names is
 * in dirops.c.
 */
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/personality.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/uaccess.h>

static struct kmem_cache *names_cache;	/* buffers of PATH_MAX bytes */

/* ---- names from user memory ---- */

static char *alloc_name(void)
{
	return kmem_cache_alloc(names_cache, GFP_KERNEL);
}

char *getname(const char __user *path)
{
	char *name = alloc_name();
	long len;

	if (!name)
		return ERR_PTR(-ENOMEM);
	len = strncpy_from_user(name, path, PATH_MAX);
	if (likely(len > 0 && len < PATH_MAX))
		return name;
	kmem_cache_free(names_cache, name);
	if (len == 0)
		len = -ENOENT;
	else if (len > 0)
		len = -ENAMETOOLONG;
	return ERR_PTR(len);
}

void putname(char *name)
{
	kmem_cache_free(names_cache, name);
}

/* ---- permission ---- */

/* By the mode bits alone: owner, group, others; root may do all but execute a file nobody may. */
static int mode_permission(const struct inode *inode, int mask)
{
	mode_t mode = inode->i_mode;

	if (current->fsuid == inode->i_uid)
		mode >>= 6;
	else if (in_group_p(inode->i_gid))
		mode >>= 3;
	if ((mode & mask) == (mode_t)mask)
		return 0;
	if (current->fsuid == 0 && (!(mask & MAY_EXEC) || S_ISDIR(inode->i_mode) ||
				    (inode->i_mode & (S_IXUSR | S_IXGRP | S_IXOTH))))
		return 0;
	return -EACCES;
}

int inode_permission(struct inode *inode, int mask)
{
	if ((mask & MAY_WRITE) && (inode->i_sb->s_flags & MS_RDONLY) &&
	    (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode) || S_ISLNK(inode->i_mode)))
		return -EROFS;
	if (inode->i_op->permission)
		return inode->i_op->permission(inode, mask);
	return mode_permission(inode, mask);
}

/* The right to search a directory. Where everybody has it, nobody need be asked who he is. */
static inline int may_search(struct inode *dir)
{
	if (unlikely(!S_ISDIR(dir->i_mode)))
		return -ENOTDIR;
	if (likely((dir->i_mode & 0111) == 0111 && !dir->i_op->permission))
		return 0;
	return inode_permission(dir, MAY_EXEC);
}

/* ---- one component ---- */

struct dentry *lookup_hash(const struct qstr *name, struct dentry *dir)
{
	struct inode *inode = dir->d_inode;
	struct dentry *dentry = d_lookup(dir, name), *result;

	if (dentry) {
		if (!dentry->d_op || !dentry->d_op->d_revalidate ||
		    dentry->d_op->d_revalidate(dentry))
			return dentry;
		d_drop(dentry);
		dput(dentry);
	}
	if (inode->i_nlink == 0)	/* removed, but someone's current directory */
		return ERR_PTR(-ENOENT);
	if (!inode->i_op->lookup)
		return ERR_PTR(-ENOTDIR);
	dentry = d_alloc(dir, name);
	if (!dentry)
		return ERR_PTR(-ENOMEM);
	result = inode->i_op->lookup(inode, dentry);
	if (!result)
		return dentry;
	dput(dentry);
	return result;
}

static struct dentry *real_lookup(const struct qstr *name, struct dentry *dir)
{
	struct dentry *dentry;

	mutex_lock(&dir->d_inode->i_mutex);
	dentry = lookup_hash(name, dir);
	mutex_unlock(&dir->d_inode->i_mutex);
	return dentry;
}

static inline struct dentry *do_lookup(const struct qstr *name, struct dentry *dir)
{
	struct dentry *dentry = d_lookup(dir, name);

	if (likely(dentry)) {
		if (likely(!dentry->d_op || !dentry->d_op->d_revalidate))
			return dentry;
		dput(dentry);	/* lookup_hash() asks */
	}
	return real_lookup(name, dir);
}

/* From a covered directory up to what is mounted on it. */
static inline struct dentry *follow_mounts(struct dentry *dentry)
{
	while (unlikely(dentry->d_mounts != dentry)) {
		struct dentry *root = dget(dentry->d_mounts);

		dput(dentry);
		dentry = root;
	}
	return dentry;
}

/* "..": out of a mounted tree through the directory it covers, but never above the task's root. */
static void follow_dotdot(struct nameidata *nd)
{
	struct dentry *dentry = nd->dentry, *up;

	while (dentry != current->fs->root) {
		if (dentry->d_parent != dentry)
			up = dentry->d_parent;
		else if (dentry->d_covers != dentry)
			up = dentry->d_covers;
		else
			break;
		dget(up);
		if (dentry->d_parent != dentry) {
			dput(dentry);
			dentry = follow_mounts(up);
			break;
		}
		dput(dentry);
		dentry = up;
	}
	nd->dentry = dentry;
}

/* ---- the walk ---- */

static void restart_at_root(struct nameidata *nd)
{
	dput(nd->dentry);
	nd->dentry = dget(current->fs->root);
}

/*
 * What to do with a symbolic link, found in nd->dentry. Consumes `link`. Returns its target
 * in a buffer for putname(); or NULL when a magic link has moved nd->dentry; or ERR_PTR.
 */
static char *follow_link(struct dentry *link, struct nameidata *nd)
{
	const struct inode_operations *op = link->d_inode->i_op;
	struct dentry *target;
	char *text = ERR_PTR(-ELOOP);
	int len;

	if (nd->links++ >= MAX_LINKS)
		goto out;
	if (op->follow_link) {
		target = op->follow_link(link);
		text = (char *)target;
		if (IS_ERR(target))
			goto out;
		dput(nd->dentry);
		nd->dentry = target;
		text = NULL;
		goto out;
	}
	text = alloc_name();
	if (!text) {
		text = ERR_PTR(-ENOMEM);
		goto out;
	}
	len = op->readlink ? op->readlink(link, text, PATH_MAX - 1) : -EINVAL;
	if (len <= 0) {
		putname(text);
		text = ERR_PTR(len ? len : -ENOENT);
		goto out;
	}
	text[len] = '\0';
	touch_atime(link);
	if (*text == '/')
		restart_at_root(nd);
out:
	dput(link);
	return text;
}

/* What a program of 1992 means by a long name. */
static noinline void shorten(struct qstr *this)
{
	unsigned int i;

	this->len = V012_NAME_LEN;
	for (i = this->hash = 0; i < this->len; i++)
		this->hash = this->hash * 33 + this->name[i];
}

/*
 * Cuts the next component off `name`, which does not begin with a slash, and hashes it on
 * the way. Returns what follows the slashes behind it; *slash: there are any.
 */
static inline const char *next_component(const char *name, struct qstr *this, bool *slash)
{
	const unsigned char *p = (const unsigned char *)name;
	unsigned int hash = 0, c = *p;

	do {
		hash = hash * 33 + c;
		c = *++p;
	} while (c && c != '/');
	this->name = (const unsigned char *)name;
	this->len = p - this->name;
	this->hash = hash;
	if (unlikely(this->len > V012_NAME_LEN) && current->personality == PER_LINUX_012)
		shorten(this);
	*slash = c;
	while (*p == '/')
		p++;
	return (const char *)p;
}

static inline enum last_type component_type(const struct qstr *this)
{
	if (likely(this->name[0] != '.'))
		return LAST_NORM;
	if (this->len == 1)
		return LAST_DOT;
	return this->len == 2 && this->name[1] == '.' ? LAST_DOTDOT : LAST_NORM;
}

/* The walk's place in paths around the current one, and the buffer to free when it is through. */
struct link_stack {
	int depth;
	char *text;			/* link target now walked, NULL: the caller's path */
	struct {
		const char *rest;
		char *text;
	} outer[MAX_NESTED_LINKS];
};

/* Goes on in a link's target; `rest` is what follows the link. */
static int enter_link(struct link_stack *stack, char *text, const char *rest)
{
	if (!*rest) {
		if (stack->text)
			putname(stack->text);
	} else if (stack->depth == MAX_NESTED_LINKS) {
		putname(text);
		return -ELOOP;
	} else {
		stack->outer[stack->depth].rest = rest;
		stack->outer[stack->depth++].text = stack->text;
	}
	stack->text = text;
	return 0;
}

/* The current target is used up: back to what surrounds it. NULL: that was all. */
static const char *leave_link(struct link_stack *stack)
{
	if (stack->text)
		putname(stack->text);
	stack->text = NULL;
	if (!stack->depth)
		return NULL;
	stack->depth--;
	stack->text = stack->outer[stack->depth].text;
	return stack->outer[stack->depth].rest;
}

/* One step that is not "." or "..". Returns -ENOENT for a negative dentry in the middle. */
static int step(struct nameidata *nd, const struct qstr *this, const char **name, bool last,
		struct link_stack *stack)
{
	struct dentry *dentry = do_lookup(this, nd->dentry);
	struct inode *inode;
	char *text;
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	dentry = follow_mounts(dentry);
	inode = dentry->d_inode;
	if (!inode) {
		dput(dentry);
		return -ENOENT;
	}
	if (unlikely(S_ISLNK(inode->i_mode)) && (!last || (nd->flags & LOOKUP_FOLLOW))) {
		text = follow_link(dentry, nd);
		if (!text)
			return 0;
		if (IS_ERR(text))
			return PTR_ERR(text);
		err = enter_link(stack, text, *name);
		*name = text;
		return err;
	}
	dput(nd->dentry);
	nd->dentry = dentry;
	return 0;
}

/* Walks `name` from nd->dentry on. On failure the reference is gone. */
static int link_path_walk(const char *name, struct nameidata *nd)
{
	struct link_stack stack;
	struct qstr this;
	int err = 0;

	stack.depth = 0;
	stack.text = NULL;
	nd->last_type = LAST_ROOT;
	nd->last.name = (const unsigned char *)"";
	nd->last.len = 0;
	nd->last_slash = false;
	while (name) {
		bool last, slash;

		while (*name == '/')
			name++;
		if (!*name) {
			name = leave_link(&stack);
			continue;
		}
		err = may_search(nd->dentry->d_inode);
		if (unlikely(err))
			break;
		name = next_component(name, &this, &slash);
		err = -ENAMETOOLONG;
		if (unlikely(this.len > NAME_MAX))
			break;
		err = 0;
		last = !*name && !stack.depth;
		nd->last_type = component_type(&this);
		if (last && slash)
			nd->flags |= LOOKUP_FOLLOW | LOOKUP_DIRECTORY;
		if (last && (nd->flags & LOOKUP_PARENT)) {
			nd->last = this;
			nd->last_slash = slash;
			return 0;
		}
		if (likely(nd->last_type == LAST_NORM))
			err = step(nd, &this, &name, last, &stack);
		else if (nd->last_type == LAST_DOTDOT)
			follow_dotdot(nd);
		if (unlikely(err))
			break;
	}
	if (!err && (nd->flags & LOOKUP_DIRECTORY) && !(nd->flags & LOOKUP_PARENT) &&
	    !S_ISDIR(nd->dentry->d_inode->i_mode))
		err = -ENOTDIR;
	if (unlikely(err)) {
		do
			name = leave_link(&stack);
		while (name);
		dput(nd->dentry);
	}
	return err;
}

/* Where a walk begins: the root, the current directory, or an open directory. */
static struct dentry *walk_start(int dfd, const char *path)
{
	struct dentry *dentry;
	struct file *file;

	if (*path == '/')
		return dget(current->fs->root);
	if (dfd == AT_FDCWD)
		return dget(current->fs->pwd);
	file = fget(dfd);
	if (!file)
		return ERR_PTR(-EBADF);
	dentry = dget(file->f_dentry);
	fput(file);
	return dentry;
}

int path_lookup(int dfd, const char *path, unsigned int flags, struct nameidata *nd)
{
	nd->dentry = walk_start(dfd, path);
	if (IS_ERR(nd->dentry))
		return PTR_ERR(nd->dentry);
	nd->flags = flags;
	nd->links = 0;
	return link_path_walk(path, nd);
}

struct dentry *namei_at(int dfd, const char __user *path, unsigned int flags)
{
	struct nameidata nd;
	char *name = getname(path);
	int err;

	if (IS_ERR(name)) {
		if (PTR_ERR(name) == -ENOENT && (flags & LOOKUP_EMPTY))
			return walk_start(dfd, "");
		return (struct dentry *)name;
	}
	err = path_lookup(dfd, name, flags, &nd);
	putname(name);
	return err ? ERR_PTR(err) : nd.dentry;
}

struct dentry *namei(const char __user *path)
{
	return namei_at(AT_FDCWD, path, LOOKUP_FOLLOW);
}

struct dentry *lnamei(const char __user *path)
{
	return namei_at(AT_FDCWD, path, 0);
}

struct dentry *kern_path(const char *path, unsigned int flags)
{
	struct nameidata nd;
	int err = *path ? path_lookup(AT_FDCWD, path, flags, &nd) : -ENOENT;

	return err ? ERR_PTR(err) : nd.dentry;
}

/* ---- open ---- */

/*
 * O_CREAT: the last component, made if it is not there. A dangling link is followed by the caller,
 * and the file made where it points.
 */
static struct dentry *find_or_create(struct nameidata *nd, int flags, mode_t mode, bool *created)
{
	struct inode *dir = nd->dentry->d_inode;
	struct dentry *dentry;
	int err = 0;

	mutex_lock(&dir->i_mutex);
	dentry = lookup_hash(&nd->last, nd->dentry);
	if (!IS_ERR(dentry) && !dentry->d_inode) {
		err = vfs_create(dir, dentry, mode & ~current->fs->umask);
		*created = !err;
	} else if (!IS_ERR(dentry) && (flags & O_EXCL)) {
		err = -EEXIST;
	}
	mutex_unlock(&dir->i_mutex);
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	return dentry;
}

static struct dentry *open_create(int dfd, const char *path, int flags, mode_t mode,
				  bool *created)
{
	struct nameidata nd;
	struct dentry *dentry;
	char *text = NULL, *next;
	int err = path_lookup(dfd, path, LOOKUP_PARENT, &nd);

	while (!err) {
		dentry = ERR_PTR(-EISDIR);
		if (nd.last_type == LAST_NORM && !nd.last_slash)
			dentry = find_or_create(&nd, flags, mode, created);
		if (IS_ERR(dentry) || *created || !S_ISLNK(dentry->d_inode->i_mode) ||
		    (flags & O_NOFOLLOW)) {
			dput(nd.dentry);
			if (text)
				putname(text);
			return IS_ERR(dentry) ? dentry : follow_mounts(dentry);
		}
		next = follow_link(dentry, &nd);
		if (text)
			putname(text);
		text = next;
		if (!text)		/* a magic link */
			return nd.dentry;
		if (IS_ERR(text)) {
			dput(nd.dentry);
			return (struct dentry *)text;
		}
		nd.flags = LOOKUP_PARENT;
		err = link_path_walk(text, &nd);
	}
	if (text)
		putname(text);
	return ERR_PTR(err);
}

static int may_open(struct dentry *dentry, int flags, bool created)
{
	struct inode *inode = dentry->d_inode;
	int acc = "\4\2\6\6"[flags & O_ACCMODE];

	if (flags & O_PATH)
		return 0;
	if (S_ISLNK(inode->i_mode))
		return -ELOOP;
	if (flags & O_TRUNC)
		acc |= MAY_WRITE;
	if (S_ISDIR(inode->i_mode) && ((acc & MAY_WRITE) || (flags & O_CREAT)))
		return -EISDIR;
	if ((S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode)) &&
	    (inode->i_sb->s_flags & MS_NODEV))
		return -EACCES;
	if ((flags & O_NOATIME) && current->fsuid != inode->i_uid && !capable_root())
		return -EPERM;
	/* A file just made may be opened in any way, whatever its mode. */
	return created ? 0 : inode_permission(inode, acc);
}

struct dentry *open_namei(int dfd, const char *path, int flags, mode_t mode)
{
	unsigned int lookup = 0;
	struct nameidata nd;
	struct dentry *dentry;
	bool created = false;
	int err;

	if (flags & O_CREAT) {
		if (flags & O_DIRECTORY)
			return ERR_PTR(-EINVAL);
		dentry = open_create(dfd, path, flags, mode, &created);
		if (IS_ERR(dentry))
			return dentry;
	} else {
		if (!(flags & O_NOFOLLOW))
			lookup |= LOOKUP_FOLLOW;
		if (flags & O_DIRECTORY)
			lookup |= LOOKUP_DIRECTORY;
		err = path_lookup(dfd, path, lookup, &nd);
		if (err)
			return ERR_PTR(err);
		dentry = nd.dentry;
	}
	err = may_open(dentry, flags, created);
	if (!err && (flags & O_TRUNC) && !created && S_ISREG(dentry->d_inode->i_mode)) {
		err = get_write_access(dentry->d_inode);
		if (!err) {
			err = do_truncate(dentry, 0);
			put_write_access(dentry->d_inode);
		}
	}
	if (err) {
		dput(dentry);
		return ERR_PTR(err);
	}
	return dentry;
}

void namei_init(void)
{
	names_cache = kmem_cache_create("names", PATH_MAX, 0, SLAB_PANIC, NULL);
}
