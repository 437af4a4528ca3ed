/*
 * devpts: a directory with one node for each open pseudo-terminal, /dev/pts/0, /dev/pts/1, ...
 *
 * The nodes are not on a disk and not in the dentry tree but in a small table, which the tty code
 * fills and empties (devpts_pty_new(), devpts_pty_kill()). Lookup and readdir look there, so that
 * the table may be filled before the file system is mounted, and it may be mounted twice.
 *
 * Mount options: gid=N and mode=OCTAL for the nodes, as the C library expects (gid=5,mode=620).
 */
#include <linux/ctype.h>
#include <linux/devpts_fs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/time.h>
#include <asm/page.h>

#define DEVPTS_MAGIC	0x1cd1
#define MAX_PTYS	256
#define ROOT_INO	1
#define FIRST_INO	3		/* of pty 0; 2 is kept for a ptmx node */

struct pty_node {
	dev_t dev;
	uid_t uid;
	gid_t gid;
	mode_t mode;
	unsigned long serial;		/* tells it from the last one with this index */
};

static struct pty_node *ptys[MAX_PTYS];
static unsigned long last_serial;
static bool gid_given;
static gid_t node_gid;
static mode_t node_mode = 0620;

/* ---- the tty code's side ---- */

int devpts_pty_new(int index, dev_t dev, uid_t uid, gid_t gid)
{
	struct pty_node *pty;

	if (index < 0 || index >= MAX_PTYS)
		return -EINVAL;
	if (ptys[index])
		return -EEXIST;
	pty = kmalloc(sizeof(*pty), GFP_KERNEL);
	if (!pty)
		return -ENOMEM;
	pty->dev = dev;
	pty->uid = uid;
	pty->gid = gid_given ? node_gid : gid;
	pty->mode = node_mode;
	pty->serial = ++last_serial;
	ptys[index] = pty;
	return 0;
}

/* Cached names of it go stale by themselves: see devpts_revalidate(). */
void devpts_pty_kill(int index)
{
	if (index < 0 || index >= MAX_PTYS || !ptys[index])
		return;
	kfree(ptys[index]);
	ptys[index] = NULL;
}

/* ---- names ---- */

/* The number a name stands for, or -1: digits only, no leading zero. */
static int name_to_index(const struct qstr *name)
{
	unsigned int i;
	int index = 0;

	if (name->len > 3 || (name->len > 1 && name->name[0] == '0'))
		return -1;
	for (i = 0; i < name->len; i++) {
		if (!isdigit(name->name[i]))
			return -1;
		index = index * 10 + name->name[i] - '0';
	}
	return index < MAX_PTYS ? index : -1;
}

/* The same pty as when it was looked up? An index is used again at once. */
static int devpts_revalidate(struct dentry *dentry)
{
	int index = name_to_index(&dentry->d_name);
	struct pty_node *pty = index < 0 ? NULL : ptys[index];
	struct inode *inode = dentry->d_inode;

	if (!inode || !pty)
		return !inode && !pty;
	return inode->u.proc_i.a == pty->serial;
}

static int devpts_delete_dentry(const struct dentry *dentry __unused)
{
	return 1;
}

static const struct dentry_operations devpts_dentry_operations = {
	.d_revalidate	= devpts_revalidate,
	.d_delete	= devpts_delete_dentry,
};

/* chmod and chown of a node last as long as the pty, not just as long as the inode is cached. */
static int devpts_setattr(struct dentry *dentry, struct iattr *attr)
{
	int index = name_to_index(&dentry->d_name);
	struct inode *inode = dentry->d_inode;
	int err = inode_setattr(inode, attr);

	if (!err && index >= 0 && ptys[index] && ptys[index]->serial == inode->u.proc_i.a) {
		ptys[index]->uid = inode->i_uid;
		ptys[index]->gid = inode->i_gid;
		ptys[index]->mode = inode->i_mode & 07777;
	}
	return err;
}

static const struct inode_operations devpts_node_inode_operations = {
	.setattr	= devpts_setattr,
};

static struct inode *new_node_inode(struct super_block *sb, int index)
{
	struct pty_node *pty = ptys[index];
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = FIRST_INO + index;
	init_special_inode(inode, S_IFCHR | pty->mode, pty->dev);
	inode->i_op = &devpts_node_inode_operations;
	inode->i_uid = pty->uid;
	inode->i_gid = pty->gid;
	inode->i_atime = inode->i_mtime = inode->i_ctime = get_seconds();
	inode->u.proc_i.a = pty->serial;
	return inode;
}

static struct dentry *devpts_lookup(struct inode *dir, struct dentry *dentry)
{
	int index = name_to_index(&dentry->d_name);
	struct inode *inode = NULL;

	if (index >= 0 && ptys[index]) {
		inode = new_node_inode(dir->i_sb, index);
		if (!inode)
			return ERR_PTR(-ENOMEM);
	}
	dentry->d_op = &devpts_dentry_operations;
	d_add(dentry, inode);
	return NULL;
}

/* Position 0 and 1 are "." and "..", pty n is at n + 2. */
static int devpts_readdir(struct file *file, void *dirent, filldir_t filldir)
{
	char name[8];

	for (; file->f_pos < MAX_PTYS + 2; file->f_pos++) {
		int index = (int)file->f_pos - 2, len;

		if (index < 0) {
			if (filldir(dirent, "..", index + 3, file->f_pos, ROOT_INO, DT_DIR))
				return 0;
			continue;
		}
		if (!ptys[index])
			continue;
		len = sprintf(name, "%d", index);
		if (filldir(dirent, name, len, file->f_pos, FIRST_INO + index, DT_CHR))
			return 0;
	}
	return 0;
}

static const struct file_operations devpts_dir_operations = {
	.llseek		= default_llseek,
	.read		= generic_read_dir,
	.readdir	= devpts_readdir,
};

static const struct inode_operations devpts_dir_inode_operations = {
	.lookup		= devpts_lookup,
};

/* ---- mounting ---- */

static int parse_options(char *options)
{
	char *word, *end;

	while (options && (word = strsep(&options, ","))) {
		if (!*word)
			continue;
		if (!strncmp(word, "gid=", 4)) {
			node_gid = simple_strtoul(word + 4, &end, 10);
			gid_given = true;
		} else if (!strncmp(word, "mode=", 5)) {
			node_mode = simple_strtoul(word + 5, &end, 8) & 0777;
		} else if (!strncmp(word, "ptmxmode=", 9) || !strcmp(word, "newinstance")) {
			continue;	/* /dev/ptmx is a node of its own here */
		} else {
			return -EINVAL;
		}
		if (*end)
			return -EINVAL;
	}
	return 0;
}

static int devpts_remount(struct super_block *sb __unused, unsigned long old __unused,
			  int *flags __unused, char *data)
{
	return parse_options(data);
}

static const struct super_operations devpts_super_operations = {
	.statfs		= simple_statfs,
	.remount_fs	= devpts_remount,
};

static int devpts_read_super(struct super_block *sb, void *data, int silent __unused)
{
	struct inode *root;
	int err = parse_options(data);

	if (err)
		return err;
	sb->s_blocksize = 1024;
	sb->s_magic = DEVPTS_MAGIC;
	sb->s_op = &devpts_super_operations;
	root = new_inode(sb);
	if (!root)
		return -ENOMEM;
	root->i_ino = ROOT_INO;
	root->i_mode = S_IFDIR | 0755;
	root->i_nlink = 2;
	root->i_atime = root->i_mtime = root->i_ctime = get_seconds();
	root->i_op = &devpts_dir_inode_operations;
	root->i_fop = &devpts_dir_operations;
	sb->s_root = d_alloc_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct file_system_type devpts_fs_type = {
	.name		= "devpts",
	.read_super	= devpts_read_super,
};

static int __init devpts_init(void)
{
	return register_filesystem(&devpts_fs_type);
}
initcall_fs(devpts_init);
