/*
 * File descriptors: from a number to an open file.
 *
 *	task->files -> fd[0] -> file (f_count 2) <- fd[1] of the same or another task
 *	               open_fds, close_on_exec: bitmaps by number
 *
 * A number is reserved first (get_unused_fd() sets its bit) and filled when the file is open
 * (fd_install()), so a sleeping open() cannot lose it. The table holds 32 numbers in itself; a
 * larger one is allocated when needed, up to RLIMIT_NOFILE.
 *
 * 0.12 had twenty numbers per task and 64 files for everybody.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/pipe_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>

#define BIT_WORD(fd)	((fd) / BITS_PER_LONG)
#define BIT_OF(fd)	(1UL << ((fd) % BITS_PER_LONG))

static struct kmem_cache *filp_cache, *files_cache, *fs_cache;
int nr_files, max_files;

struct fs_struct init_fs = { .count = 1, .umask = 022 };
struct files_struct init_files = {
	.count		= 1,
	.max_fds	= NR_OPEN_DEFAULT,
	.fd		= init_files.fd_array,
	.open_fds	= init_files.open_fds_init,
	.close_on_exec	= init_files.close_on_exec_init,
};

/* ---- struct file ---- */

/* The last few files are for root. */
struct file *get_empty_filp(void)
{
	struct file *file;

	if (nr_files >= max_files && !(capable_root() && nr_files < max_files + 64)) {
		printk_ratelimited(KERN_WARNING "file table full: %d files\n", nr_files);
		return NULL;
	}
	file = kmem_cache_zalloc(filp_cache, GFP_KERNEL);
	if (!file)
		return NULL;
	file->f_count = 1;
	INIT_LIST_HEAD(&file->f_list);
	nr_files++;
	return file;
}

void uncount_file(struct file *file)
{
	file->f_mode |= FMODE_UNCOUNTED;
	nr_files--;
}

void put_filp(struct file *file)
{
	list_del(&file->f_list);
	if (!(file->f_mode & FMODE_UNCOUNTED))
		nr_files--;
	kmem_cache_free(filp_cache, file);
}

void __fput(struct file *file)
{
	struct dentry *dentry = file->f_dentry;
	struct inode *inode = dentry->d_inode;

	if (inode->i_flock)
		locks_remove_flock(file);
	if (unlikely(file->f_owner))
		free_file_owner(file);
	if (file->f_op->release)
		file->f_op->release(inode, file);
	if (file->f_mode & FMODE_WRITE)
		put_write_access(inode);
	put_filp(file);
	dput(dentry);
}

/* A file in several tables, or at several numbers, counts for each of them in part. */
static unsigned long file_memory(const struct file *file)
{
	const struct inode *inode = file->f_dentry->d_inode;
	unsigned long bytes = sizeof(*file) + sizeof(struct dentry) + sizeof(*inode);

	if (S_ISFIFO(inode->i_mode) && inode->i_pipe)
		bytes += pipe_memory(inode->i_pipe);
	return bytes / file->f_count;
}

unsigned long files_memory(const struct files_struct *files)
{
	unsigned long bytes = 0;
	unsigned int fd;

	for (fd = 0; fd < files->max_fds; fd++)
		if (files->fd[fd])
			bytes += file_memory(files->fd[fd]);
	return bytes;
}

/* ---- numbers ---- */

static bool fd_is_open(const struct files_struct *files, unsigned int fd)
{
	return files->open_fds[BIT_WORD(fd)] & BIT_OF(fd);
}

static unsigned int fd_limit(void)
{
	return min_t(unsigned long, rlimit(RLIMIT_NOFILE), NR_OPEN);
}

static void free_fd_table(struct files_struct *files)
{
	if (files->fd != files->fd_array)
		kfree(files->fd);
}

/*
 * Gives files a table of at least `want` numbers: one block of memory holds the pointers and both
 * bitmaps. May sleep, so with CLONE_FILES another thread may have done it meanwhile.
 */
static int expand_files(struct files_struct *files, unsigned int want)
{
	unsigned int size = files->max_fds, words, old_words;
	struct file **fd;

	while (size < want)
		size *= 2;
	words = size / BITS_PER_LONG;
	fd = kzalloc(size * sizeof(*fd) + 2 * words * sizeof(long), GFP_KERNEL);
	if (!fd)
		return -ENOMEM;
	if (files->max_fds >= size) {
		kfree(fd);
		return 0;
	}
	old_words = files->max_fds / BITS_PER_LONG;
	memcpy(fd, files->fd, files->max_fds * sizeof(*fd));
	memcpy(fd + size, files->open_fds, old_words * sizeof(long));
	memcpy((unsigned long *)(fd + size) + words, files->close_on_exec,
	       old_words * sizeof(long));
	free_fd_table(files);
	files->fd = fd;
	files->open_fds = (unsigned long *)(fd + size);
	files->close_on_exec = files->open_fds + words;
	files->max_fds = size;
	return 0;
}

/* The lowest free number from `start` on; max_fds when all are taken. */
static unsigned int find_free_fd(const struct files_struct *files, unsigned int start)
{
	unsigned int fd = max(start, files->next_fd);
	unsigned long word;

	while (fd < files->max_fds) {
		word = ~files->open_fds[BIT_WORD(fd)] & ~(BIT_OF(fd) - 1);
		if (word)
			return (fd & ~(BITS_PER_LONG - 1)) + __ffs(word);
		fd = (fd | (BITS_PER_LONG - 1)) + 1;
	}
	return fd;
}

int get_unused_fd(unsigned int start)
{
	struct files_struct *files = current->files;
	unsigned int fd;
	int err;

	for (;;) {
		fd = find_free_fd(files, start);
		if (fd >= fd_limit())
			return -EMFILE;
		if (fd < files->max_fds)
			break;
		err = expand_files(files, fd + 1);
		if (err)
			return err;
	}
	files->open_fds[BIT_WORD(fd)] |= BIT_OF(fd);
	files->close_on_exec[BIT_WORD(fd)] &= ~BIT_OF(fd);
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	return fd;
}

void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	files->open_fds[BIT_WORD(fd)] &= ~BIT_OF(fd);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

void fd_install(unsigned int fd, struct file *file)
{
	current->files->fd[fd] = file;
}

void set_close_on_exec(unsigned int fd, bool on)
{
	unsigned long *word = &current->files->close_on_exec[BIT_WORD(fd)];

	*word = on ? *word | BIT_OF(fd) : *word & ~BIT_OF(fd);
}

bool get_close_on_exec(unsigned int fd)
{
	return current->files->close_on_exec[BIT_WORD(fd)] & BIT_OF(fd);
}

static void close_fd(struct files_struct *files, unsigned int fd)
{
	struct file *file = files->fd[fd];

	files->fd[fd] = NULL;
	files->open_fds[BIT_WORD(fd)] &= ~BIT_OF(fd);
	if (fd < files->next_fd)
		files->next_fd = fd;
	if (file)
		filp_close(file, files);
}

void do_close_on_exec(struct files_struct *files)
{
	unsigned int i;

	for (i = 0; i < files->max_fds / BITS_PER_LONG; i++) {
		unsigned long set = files->close_on_exec[i] & files->open_fds[i];

		files->close_on_exec[i] = 0;
		for (; set; set &= set - 1)
			close_fd(files, i * BITS_PER_LONG + __ffs(set));
	}
}

/* ---- dup ---- */

static long install_dup(struct file *file, int fd)
{
	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}

/* F_DUPFD: a number of at least `start`. */
long dupfd(unsigned int fd, unsigned int start, bool cloexec)
{
	struct file *file;
	int new;

	if (start >= fd_limit())
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	new = get_unused_fd(start);
	if (new >= 0 && cloexec)
		set_close_on_exec(new, true);
	return install_dup(file, new);
}

long sys_dup(unsigned int fd)
{
	struct file *file = fget(fd);

	return file ? install_dup(file, get_unused_fd(0)) : -EBADF;
}

static long do_dup3(unsigned int oldfd, unsigned int newfd, bool cloexec)
{
	struct files_struct *files = current->files;
	struct file *file, *replaced;
	int err;

	if (newfd >= fd_limit())
		return -EBADF;
	file = fget(oldfd);
	if (!file)
		return -EBADF;
	if (newfd >= files->max_fds) {
		err = expand_files(files, newfd + 1);
		if (err) {
			fput(file);
			return err;
		}
	}
	replaced = files->fd[newfd];
	if (!replaced && fd_is_open(files, newfd)) {
		fput(file);		/* another thread's open() is under way */
		return -EBUSY;
	}
	files->open_fds[BIT_WORD(newfd)] |= BIT_OF(newfd);
	files->fd[newfd] = file;
	set_close_on_exec(newfd, cloexec);
	if (replaced)
		filp_close(replaced, files);
	return newfd;
}

long sys_dup2(unsigned int oldfd, unsigned int newfd)
{
	struct files_struct *files = current->files;

	if (oldfd == newfd)
		return oldfd < files->max_fds && files->fd[oldfd] ? (long)oldfd : -EBADF;
	return do_dup3(oldfd, newfd, false);
}

long sys_dup3(unsigned int oldfd, unsigned int newfd, int flags)
{
	if ((flags & ~O_CLOEXEC) || oldfd == newfd)
		return -EINVAL;
	return do_dup3(oldfd, newfd, flags & O_CLOEXEC);
}

/* ---- fork, exec, exit ---- */

/* Number of table entries worth copying: up to the last open one, in whole words. */
static unsigned int used_fds(const struct files_struct *files)
{
	unsigned int words = files->max_fds / BITS_PER_LONG;

	while (words > 1 && !files->open_fds[words - 1])
		words--;
	return words * BITS_PER_LONG;
}

/*
 * A copy with the same open files. A number reserved by an open() under way in another thread is
 * free in the copy.
 */
static struct files_struct *dup_files(struct files_struct *old)
{
	struct files_struct *new = kmem_cache_zalloc(files_cache, GFP_KERNEL);
	unsigned int count, i;

	if (!new)
		return NULL;
	new->count = 1;
	new->max_fds = NR_OPEN_DEFAULT;
	new->fd = new->fd_array;
	new->open_fds = new->open_fds_init;
	new->close_on_exec = new->close_on_exec_init;
	while ((count = used_fds(old)) > new->max_fds) {
		if (expand_files(new, count)) {
			free_fd_table(new);
			kmem_cache_free(files_cache, new);
			return NULL;
		}
	}
	for (i = 0; i < count / BITS_PER_LONG; i++) {
		new->open_fds[i] = old->open_fds[i];
		new->close_on_exec[i] = old->close_on_exec[i];
	}
	for (i = 0; i < count; i++) {
		new->fd[i] = old->fd[i];
		if (new->fd[i])
			new->fd[i]->f_count++;
		else
			new->open_fds[BIT_WORD(i)] &= ~BIT_OF(i);
	}
	return new;
}

static void put_files(struct files_struct *files)
{
	unsigned int i;

	if (--files->count)
		return;
	for (i = 0; i < files->max_fds / BITS_PER_LONG; i++) {
		unsigned long set = files->open_fds[i];

		for (; set; set &= set - 1)
			close_fd(files, i * BITS_PER_LONG + __ffs(set));
	}
	free_fd_table(files);
	if (files != &init_files)
		kmem_cache_free(files_cache, files);
}

int copy_files(unsigned long clone_flags, struct task_struct *p)
{
	if (!p->files)
		return 0;
	if (clone_flags & CLONE_FILES)
		p->files->count++;
	else
		p->files = dup_files(p->files);
	return p->files ? 0 : -ENOMEM;
}

int unshare_files(void)
{
	struct files_struct *old = current->files, *new;

	if (old->count == 1)
		return 0;
	new = dup_files(old);
	if (!new)
		return -ENOMEM;
	current->files = new;
	put_files(old);
	return 0;
}

void exit_files(struct task_struct *p)
{
	struct files_struct *files = p->files;

	if (files) {
		p->files = NULL;
		put_files(files);
	}
}

int copy_fs(unsigned long clone_flags, struct task_struct *p)
{
	struct fs_struct *old = p->fs, *new;

	if (!old)
		return 0;
	if (clone_flags & CLONE_FS) {
		old->count++;
		return 0;
	}
	new = kmem_cache_alloc(fs_cache, GFP_KERNEL);
	p->fs = new;
	if (!new)
		return -ENOMEM;
	new->count = 1;
	new->umask = old->umask;
	/* Before the root is mounted there is none. */
	new->root = old->root ? dget(old->root) : NULL;
	new->pwd = old->pwd ? dget(old->pwd) : NULL;
	return 0;
}

void exit_fs(struct task_struct *p)
{
	struct fs_struct *fs = p->fs;

	p->fs = NULL;
	if (!fs || --fs->count)
		return;
	dput(fs->root);
	dput(fs->pwd);
	if (fs != &init_fs)
		kmem_cache_free(fs_cache, fs);
}

/* One open file costs about 1 KB with its inode and dentry; a tenth of lowmem may go there. */
void files_init(void)
{
	max_files = max_t(long, (max_low_pfn - min_low_pfn) * 4 / 10, 512);
	filp_cache = kmem_cache_create("filp", sizeof(struct file), 0, SLAB_PANIC, NULL);
	files_cache = kmem_cache_create("files_struct", sizeof(struct files_struct), 0,
					SLAB_PANIC, NULL);
	fs_cache = kmem_cache_create("fs_struct", sizeof(struct fs_struct), 0, SLAB_PANIC, NULL);
	namei_init();
	pipe_init();
}
