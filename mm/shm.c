/*
 * System V shared memory: shmget, shmat, shmdt, shmctl.
 *
 * A segment is a file without a name (shmem.c); attaching maps it. Each attachment opens it
 * anew, since the rights of the open file bind the mapping for good:
 *
 *	VMA --vm_file--> file --f_dentry--> the segment's inode, with its pages
 *	                  '--private_data--> shm_segment, which has a file of its own
 *
 * The VMAs count the attachments: fork makes more of them, exec and exit close them, a hole in one
 * makes it two. A segment marked SHM_DEST (IPC_RMID) goes with the last of them.
 */
#include <linux/shm.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/ipc.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <asm/shmparam.h>
#include <asm/uaccess.h>

#define SHMMNI	4096				/* segments; fewer on small machines */
#define SHMMAX	(ULONG_MAX - (1UL << 24))	/* bytes of one */
#define SHMALL	(ULONG_MAX - (1UL << 24))	/* pages of all */

struct shm_segment {
	struct kern_ipc_perm perm;
	struct file *file;
	unsigned long size;
	unsigned long nattch;		/* VMAs, and callers of shmat() at work */
	time_t atime, dtime, ctime;
	pid_t cpid, lpid;
	struct user_struct *locker;	/* who has locked it in memory, or NULL */
};

static struct ipc_ids shm_ids = IPC_IDS_INIT(shm_ids, SHMMNI);
static unsigned long shm_pages;		/* of all segments */

static struct shm_segment *to_segment(const struct kern_ipc_perm *perm)
{
	return container_of(perm, struct shm_segment, perm);
}

static struct inode *segment_inode(const struct shm_segment *seg)
{
	return seg->file->f_dentry->d_inode;
}

static unsigned long pages_of(const struct shm_segment *seg)
{
	return PAGE_ALIGN(seg->size) >> PAGE_SHIFT;
}

/* ---- making and removing ---- */

static int create_segment(int key, size_t size, int flags)
{
	struct shm_segment *seg;
	char name[32];

	if (size < 1 || size > SHMMAX)
		return -EINVAL;
	if (PAGE_ALIGN(size) >> PAGE_SHIFT > SHMALL - shm_pages)
		return -ENOSPC;
	seg = kzalloc(sizeof(*seg), GFP_KERNEL);
	if (!seg)
		return -ENOMEM;
	snprintf(name, sizeof(name), "/SYSV%08x (deleted)", key);
	seg->file = shmem_file_setup(name, size, flags & SHM_NORESERVE ? VM_NORESERVE : 0);
	if (IS_ERR(seg->file)) {
		int err = PTR_ERR(seg->file);

		kfree(seg);
		return err;
	}
	uncount_file(seg->file);
	shmem_i(segment_inode(seg))->outlives = true;
	seg->size = size;
	seg->cpid = current->tgid;
	seg->ctime = get_seconds();
	shm_pages += pages_of(seg);
	segment_inode(seg)->i_ino = ipc_add(&shm_ids, &seg->perm, key, flags);
	return seg->perm.id;
}

static int check_segment(struct kern_ipc_perm *perm, size_t size)
{
	return size > to_segment(perm)->size ? -EINVAL : 0;
}

long sys_shmget(int key, size_t size, int flags)
{
	static const struct ipc_ops ops = { .create = create_segment, .check = check_segment };

	if (flags & SHM_HUGETLB)
		return -EINVAL;
	return ipc_get(&shm_ids, &ops, key, size, flags);
}

static void unlock_segment(struct shm_segment *seg)
{
	if (!seg->locker)
		return;
	shmem_i(segment_inode(seg))->locked = false;
	seg->perm.mode &= ~SHM_LOCKED;
	seg->locker->locked_shm -= pages_of(seg);
	free_uid(seg->locker);
	seg->locker = NULL;
}

/* It counts against the limit of the user who locks it: 0, -EPERM (nothing is allowed), -ENOMEM. */
static int lock_segment(struct shm_segment *seg)
{
	unsigned long limit = rlimit(RLIMIT_MEMLOCK);
	struct user_struct *user = current->user;

	if (!capable_root() && !limit)
		return -EPERM;
	if (seg->locker)
		return 0;
	if (!capable_root() && user->locked_shm + pages_of(seg) > limit >> PAGE_SHIFT)
		return -ENOMEM;
	get_uid(user);
	user->locked_shm += pages_of(seg);
	seg->locker = user;
	shmem_i(segment_inode(seg))->locked = true;
	seg->perm.mode |= SHM_LOCKED;
	return 0;
}

static void destroy_segment(struct shm_segment *seg)
{
	struct file *file = seg->file;

	unlock_segment(seg);
	ipc_remove(&shm_ids, &seg->perm);
	shm_pages -= pages_of(seg);
	kfree(seg);
	fput(file);
}

static void put_attachment(struct shm_segment *seg)
{
	if (--seg->nattch == 0 && (seg->perm.mode & SHM_DEST))
		destroy_segment(seg);
}

/* ---- mappings ---- */

static void shm_open(struct vm_area_struct *vma)
{
	struct shm_segment *seg = vma->vm_file->private_data;

	seg->nattch++;
	seg->atime = get_seconds();
	seg->lpid = current->tgid;
}

static void shm_close(struct vm_area_struct *vma)
{
	struct shm_segment *seg = vma->vm_file->private_data;

	seg->dtime = get_seconds();
	seg->lpid = current->tgid;
	put_attachment(seg);
}

static const struct vm_operations_struct shm_vm_ops = {
	.open	= shm_open,
	.close	= shm_close,
	.nopage	= shmem_nopage,
};

static int shm_mmap(struct file *file __unused, struct vm_area_struct *vma)
{
	vma->vm_ops = &shm_vm_ops;
	shm_open(vma);
	return 0;
}

static const struct file_operations shm_fops = {
	.mmap = shm_mmap,
};

/* The segment opened once more, for a mapping; NULL: too many files, or no memory. */
static struct file *open_segment(struct shm_segment *seg, unsigned int mode)
{
	struct file *file = get_empty_filp();

	if (!file)
		return NULL;
	file->f_dentry = dget(seg->file->f_dentry);
	file->f_mode = mode;
	file->f_flags = mode & FMODE_WRITE ? O_RDWR : O_RDONLY;
	file->f_op = &shm_fops;
	file->private_data = seg;
	if (mode & FMODE_WRITE)
		get_write_access(segment_inode(seg));	/* granted: the segment's own file has it */
	list_add(&file->f_list, &file->f_dentry->d_sb->s_files);
	return file;
}

/* ---- shmat() and shmdt() ---- */

/* Maps the whole of an opened segment; its address or -ERRNO. */
static unsigned long attach(struct file *file, unsigned long addr, unsigned long size, int flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long prot = PROT_READ, map = MAP_SHARED, ret = -EINVAL;

	if (!(flags & SHM_RDONLY))
		prot |= PROT_WRITE;
	if (flags & SHM_EXEC)
		prot |= PROT_EXEC;
	if (addr)
		map |= MAP_FIXED;
	down_write(&mm->mmap_sem);
	if (!addr || (flags & SHM_REMAP) ||
	    (addr + size > addr && !find_vma_intersection(mm, addr, addr + size)))
		ret = do_mmap_pgoff(file, addr, size, prot, map, 0);
	up_write(&mm->mmap_sem);
	return ret;
}

/* The rounded address, 0 for anywhere; or -EINVAL. */
static int check_address(unsigned long *addr, int flags)
{
	if (*addr & (SHMLBA - 1)) {
		if (!(flags & SHM_RND))
			return -EINVAL;
		*addr &= ~(SHMLBA - 1);
	}
	return !*addr && (flags & SHM_REMAP) ? -EINVAL : 0;
}

long do_shmat(int id, unsigned long addr, int flags, unsigned long *where)
{
	unsigned int mode = flags & SHM_RDONLY ? FMODE_READ : FMODE_READ | FMODE_WRITE;
	int wanted = flags & SHM_RDONLY ? 0444 : 0666;
	struct kern_ipc_perm *perm;
	struct shm_segment *seg;
	struct file *file;
	int err = check_address(&addr, flags);

	if (err)
		return err;
	perm = ipc_find_permitted(&shm_ids, id, flags & SHM_EXEC ? wanted | 0111 : wanted);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	seg = to_segment(perm);
	seg->nattch++;			/* it stays while we sleep */
	file = open_segment(seg, mode);
	if (file) {
		*where = attach(file, addr, PAGE_ALIGN(seg->size), flags);
		fput(file);
		err = IS_ERR_VALUE(*where) ? (int)*where : 0;
	} else {
		err = -ENFILE;
	}
	put_attachment(seg);
	return err;
}

/* The address is the result; those near the end of memory would look like errors, and cannot be. */
long sys_shmat(int id, void __user *addr, int flags)
{
	unsigned long where;
	long err = do_shmat(id, (unsigned long)addr, flags, &where);

	return err ? err : (long)where;
}

/* Is the VMA a part of the attachment that begins at `addr`? */
static bool is_part(const struct vm_area_struct *vma, unsigned long addr)
{
	return vma->vm_ops == &shm_vm_ops && vma->vm_start >= addr &&
	       (vma->vm_start - addr) >> PAGE_SHIFT == vma->vm_pgoff;
}

/* An attachment may have got holes: the first VMA found tells which file and how far it reaches. */
static int detach(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma, *next;
	const struct inode *inode = NULL;
	unsigned long end = addr;

	for (vma = find_vma(mm, addr); vma && (!inode || vma->vm_start < end); vma = next) {
		next = vma->vm_next;
		if (!is_part(vma, addr) || (inode && vma->vm_file->f_dentry->d_inode != inode))
			continue;
		if (!inode) {
			inode = vma->vm_file->f_dentry->d_inode;
			end = addr + PAGE_ALIGN(inode->i_size);
		}
		do_munmap(mm, vma->vm_start, vma->vm_end - vma->vm_start);
	}
	return inode ? 0 : -EINVAL;
}

long sys_shmdt(const void __user *addr)
{
	struct mm_struct *mm = current->mm;
	int err;

	if ((unsigned long)addr & ~PAGE_MASK)
		return -EINVAL;
	down_write(&mm->mmap_sem);
	err = detach(mm, (unsigned long)addr);
	up_write(&mm->mmap_sem);
	return err;
}

/* ---- shmctl() ---- */

static void count_pages(const struct shm_segment *seg, unsigned long *rss, unsigned long *swapped)
{
	*rss = segment_inode(seg)->i_mapping->nrpages;
	*swapped = shmem_i(segment_inode(seg))->swapped;
}

static long limits(void __user *buf)
{
	struct shminfo info = {
		.shmmax = SHMMAX,
		.shmmin = 1,
		.shmmni = shm_ids.limit,
		.shmseg = shm_ids.limit,
		.shmall = SHMALL,
	};

	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : ipc_max_place(&shm_ids);
}

static long usage(void __user *buf)
{
	struct shm_info info = { .used_ids = shm_ids.in_use, .shm_tot = shm_pages };
	int place;

	for (place = 0; place <= ipc_max_place(&shm_ids); place++) {
		struct kern_ipc_perm *perm = ipc_at(&shm_ids, place);
		unsigned long rss, swapped;

		if (!perm)
			continue;
		count_pages(to_segment(perm), &rss, &swapped);
		info.shm_rss += rss;
		info.shm_swp += swapped;
	}
	return copy_to_user(buf, &info, sizeof(info)) ? -EFAULT : ipc_max_place(&shm_ids);
}

static long stat_segment(int id, int cmd, struct shmid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct shm_segment *seg;
	struct shmid_ds ds;
	long ret;

	perm = ipc_for_stat(&shm_ids, id, cmd == IPC_STAT, cmd == SHM_STAT_ANY);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	ret = cmd == IPC_STAT ? 0 : perm->id;
	seg = to_segment(perm);
	memset(&ds, 0, sizeof(ds));
	ipc_fill_perm(&ds.shm_perm, perm);
	ds.shm_segsz = seg->size;
	ds.shm_atime = seg->atime;
	ds.shm_dtime = seg->dtime;
	ds.shm_ctime = seg->ctime;
	ds.shm_cpid = seg->cpid;
	ds.shm_lpid = seg->lpid;
	ds.shm_nattch = seg->nattch;
	return copy_to_user(buf, &ds, sizeof(ds)) ? -EFAULT : ret;
}

static void remove_segment(struct shm_segment *seg)
{
	if (seg->nattch) {
		seg->perm.mode |= SHM_DEST;
		seg->perm.key = IPC_PRIVATE;	/* not to be found by it any more */
	} else {
		destroy_segment(seg);
	}
}

/* The commands that are its owner's. */
static long change_segment(int id, int cmd, const struct shmid_ds __user *buf)
{
	struct kern_ipc_perm *perm;
	struct shmid_ds ds;

	if (cmd == IPC_SET && copy_from_user(&ds, buf, sizeof(ds)))
		return -EFAULT;
	perm = ipc_find_owned(&shm_ids, id);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	switch (cmd) {
	case IPC_SET:
		ipc_set_perm(perm, &ds.shm_perm);
		to_segment(perm)->ctime = get_seconds();
		return 0;
	case IPC_RMID:
		remove_segment(to_segment(perm));
		return 0;
	case SHM_LOCK:
		return lock_segment(to_segment(perm));
	default:			/* SHM_UNLOCK */
		unlock_segment(to_segment(perm));
		return 0;
	}
}

long sys_shmctl(int id, int cmd, void __user *buf)
{
	switch (cmd) {
	case IPC_INFO:
		return limits(buf);
	case SHM_INFO:
		return usage(buf);
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY:
		return stat_segment(id, cmd, buf);
	case IPC_SET:
	case IPC_RMID:
	case SHM_LOCK:
	case SHM_UNLOCK:
		return change_segment(id, cmd, buf);
	}
	return -EINVAL;
}

/* ---- /proc/sysvipc/shm ---- */

static void show_segment(struct seq_file *m, const struct kern_ipc_perm *perm)
{
	const struct shm_segment *seg = to_segment(perm);
	unsigned long rss, swapped;

	count_pages(seg, &rss, &swapped);
	seq_printf(m, "%10d %10d  %4o %10lu %5d %5d  %5lu %5u %5u %5u %5u %10ld %10ld %10ld "
		   "%10lu %10lu\n", perm->key, perm->id, (unsigned int)perm->mode, seg->size,
		   seg->cpid, seg->lpid, seg->nattch, perm->uid, perm->gid, perm->cuid, perm->cgid,
		   seg->atime, seg->dtime, seg->ctime, rss << PAGE_SHIFT, swapped << PAGE_SHIFT);
}

static int __init shm_init(void)
{
	static const struct ipc_proc file = {
		.name = "shm",
		.heading = "       key      shmid perms       size  cpid  lpid nattch   uid   gid  "
			   "cuid  cgid      atime      dtime      ctime        rss       swap\n",
		.ids = &shm_ids,
		.show = show_segment,
	};

	/* They outlive whoever makes them, and take kernel memory: one for two pages of it. */
	shm_ids.limit = min_t(unsigned long, SHMMNI, (totalram_pages - totalhigh_pages) / 2);
	ipc_create_proc(&file);
	return 0;
}
initcall_fs(shm_init);
