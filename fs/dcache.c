/*
 * The name cache: every path component that was looked up lately, as a tree of dentries. A dentry
 * with an inode says "this name is that file"; a negative one says "there is no such file", which
 * saves reading the directory again for every directory of $PATH that does not hold the command.
 *
 * Life of a dentry: d_alloc() (count 1), d_add() (hashed, so that d_lookup() finds it), dput() to
 * count 0 (stays hashed, on the LRU list), d_lookup() again ..., and at last the shrinker frees it
 * from the old end of the list. A dentry holds a reference on its parent, so the directories above
 * a cached name are never freed before it.
 *
 * A dentry that is used again stays on the LRU list; the shrinker takes it off when it meets it. So
 * a path walk over cached names touches no list at all.
 *
 * 0.12 had no such cache: namei() searched directory blocks for each component.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct kmem_cache *dentry_cache;
static struct hlist_head *dentry_hash;
static unsigned int dentry_hash_mask;
static LIST_HEAD(dentry_unused);	/* by d_lru, oldest first */
int nr_dentry, nr_unused_dentry;

static inline struct hlist_head *d_bucket(const struct dentry *parent, unsigned int hash)
{
	hash += (unsigned long)parent >> 5;
	hash ^= hash >> 11;
	return &dentry_hash[hash & dentry_hash_mask];
}

static inline bool name_is_external(const struct dentry *dentry)
{
	return dentry->d_name.name != dentry->d_iname;
}

struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_alloc(dentry_cache, GFP_KERNEL);
	unsigned char *str;

	if (!dentry)
		return NULL;
	str = dentry->d_iname;
	if (name->len >= DNAME_INLINE_LEN) {
		str = kmalloc(name->len + 1, GFP_KERNEL);
		if (!str) {
			kmem_cache_free(dentry_cache, dentry);
			return NULL;
		}
	}
	memcpy(str, name->name, name->len);
	str[name->len] = '\0';
	dentry->d_count = 1;
	dentry->d_flags = 0;
	dentry->d_inode = NULL;
	dentry->d_parent = dentry;
	dentry->d_mounts = dentry;
	dentry->d_covers = dentry;
	dentry->d_hash.pprev = NULL;
	INIT_LIST_HEAD(&dentry->d_lru);
	INIT_LIST_HEAD(&dentry->d_child);
	INIT_LIST_HEAD(&dentry->d_subdirs);
	INIT_LIST_HEAD(&dentry->d_alias);
	dentry->d_name.name = str;
	dentry->d_name.len = name->len;
	dentry->d_name.hash = name->hash;
	dentry->d_sb = NULL;
	dentry->d_op = NULL;
	dentry->d_cookie = 0;
	if (parent) {
		dentry->d_parent = dget(parent);
		dentry->d_sb = parent->d_sb;
		list_add_tail(&dentry->d_child, &parent->d_subdirs);
	}
	nr_dentry++;
	return dentry;
}

struct dentry *d_alloc_root(struct inode *root)
{
	static const struct qstr name = { (const unsigned char *)"/", 1, 0 };
	struct dentry *dentry;

	if (!root)
		return NULL;
	dentry = d_alloc(NULL, &name);
	if (!dentry) {
		iput(root);
		return NULL;
	}
	dentry->d_sb = root->i_sb;
	d_instantiate(dentry, root);
	return dentry;
}

void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	BUG_ON(dentry->d_inode);
	if (inode)
		list_add(&dentry->d_alias, &inode->i_dentry);
	dentry->d_inode = inode;
}

static void d_rehash(struct dentry *dentry)
{
	hlist_add_head(&dentry->d_hash, d_bucket(dentry->d_parent, dentry->d_name.hash));
}

void d_add(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	if (hlist_unhashed(&dentry->d_hash))
		d_rehash(dentry);
}

void d_drop(struct dentry *dentry)
{
	hlist_del_init(&dentry->d_hash);
}

/*
 * The inode goes to its owner. Last, because iput() may sleep: until then the
 * dentry must look whole.
 */
static void dentry_iput(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (inode) {
		list_del_init(&dentry->d_alias);
		dentry->d_inode = NULL;
		iput(inode);
	}
}

void d_delete(struct dentry *dentry)
{
	if (dentry->d_count == 1 && list_empty(&dentry->d_subdirs))
		dentry_iput(dentry);
	else
		d_drop(dentry);
}

static void lru_remove(struct dentry *dentry)
{
	if (!list_empty(&dentry->d_lru)) {
		list_del_init(&dentry->d_lru);
		nr_unused_dentry--;
	}
}

/* Frees an unused dentry. Returns its parent, whose reference the caller now owns, or NULL. */
static struct dentry *dentry_kill(struct dentry *dentry)
{
	struct dentry *parent = dentry->d_parent;

	d_drop(dentry);
	lru_remove(dentry);
	list_del_init(&dentry->d_child);
	dentry_iput(dentry);
	if (name_is_external(dentry))
		kfree(dentry->d_name.name);
	nr_dentry--;
	if (parent == dentry)
		parent = NULL;
	kmem_cache_free(dentry_cache, dentry);
	return parent;
}

void dput(struct dentry *dentry)
{
	while (dentry && --dentry->d_count == 0) {
		const struct dentry_operations *op = dentry->d_op;

		if (!hlist_unhashed(&dentry->d_hash) &&
		    !(op && op->d_delete && op->d_delete(dentry))) {
			if (list_empty(&dentry->d_lru)) {
				list_add_tail(&dentry->d_lru, &dentry_unused);
				nr_unused_dentry++;
			} else {
				dentry->d_flags |= DCACHE_REFERENCED;
			}
			return;
		}
		dentry = dentry_kill(dentry);
	}
	BUG_ON(dentry && dentry->d_count < 0);
}

/* The hash has all 32 bits in common by then, so the comparison nearly always runs to its end. */
static inline bool same_name(const unsigned char *a, const unsigned char *b, unsigned int len)
{
	do {
		if (*a++ != *b++)
			return false;
	} while (--len);
	return true;
}

struct dentry *d_lookup(struct dentry *parent, const struct qstr *name)
{
	struct hlist_node *node;

	hlist_for_each(node, d_bucket(parent, name->hash)) {
		struct dentry *dentry = hlist_entry(node, struct dentry, d_hash);

		if (dentry->d_name.hash == name->hash && dentry->d_parent == parent &&
		    dentry->d_name.len == name->len &&
		    same_name(dentry->d_name.name, name->name, name->len))
			return dget(dentry);
	}
	return NULL;
}

/*
 * Gives `to` the name of `from`, which keeps it too if it is short; a long one lies in memory of
 * its own, and there the two exchange theirs, since allocating could fail.
 */
static void take_name(struct dentry *to, struct dentry *from)
{
	struct qstr old = to->d_name;
	bool old_external = name_is_external(to);

	to->d_name = from->d_name;
	if (!name_is_external(from)) {
		memcpy(to->d_iname, from->d_iname, DNAME_INLINE_LEN);
		to->d_name.name = to->d_iname;
		if (old_external)
			kfree(old.name);
	} else if (old_external) {
		from->d_name = old;
	} else {
		memcpy(from->d_iname, to->d_iname, DNAME_INLINE_LEN);
		from->d_name = old;
		from->d_name.name = from->d_iname;
	}
}

/*
 * rename(): `dentry` takes the name and place of `target`, which is unhashed. The caller holds
 * references on both parents.
 */
void d_move(struct dentry *dentry, struct dentry *target)
{
	struct dentry *old_parent = dentry->d_parent;

	d_drop(dentry);
	d_drop(target);
	take_name(dentry, target);
	if (old_parent != target->d_parent) {
		dentry->d_parent = dget(target->d_parent);
		list_move_tail(&dentry->d_child, &dentry->d_parent->d_subdirs);
		dput(old_parent);
	}
	d_rehash(dentry);
}

bool is_subdir(const struct dentry *dentry, const struct dentry *dir)
{
	while (dentry != dir) {
		if (dentry->d_parent == dentry)
			return false;
		dentry = dentry->d_parent;
	}
	return true;
}

/* ---- giving memory back ---- */

/* Frees up to nr unused dentries, those not used again first. */
static void prune_dcache(unsigned long nr)
{
	unsigned long rounds = 2UL * nr_unused_dentry;

	while (nr && rounds-- && !list_empty(&dentry_unused)) {
		struct dentry *dentry = list_first_entry(&dentry_unused, struct dentry, d_lru);

		if (dentry->d_count) {
			lru_remove(dentry);
		} else if (dentry->d_flags & DCACHE_REFERENCED) {
			dentry->d_flags &= ~DCACHE_REFERENCED;
			list_move_tail(&dentry->d_lru, &dentry_unused);
		} else {
			dput(dentry_kill(dentry));
			nr--;
		}
	}
}

/*
 * The last reference on an inode may have to write to disk, hence __GFP_FS.
 */
static unsigned long shrink_dcache_memory(unsigned long nr, gfp_t gfp)
{
	if (nr && (gfp & __GFP_FS))
		prune_dcache(nr);
	return nr_unused_dentry;
}

static struct shrinker dcache_shrinker = { .shrink = shrink_dcache_memory };

/*
 * Before umount. Those of the file system are gathered at the front of the list and freed from
 * there; a directory joins the list again when its last child has gone, hence the outer loop.
 */
void shrink_dcache_sb(struct super_block *sb)
{
	struct list_head *pos, *next;
	bool found;

	do {
		found = false;
		list_for_each_safe(pos, next, &dentry_unused) {
			struct dentry *dentry = list_entry(pos, struct dentry, d_lru);

			if (dentry->d_sb != sb)
				continue;
			if (dentry->d_count) {
				lru_remove(dentry);
				continue;
			}
			list_move(&dentry->d_lru, &dentry_unused);
			found = true;
		}
		while (!list_empty(&dentry_unused)) {
			struct dentry *dentry =
				list_first_entry(&dentry_unused, struct dentry, d_lru);

			if (dentry->d_sb != sb || dentry->d_count)
				break;
			dput(dentry_kill(dentry));
		}
	} while (found);
}

/* The parent's count cannot reach 0 here: the caller holds a reference on it. */
void shrink_dcache_children(struct dentry *dir)
{
	struct dentry *child;

again:
	list_for_each_entry(child, &dir->d_subdirs, d_child) {
		if (child->d_count == 0) {
			dput(dentry_kill(child));
			goto again;
		}
	}
}

/* ---- names that are nowhere but here ---- */

void d_pin(struct dentry *dentry)
{
	dentry->d_flags |= DCACHE_PINNED;
	dget(dentry);
}

void d_unpin(struct dentry *dentry)
{
	dentry->d_flags &= ~DCACHE_PINNED;
	dput(dentry);
}

/* The dentry after this one in the tree, parents first; NULL behind the last. */
static struct dentry *next_in_tree(const struct dentry *dentry, const struct dentry *root)
{
	if (!list_empty(&dentry->d_subdirs))
		return list_first_entry(&dentry->d_subdirs, struct dentry, d_child);
	while (dentry != root && dentry->d_child.next == &dentry->d_parent->d_subdirs)
		dentry = dentry->d_parent;
	return dentry == root ? NULL : list_entry(dentry->d_child.next, struct dentry, d_child);
}

/* They are hashed, so dput() frees none of them here: they become unused, from the leaves up. */
void d_unpin_tree(struct dentry *root)
{
	struct dentry *dentry;

	for (dentry = root; dentry; dentry = next_in_tree(dentry, root))
		if (dentry->d_flags & DCACHE_PINNED)
			d_unpin(dentry);
}

bool d_tree_in_use(const struct dentry *root, int own)
{
	const struct dentry *dentry, *child;

	for (dentry = root; dentry; dentry = next_in_tree(dentry, root)) {
		int expected = dentry->d_flags & DCACHE_PINNED ? 1 : 0;

		if (dentry == root)
			expected += own;
		list_for_each_entry(child, &dentry->d_subdirs, d_child)
			expected++;
		if (dentry->d_count > expected)
			return true;
	}
	return false;
}

/* ---- from a dentry back to its path ---- */

static int prepend(char **end, int *room, const void *str, int len)
{
	*room -= len;
	if (*room < 0)
		return -ENAMETOOLONG;
	*end -= len;
	memcpy(*end, str, len);
	return 0;
}

/*
 * A root that hangs nowhere: a pipe's is named "pipe:[inode]" instead of by a path; memory without
 * a file has a name that looks like one.
 */
static char *pseudo_path(struct dentry *dentry, char *buf, int size)
{
	const char *name = (const char *)dentry->d_name.name;
	int len;

	if (*name == '/')
		len = snprintf(buf, size, "%s", name);
	else
		len = snprintf(buf, size, "%s:[%lu]", name, dentry->d_inode->i_ino);
	return len < size ? buf : ERR_PTR(-ENAMETOOLONG);
}

char *d_path(struct dentry *dentry, struct dentry *root, char *buf, int size)
{
	char *end = buf + size;
	int room = size, err;

	if (dentry->d_parent == dentry && dentry->d_covers == dentry &&
	    (dentry->d_name.name[0] != '/' || dentry->d_name.len > 1))
		return pseudo_path(dentry, buf, size);
	err = prepend(&end, &room, "", 1);
	if (!err && dentry->d_parent != dentry && hlist_unhashed(&dentry->d_hash))
		err = prepend(&end, &room, " (deleted)", 10);
	if (!err && dentry == root)
		err = prepend(&end, &room, "/", 1);
	while (!err && dentry != root) {
		if (dentry->d_parent != dentry) {
			err = prepend(&end, &room, dentry->d_name.name, dentry->d_name.len);
			if (!err)
				err = prepend(&end, &room, "/", 1);
			dentry = dentry->d_parent;
		} else if (dentry->d_covers != dentry) {
			dentry = dentry->d_covers;
		} else {
			if (*end != '/')
				err = prepend(&end, &room, "/", 1);
			break;
		}
	}
	/* A mount point under root may have been left without adding a name. */
	if (!err && *end != '/')
		err = prepend(&end, &room, "/", 1);
	return err ? ERR_PTR(err) : end;
}

/* One bucket for each 16 KB of lowmem, from one page of them to sixteen. */
void dcache_init(void)
{
	unsigned int order = 0, i;
	unsigned long want = (max_low_pfn - min_low_pfn) / 4;

	while (order < 4 && (PAGE_SIZE << order) / sizeof(struct hlist_head) < want)
		order++;
	dentry_hash = (struct hlist_head *)__get_free_pages(GFP_KERNEL, order);
	if (!dentry_hash)
		panic("dcache: no memory for the hash table");
	dentry_hash_mask = (PAGE_SIZE << order) / sizeof(struct hlist_head) - 1;
	for (i = 0; i <= dentry_hash_mask; i++)
		dentry_hash[i].first = NULL;
	dentry_cache = kmem_cache_create("dentry", sizeof(struct dentry), 0,
					 SLAB_PANIC | SLAB_RECLAIM_ACCOUNT, NULL);
	register_shrinker(&dcache_shrinker);
}
