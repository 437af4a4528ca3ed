/*
 * Files: inodes, directory entries, super-blocks, open files, and the tables of operations a file
 * system or a driver supplies.
 *
 *	task -> files -> file -> dentry -> inode -> file system
 *	           (fd)    (pos)   (name)   (the file)
 *
 * A dentry ties a name to an inode (or, negative, to the knowledge that there is none). The tree of
 * dentries is the name cache; a mount hangs another tree's root on a dentry: d_mounts of the
 * covered one, d_covers of the root.
 *
 * 0.12 had only inodes and walked directories for every path.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <uapi/linux/fcntl.h>
#include <uapi/linux/stat.h>
#include <uapi/linux/limits.h>
#include <uapi/linux/mount.h>
#include <uapi/linux/dirent.h>
#include <uapi/linux/ioctls.h>
#include <linux/kernel.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/semaphore.h>
#include <linux/radix-tree.h>
#include <asm/atomic.h>

struct page;
struct address_space;
struct vm_area_struct;
struct statfs64;
struct poll_table_struct;
struct iattr;
struct file_lock;
struct file_owner;
struct pipe_inode_info;
struct inode;
struct dentry;
struct super_block;
struct seq_file;
struct file;

/* ---- page cache of one file ---- */

struct address_space_operations {
	/*
	 * Starts reading nr locked pages that follow one another in the file; each is unlocked and
	 * marked up to date (or PG_error) when done. 0, or the last error of one that could not be
	 * started.
	 */
	int (*readpages)(struct file *file, struct page **pages, unsigned int nr);
	/*
	 * Starts writing a locked page, cleared of PG_dirty; unlocks it. Sets PG_writeback until
	 * done.
	 */
	int (*writepage)(struct page *page);
	/* Around a copy of bytes [from, to) into a locked page; prepare allocates the blocks. */
	int (*prepare_write)(struct file *file, struct page *page, unsigned int from,
			     unsigned int to);
	int (*commit_write)(struct file *file, struct page *page, unsigned int from,
			    unsigned int to);
	/*
	 * Where block `block` of the file is on its device, 0: nowhere. NULL: no such thing.
	 * Sleeps.
	 */
	sector_t (*bmap)(struct inode *inode, sector_t block);
	/* Marks a page dirty (a shared mapping did it); NULL: the generic way. */
	int (*set_page_dirty)(struct page *page);
	/*
	 * Of a file with nothing behind the cache: the page for a read (of a hole: zero_page) or
	 * made for a write; referenced, or ERR_PTR. NULL: the generic way, by readpages.
	 */
	struct page *(*get_cache_page)(struct address_space *mapping, pgoff_t index, bool write);
};

struct address_space {
	struct inode *host;
	struct radix_tree_root page_tree;	/* pages by index */
	unsigned long nrpages;
	unsigned long nrdirty;			/* of them dirty: write-back looks here */
	unsigned long dirtied_when;		/* jiffies when the first of them became so */
	const struct address_space_operations *a_ops;
	struct list_head i_mmap;		/* VMAs that map the file */
	int error;				/* a write failed since the last fsync */
};

/* ---- inodes ---- */

/* inode->i_state */
#define I_DIRTY		1	/* the inode itself differs from the disk */
#define I_LOCK		2	/* being read in or written out */
#define I_FREEING	4
#define I_NEW		8
#define I_SWAPFILE	16	/* in use as swap: may not lose its name */

struct inode {
	struct hlist_node i_hash;	/* by (super-block, number) */
	struct list_head i_list;	/* unused, or in use */
	struct list_head i_dirty;	/* on sb->s_dirty while inode or pages are dirty */
	ino_t i_ino;
	int i_count;			/* references; iput() */
	dev_t i_dev;			/* of the file system */
	mode_t i_mode;
	unsigned int i_nlink;
	uid_t i_uid;
	gid_t i_gid;
	dev_t i_rdev;			/* of a device node */
	loff_t i_size;			/* bytes */
	time_t i_atime, i_mtime, i_ctime;
	unsigned long i_blksize;
	unsigned long i_blocks;		/* of 512 bytes */
	unsigned long i_state;
	int i_writecount;		/* >0 open for writing, <0 being executed (ETXTBSY) */
	struct mutex i_mutex;		/* directory changes, file size changes, write() */
	const struct inode_operations *i_op;
	const struct file_operations *i_fop;
	struct super_block *i_sb;
	struct address_space *i_mapping;	/* &i_data */
	struct address_space i_data;
	struct file_lock *i_flock;
	struct pipe_inode_info *i_pipe;
	struct list_head i_dentry;	/* dentries that name it (d_alias) */
	wait_queue_head_t i_wait;
	unsigned long i_futex;		/* kernel/futex.c: tells it from the next one here */
	union {				/* the file system's own */
		u32 minix_zone[16];	/* v1: 9 zones of 16 bits, v2: 10 of 32 */
		struct { unsigned long a, b; void *p; } proc_i;
		void *generic;
	} u;
};

struct inode_operations {
	int (*create)(struct inode *dir, struct dentry *dentry, mode_t mode);
	/* Fills a negative dentry: d_add(dentry, inode or NULL); returns NULL or ERR_PTR. */
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry);
	int (*link)(struct dentry *old, struct inode *dir, struct dentry *dentry);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*symlink)(struct inode *dir, struct dentry *dentry, const char *target);
	int (*mkdir)(struct inode *dir, struct dentry *dentry, mode_t mode);
	int (*rmdir)(struct inode *dir, struct dentry *dentry);
	int (*mknod)(struct inode *dir, struct dentry *dentry, mode_t mode, dev_t dev);
	int (*rename)(struct inode *old_dir, struct dentry *old_dentry,
		      struct inode *new_dir, struct dentry *new_dentry);
	/* Copies at most size bytes of the target into a kernel buffer; length or -ERRNO. */
	int (*readlink)(struct dentry *dentry, char *buf, int size);
	/*
	 * Magic links (/proc/PID/exe): the dentry they point to, referenced; NULL member: by text.
	 */
	struct dentry *(*follow_link)(struct dentry *dentry);
	void (*truncate)(struct inode *inode);	/* i_size is already set; frees what is behind */
	int (*permission)(struct inode *inode, int mask);	/* NULL: mode bits */
	int (*setattr)(struct dentry *dentry, struct iattr *attr);	/* NULL: inode_setattr */
	int (*getattr)(struct inode *inode);	/* refresh before stat; may be NULL */
};

#define MAY_EXEC	1
#define MAY_WRITE	2
#define MAY_READ	4

struct iattr {
	unsigned int ia_valid;		/* ATTR_ */
	mode_t ia_mode;
	uid_t ia_uid;
	gid_t ia_gid;
	loff_t ia_size;
	time_t ia_atime, ia_mtime, ia_ctime;
};
#define ATTR_MODE	0x01
#define ATTR_UID	0x02
#define ATTR_GID	0x04
#define ATTR_SIZE	0x08
#define ATTR_ATIME	0x10
#define ATTR_MTIME	0x20
#define ATTR_CTIME	0x40
#define ATTR_ATIME_SET	0x80	/* to a given time, not to now */
#define ATTR_MTIME_SET	0x100
#define ATTR_FORCE	0x200	/* the kernel asks: no permission check */

/* ---- names ---- */

struct qstr {
	const unsigned char *name;
	unsigned int len;
	unsigned int hash;
};

#define DNAME_INLINE_LEN	32

struct dentry {
	int d_count;			/* references; dput() */
	unsigned int d_flags;		/* DCACHE_ */
	struct inode *d_inode;		/* NULL: negative */
	struct dentry *d_parent;	/* itself for a root */
	struct dentry *d_mounts;	/* root of what is mounted here, or itself */
	struct dentry *d_covers;	/* a root: what it covers, else itself */
	struct hlist_node d_hash;	/* by (parent, name) */
	struct list_head d_lru;		/* unused ones, oldest first */
	struct list_head d_child;	/* in parent's d_subdirs */
	struct list_head d_subdirs;
	struct list_head d_alias;	/* in inode's i_dentry */
	struct qstr d_name;
	struct super_block *d_sb;
	const struct dentry_operations *d_op;
	unsigned long d_cookie;		/* tmpfs: its place for readdir */
	unsigned char d_iname[DNAME_INLINE_LEN];	/* short names live here */
};

/* dentry->d_flags */
#define DCACHE_REFERENCED	1	/* used again while on d_lru: gets a second round */
#define DCACHE_PINNED		2	/* d_pin(): the name is stored nowhere else */

struct dentry_operations {
	int (*d_revalidate)(struct dentry *dentry);	/* 0: stale, look it up again */
	int (*d_delete)(const struct dentry *dentry);	/* 1: do not keep when unused */
};

/* ---- file systems ---- */

struct super_block {
	struct list_head s_list;	/* all of them */
	dev_t s_dev;			/* device, or an anonymous number for proc and the like */
	unsigned long s_blocksize;	/* bytes */
	loff_t s_maxbytes;		/* largest file */
	unsigned long s_magic;
	unsigned long s_flags;		/* MS_ */
	const struct file_system_type *s_type;
	const struct super_operations *s_op;
	struct dentry *s_root;
	struct list_head s_inodes;	/* in use, by i_list */
	struct list_head s_dirty;	/* by i_dirty */
	struct list_head s_files;	/* open files (remount read-only asks) */
	bool s_dirt;			/* the super-block itself is to be written */
	bool s_syncing;			/* done in this round of sync_inodes() */
	unsigned long s_wb_errors;	/* failed writes of buffers that fsync() has told of */
	char *s_devname;		/* as given to mount, for /proc/mounts */
	void *s_fs_info;
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);	/* NULL: the generic cache */
	void (*destroy_inode)(struct inode *inode);
	/* Fills the inode of number i_ino; make_bad_inode() on failure. */
	void (*read_inode)(struct inode *inode);
	/* To its buffer; wait: to the disk. */
	int (*write_inode)(struct inode *inode, int wait);
	/* Last reference and i_nlink 0: free blocks and inode. Ends with clear_inode(). */
	void (*delete_inode)(struct inode *inode);
	void (*put_super)(struct super_block *sb);
	void (*write_super)(struct super_block *sb);
	int (*statfs)(struct super_block *sb, struct statfs64 *buf);
	/* From the flags `old` to *flags; sb->s_flags may have MS_RDONLY already. */
	int (*remount_fs)(struct super_block *sb, unsigned long old, int *flags, char *data);
	/* Mount options for /proc/mounts, each with a comma before it. May be NULL. */
	void (*show_options)(struct super_block *sb, struct seq_file *m);
};

#define FS_REQUIRES_DEV	1

struct file_system_type {
	const char *name;
	int fs_flags;
	/*
	 * Fills sb (s_root too). `data`: mount options, may be NULL; silent: no complaint in the
	 * log.
	 */
	int (*read_super)(struct super_block *sb, void *data, int silent);
	struct file_system_type *next;
};
int register_filesystem(struct file_system_type *fs);	/* -EBUSY: the name is taken */
struct file_system_type *get_fs_type(const char *name);	/* or NULL */
int get_filesystem_list(char *buf, int size);		/* /proc/filesystems */
extern struct list_head super_blocks;

/* ---- open files ---- */

struct file {
	int f_count;			/* references; fput() */
	unsigned int f_flags;		/* O_ */
	unsigned int f_mode;		/* FMODE_ */
	loff_t f_pos;
	struct dentry *f_dentry;
	const struct file_operations *f_op;
	void *private_data;		/* tty, proc entry, ... */
	struct file_owner *f_owner;	/* O_ASYNC: who gets SIGIO; NULL: never asked for */
	struct list_head f_list;	/* sb->s_files */
	struct {			/* read-ahead, in pages */
		pgoff_t start, next;
		unsigned int size;
	} f_ra;
	unsigned long f_version;
	unsigned long f_wb_errors;	/* those that fsync() of this file has told of */
};

#define FMODE_READ	1
#define FMODE_WRITE	2
#define FMODE_LSEEK	4		/* has a position */
#define FMODE_PREAD	8
#define FMODE_UNCOUNTED	16	/* not among nr_files */

/* Puts one entry into the caller's buffer; nonzero: full, stop. */
typedef int (*filldir_t)(void *buf, const char *name, int len, loff_t pos, u64 ino,
			 unsigned int type);

struct file_operations {
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	/* buf is a user address (or a kernel one under set_fs; see uaccess.h). */
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
	int (*readdir)(struct file *file, void *dirent, filldir_t filldir);
	unsigned int (*poll)(struct file *file, struct poll_table_struct *wait);
	int (*ioctl)(struct inode *inode, struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file);		/* each close */
	int (*release)(struct inode *inode, struct file *file);	/* the last close */
	int (*fsync)(struct file *file, int datasync);
	/* O_ASYNC goes on or off: fasync_helper() with the driver's list; 0 or -ERRNO. */
	int (*fasync)(struct file *file, bool on);
};

struct fs_struct {
	int count;
	mode_t umask;
	struct dentry *root, *pwd;
};

#define NR_OPEN_DEFAULT	32
#define NR_OPEN		1024		/* ceiling of RLIMIT_NOFILE */

struct files_struct {
	int count;
	unsigned int max_fds;		/* size of fd[] */
	unsigned int next_fd;		/* no free number below */
	struct file **fd;
	unsigned long *open_fds;	/* bitmaps of max_fds bits */
	unsigned long *close_on_exec;
	struct file *fd_array[NR_OPEN_DEFAULT];
	unsigned long open_fds_init[NR_OPEN_DEFAULT / 32];
	unsigned long close_on_exec_init[NR_OPEN_DEFAULT / 32];
};

/* ---- inode.c ---- */
struct inode *iget(struct super_block *sb, ino_t ino);	/* reads it in; NULL or bad inode */
/* Drops a reference (NULL is ignored); the last one of a nameless file frees it. May sleep. */
void iput(struct inode *inode);
struct inode *new_inode(struct super_block *sb);	/* count 1, not hashed; NULL: no memory */
void insert_inode_hash(struct inode *inode);		/* iget() finds it from now on */
/* Last step of delete_inode(): pages and dirty state go, I_FREEING stays. May sleep. */
void clear_inode(struct inode *inode);
void make_bad_inode(struct inode *inode);		/* every operation returns EIO */
/* Did make_bad_inode() do it? */
int is_bad_inode(const struct inode *inode);
void mark_inode_dirty(struct inode *inode);		/* never sleeps */
/* Only pages of it are dirty: set_page_dirty() calls this. Never sleeps. */
void mark_inode_dirty_pages(struct inode *inode);
/* Owner and mode of a new file in `dir`: fsuid, fsgid or a set-gid directory's group. */
void inode_init_owner(struct inode *inode, const struct inode *dir, mode_t mode);
void touch_atime(struct dentry *dentry);		/* it was read */
/* Writes pages and inode; sync: waits until they are on the disk. 0 or -EIO, -ENOSPC. */
int write_inode_now(struct inode *inode, int sync);
void sync_inodes(dev_t dev, int wait);			/* 0: all devices */
int invalidate_inodes(struct super_block *sb);		/* umount: nonzero when busy */
/* Mode, device and operations of a device node, a FIFO or a socket. */
void init_special_inode(struct inode *inode, mode_t mode, dev_t rdev);
/*
 * A device (S_IFCHR or S_IFBLK) that has no node in a file system, for dentry_open(); /proc shows
 * it as "name:[0]". Referenced, or ERR_PTR(-ENOMEM). Sleeps.
 */
struct dentry *device_dentry(const char *name, mode_t type, dev_t dev);
/* May current do that (MAY_)? 0, -EACCES, -EROFS. */
int inode_permission(struct inode *inode, int mask);
/* May current make these changes? 0 or -EPERM; may clear S_ISGID in ia_mode. */
int inode_change_ok(struct inode *inode, struct iattr *attr);
/* Makes them. 0 or -EFBIG; may sleep. */
int inode_setattr(struct inode *inode, struct iattr *attr);
/* Checks and changes, by the file system's setattr() if it has one. i_mutex held; sleeps. */
int notify_change(struct dentry *dentry, struct iattr *attr);
/* Boot: the inode cache and its hash. */
void inode_init(void);
extern int nr_inodes, nr_unused_inodes;		/* /proc */
/* One more reference to an inode in use. */
static inline struct inode *igrab(struct inode *inode)
{
	inode->i_count++;
	return inode;
}

/* ---- dcache.c ---- */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);	/* NULL: no memory */
struct dentry *d_alloc_root(struct inode *root);	/* consumes the inode */
void d_instantiate(struct dentry *dentry, struct inode *inode);	/* takes over the reference */
void d_add(struct dentry *dentry, struct inode *inode);	/* instantiate and hash */
void d_drop(struct dentry *dentry);			/* unhash */
void d_delete(struct dentry *dentry);			/* the file is gone: negative or unhashed */
/* rename(): the dentry takes name and place of `target`, which is unhashed. */
void d_move(struct dentry *dentry, struct dentry *target);
/* The cached name with a reference, perhaps negative; NULL: not cached. */
struct dentry *d_lookup(struct dentry *parent, const struct qstr *name);
void dput(struct dentry *dentry);			/* NULL is ignored; the last may sleep */
/* One more reference to a dentry in use. */
static inline struct dentry *dget(struct dentry *dentry)
{
	dentry->d_count++;
	return dentry;
}
/* Path of a dentry from root, into the end of buf; a pointer into buf or ERR_PTR(-ENAMETOOLONG). */
char *d_path(struct dentry *dentry, struct dentry *root, char *buf, int size);
void shrink_dcache_sb(struct super_block *sb);		/* frees all unused ones of sb */
void shrink_dcache_children(struct dentry *dir);	/* frees unused direct children */
/*
 * For file systems whose names are in the dentry tree alone. A pinned dentry has a reference more
 * and so stays, until its name is removed or, at umount, all of them are unpinned.
 */
void d_pin(struct dentry *dentry);
void d_unpin(struct dentry *dentry);		/* the caller has a reference of its own */
void d_unpin_tree(struct dentry *root);		/* all below root */
/* Is the tree in use: by anything but pins, children and `own` references to the root? */
bool d_tree_in_use(const struct dentry *root, int own);
bool is_subdir(const struct dentry *dentry, const struct dentry *dir);	/* or the same */
extern int nr_dentry, nr_unused_dentry;		/* /proc */
/* Boot: the dentry cache and its hash. */
void dcache_init(void);

/* ---- namei.c ---- */
#define LOOKUP_FOLLOW		1
#define LOOKUP_DIRECTORY	2	/* must be a directory */
#define LOOKUP_PARENT		4
#define LOOKUP_EMPTY		8	/* AT_EMPTY_PATH: "" means dfd itself */
/* Dentry of a user path, referenced, or ERR_PTR. dfd: AT_FDCWD or a directory. May sleep. */
struct dentry *namei_at(int dfd, const char __user *path, unsigned int flags);
struct dentry *namei(const char __user *path);		/* follows links, from the cwd */
struct dentry *lnamei(const char __user *path);		/* not the last one */
/* The same for a kernel string. */
struct dentry *kern_path(const char *path, unsigned int flags);
/* open(2)'s look-up: creates, truncates, checks. */
struct dentry *open_namei(int dfd, const char *path, int flags, mode_t mode);
char *getname(const char __user *path);			/* kernel copy, or ERR_PTR */
/* Frees what getname() returned. */
void putname(char *name);

/* ---- open.c, file_table.c, read_write.c ---- */
struct file *filp_open(const char *path, int flags, mode_t mode);	/* kernel string */
struct file *dentry_open(struct dentry *dentry, int flags);	/* consumes the dentry */
/*
 * The same to read what is executed: nobody may write to it until close_text(). ERR_PTR(-ETXTBSY):
 * somebody does already.
 */
struct file *open_text(struct dentry *dentry);
void close_text(struct file *file);
int filp_close(struct file *file, struct files_struct *files);	/* one number of it is closed */
struct file *get_empty_filp(void);		/* count 1; NULL: too many, or no memory */
void uncount_file(struct file *file);		/* no process has it: it leaves them their share */
void put_filp(struct file *file);		/* one that was never opened */
/* The open file of a number, referenced; NULL: there is none. */
static inline struct file *fget(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (unlikely(fd >= files->max_fds))
		return NULL;
	file = files->fd[fd];
	if (likely(file))
		file->f_count++;
	return file;
}
void __fput(struct file *file);			/* closes it: the last reference has gone */
/* Gives a reference back; the last one closes the file. May sleep then. */
static inline void fput(struct file *file)
{
	if (--file->f_count == 0)
		__fput(file);
}
int get_unused_fd(unsigned int start);		/* or -EMFILE */
void put_unused_fd(unsigned int fd);		/* gives a number that was never installed back */
void fd_install(unsigned int fd, struct file *file);	/* takes over the reference */
void set_close_on_exec(unsigned int fd, bool on);	/* of a number in use */
/* Will exec close that number, which is in use? */
bool get_close_on_exec(unsigned int fd);
long dupfd(unsigned int fd, unsigned int start, bool cloexec);	/* F_DUPFD */
void do_close_on_exec(struct files_struct *files);	/* exec */
/* Bytes of kernel memory that come back when the table is closed, roughly. */
unsigned long files_memory(const struct files_struct *files);
int unshare_files(void);			/* exec: a files_struct of its own; 0 or -ENOMEM */
int do_truncate(struct dentry *dentry, loff_t length);	/* 0, -EFBIG, -EROFS, ...; sleeps */
int get_write_access(struct inode *inode);	/* 0 or -ETXTBSY */
/* Undoes get_write_access(). */
void put_write_access(struct inode *inode);
int deny_write_access(struct inode *inode);	/* while it is executed; 0 or -ETXTBSY */
void allow_write_access(struct inode *inode);	/* undoes it */
/* Entries from the file's position on go to filldir. 0, -ENOENT (removed), -ENOTDIR; sleeps. */
int vfs_readdir(struct file *file, void *buf, filldir_t filldir);
/* Before a look at the inode: its file system brings it up to date. 0 or -ERRNO; may sleep. */
int vfs_getattr(struct inode *inode);
/* Into kernel memory: bytes or -ERRNO. May sleep. */
ssize_t kernel_read(struct file *file, loff_t pos, void *buf, size_t count);
/* read(2) and write(2) of an open file: bytes or -ERRNO; *pos moves on. May sleep. */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
/* llseek() for files without a size of their own, and for those without a position (-ESPIPE). */
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t no_llseek(struct file *file, loff_t offset, int whence);
extern int nr_files, max_files;
extern struct fs_struct init_fs;		/* of task 0 */
extern struct files_struct init_files;
/* Boot: the caches of this file, max_files, names and pipes. */
void files_init(void);

/* ---- super.c, do_mounts.c ---- */
void mount_root(void);			/* panics with advice when it cannot */
/* An empty one on the list; NULL: no memory. */
struct super_block *alloc_super(struct file_system_type *type, dev_t dev, unsigned long flags,
				const char *devname);
/* One that the type has filled; ERR_PTR(-EINVAL): not its format. Sleeps. */
struct super_block *read_super(struct file_system_type *type, dev_t dev, unsigned long flags,
			       const char *devname, void *data, int silent);
/* Tries every type that needs a device. */
struct super_block *read_super_auto(dev_t dev, unsigned long flags, const char *devname,
				    void *data);
struct super_block *get_super(dev_t dev);	/* mounted from that device; NULL: none */
/* A device number for a file system without a device; 0: none is left. */
dev_t get_unnamed_dev(void);
/* Gives the number back. */
void put_unnamed_dev(dev_t dev);
long umount_tree(struct dentry *root);	/* umount(2); consumes the reference. 0 or -ERRNO */
/* umount of 1992: what is mounted from the device. -EINVAL: nothing is; -EBUSY: the root is. */
long umount_device(dev_t dev);
/* mount(2) with strings of the kernel. 0 or -ERRNO. */
long do_mount(const char *dev, const char *dir, const char *type, unsigned long flags, void *data);
/*
 * "/dev/hda1", "hda1", "3:1"; "0x301", "301": the same as the kernels of 1992 numbered it, see
 * blkdev_of_1992(). 0: unknown.
 */
dev_t name_to_dev_t(const char *name);

/* ---- sync, write-back ---- */
void sync_dev(dev_t dev);		/* 0: all */
void sync_supers(dev_t dev);		/* super-blocks marked s_dirt; 0: all */
/*
 * fsync() of a file system without anything finer: pages, inode, all buffers of the device. -EIO
 * also for what sync() or the daemon could not write before: of the file's own pages, once; of the
 * device's metadata, once for each open file.
 */
int generic_file_fsync(struct file *file, int datasync);

/* ---- char and block devices ---- */
#define MEM_MAJOR	1	/* /dev/mem, null, zero ... */
/* Makes a driver known by its major number; name: for /proc/devices. 0, -EINVAL or -EBUSY. */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);
/* The operations registered for a major number, or NULL. */
const struct file_operations *get_chrfops(unsigned int major);
extern const struct file_operations def_blk_fops, def_chr_fops, def_fifo_fops;
extern const struct file_operations pipe_fops;	/* both ends, FIFOs after open too */
int get_device_list(char *buf, int size);		/* /proc/devices */
/* The number that a block device node has for current: for blkdev_get(). */
dev_t block_node_number(const struct inode *inode);
/* The device that an open file of def_blk_fops is. */
dev_t file_blkdev(const struct file *file);

/* ---- generic files through the page cache: mm/filemap.c ---- */
/* read(2) and write(2) by way of the page cache: bytes or -ERRNO; *pos moves on. May sleep. */
ssize_t generic_file_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t generic_file_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
/* mmap(2): the VMA gets generic_file_vm_ops. 0, -ENOEXEC, -EINVAL. */
int generic_file_mmap(struct file *file, struct vm_area_struct *vma);
/* lseek(2) in a file that ends at i_size: the new position or -EINVAL. */
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
/* Directory that lives in the dentry tree alone. */
ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos);
/* fs/libfs.c: the pieces of a file system whose names are all in the dentry tree. */
/* What has no dentry does not exist: makes it negative. NULL or ERR_PTR. */
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry);
/* readdir() from the dentries below the directory. 0 or what filldir() returned. */
int dcache_readdir(struct file *file, void *dirent, filldir_t filldir);
/* statfs() of a file system without blocks. 0. */
int simple_statfs(struct super_block *sb, struct statfs64 *buf);
extern const struct file_operations simple_dir_operations;
extern const struct inode_operations simple_dir_inode_operations;

/* ---- file locks: fs/locks.c ---- */
/* close(2) of a number: the record locks that `owner` holds on the file go. */
void locks_remove_posix(struct file *file, struct files_struct *owner);
/* The last close of an open file: its flock() lock goes. */
void locks_remove_flock(struct file *file);

/* ---- signals instead of waiting, O_ASYNC: fs/fasync.c ---- */
/* Turns O_ASYNC of an open file on or off. 0, -EINVAL (it has no events), -ENOMEM. May sleep. */
int file_set_async(unsigned int fd, struct file *file, bool on);
/* fcntl's commands about the owner and its signal. -EINVAL, -ESRCH, -EFAULT, -ENOMEM. May sleep. */
long fcntl_owner(struct file *file, unsigned int cmd, unsigned long arg);
/* For fasync(): owner when nobody was named. > 0 a process, < 0 a group. Never sleeps. */
void file_default_owner(struct file *file, pid_t who);
/* Puts the file on a driver's list or takes it off. 0. Never sleeps. */
int fasync_helper(struct file *file, bool on, struct hlist_head *list);
void send_sigio(struct hlist_head *list, int code);	/* what kill_fasync() calls */
/* The last close: no signals from it any more. */
void free_file_owner(struct file *file);
/*
 * The object behind the files of a list can be read (code POLL_IN) or written (POLL_OUT): signals
 * for those opened for it. Any context.
 */
static inline void kill_fasync(struct hlist_head *list, int code)
{
	if (unlikely(list->first))
		send_sigio(list, code);
}

/* ---- poll and select: fs/select.c ---- */
struct poll_table_struct;
/* A driver's poll() registers each queue that may change the answer; wait may be NULL. */
void poll_wait(struct file *file, wait_queue_head_t *q, struct poll_table_struct *wait);

#endif
