/*
 * Memory devices, major 1: null, zero and full, random numbers, physical
 * memory, I/O ports, and the kernel's log. One table of operations each; opening the device
 * puts it into the file, so that a read of /dev/zero is one call deep.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/shmem_fs.h>
#include <linux/string.h>
#include <asm/uaccess.h>
#include "random.h"

#define CLEAR_CHUNK	(64 * 1024)	/* /dev/zero: bytes between looks at signals */
#define KMSG_LINE	512

/* ---- null, zero, full ---- */

static ssize_t read_null(struct file *file __unused, char __user *buf __unused,
			 size_t count __unused, loff_t *pos __unused)
{
	return 0;
}

static ssize_t write_null(struct file *file __unused, const char __user *buf __unused,
			  size_t count, loff_t *pos __unused)
{
	return count;
}

static ssize_t write_full(struct file *file __unused, const char __user *buf __unused,
			  size_t count, loff_t *pos __unused)
{
	return count ? -ENOSPC : 0;
}

static ssize_t read_zero(struct file *file __unused, char __user *buf, size_t count,
			 loff_t *pos __unused)
{
	size_t todo = count, now, left;

	for (;;) {
		now = min_t(size_t, todo, CLEAR_CHUNK);
		left = clear_user(buf, now);
		todo -= now - left;
		if (likely(!todo))
			return count;
		if (left)
			return todo < count ? (ssize_t)(count - todo) : -EFAULT;
		if (signal_pending(current))
			return count - todo;
		buf += now;
		cond_resched();
	}
}

/* A private mapping is plain anonymous memory; a shared one is a file in memory of its own. */
static int mmap_zero(struct file *file __unused, struct vm_area_struct *vma)
{
	struct file *shm;
	int err;

	if (!(vma->vm_flags & VM_SHARED))
		return 0;
	shm = shmem_file_setup("/dev/zero (deleted)", vma->vm_end - vma->vm_start,
			       vma->vm_flags);
	if (IS_ERR(shm))
		return PTR_ERR(shm);
	vma->vm_pgoff = 0;
	err = shm->f_op->mmap(shm, vma);
	if (err) {
		fput(shm);
		return err;
	}
	fput(vma->vm_file);
	vma->vm_file = shm;
	return 0;
}

static loff_t null_lseek(struct file *file, loff_t offset __unused, int whence __unused)
{
	return file->f_pos = 0;
}

static const struct file_operations null_fops = {
	.llseek = null_lseek, .read = read_null, .write = write_null,
};
static const struct file_operations zero_fops = {
	.llseek = null_lseek, .read = read_zero, .write = write_null, .mmap = mmap_zero,
};
static const struct file_operations full_fops = {
	.llseek = null_lseek, .read = read_zero, .write = write_full,
};

/* ---- physical memory: all RAM; what is behind its end is the end of the file ---- */

/* Copies `len` bytes between `buf` and physical address pos; they lie in one page frame. */
static void copy_frame(char *buf, loff_t pos, size_t len, bool write)
{
	char *addr = (char *)fix_to_virt(FIX_MEM) + (pos & ~PAGE_MASK);

	set_fixmap(FIX_MEM, (unsigned long)pos & PAGE_MASK, PAGE_KERNEL);
	if (write) {
		memcpy(addr, buf, len);
		flush_dcache_page(pfn_to_page((unsigned long)(pos >> PAGE_SHIFT)));
	} else {
		memcpy(buf, addr, len);
	}
	clear_fixmap(FIX_MEM);
}

/* The bytes from pos on that lie in one frame of RAM, at most count; 0: there is none. */
static size_t mem_chunk(loff_t pos, size_t count)
{
	if (pos < 0 || pos >> PAGE_SHIFT > ~0UL || !pfn_valid((unsigned long)(pos >> PAGE_SHIFT)))
		return 0;
	return min_t(size_t, count, PAGE_SIZE - (pos & ~PAGE_MASK));
}

/*
 * The frame shows at one address for all who look, and touching user memory may sleep: so the
 * bytes go through a buffer.
 */
static ssize_t read_mem(struct file *file __unused, char __user *buf, size_t count, loff_t *pos)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	size_t done = 0, len;

	if (!page)
		return -ENOMEM;
	while ((len = mem_chunk(*pos, count - done))) {
		copy_frame(page, *pos, len, false);
		if (copy_to_user(buf + done, page, len)) {
			free_page((unsigned long)page);
			return done ? (ssize_t)done : -EFAULT;
		}
		done += len;
		*pos += len;
	}
	free_page((unsigned long)page);
	return done;
}

static ssize_t write_mem(struct file *file __unused, const char __user *buf, size_t count,
			 loff_t *pos)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	size_t done = 0, len;

	if (!page)
		return -ENOMEM;
	while ((len = mem_chunk(*pos, count - done))) {
		if (copy_from_user(page, buf + done, len))
			break;
		copy_frame(page, *pos, len, true);
		done += len;
		*pos += len;
	}
	free_page((unsigned long)page);
	return done || !count ? (ssize_t)done : -EFAULT;
}

/* Frames that nobody allocates or frees: devices, ROM, holes. */
static bool device_frames(unsigned long pfn, unsigned long count)
{
	if (pfn + count < pfn || pfn + count > (~0UL >> PAGE_SHIFT) + 1)
		return false;
	for (; count; pfn++, count--) {
		if (pfn_valid(pfn) && !PageReserved(pfn_to_page(pfn)))
			return false;
	}
	return true;
}

/* Maps device memory, all of it at once: a fault never looks for it. RAM is -EPERM. */
static int mmap_mem(struct file *file __unused, struct vm_area_struct *vma)
{
	unsigned long addr, pfn = vma->vm_pgoff;

	if (!device_frames(pfn, (vma->vm_end - vma->vm_start) >> PAGE_SHIFT))
		return -EPERM;
	if (!(vma->vm_flags & VM_SHARED) && (vma->vm_flags & VM_WRITE))
		return -EINVAL;		/* a copy of a device is no use */
	vma->vm_flags |= VM_IO;
	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE, pfn++) {
		pte_t *pte = pte_alloc(vma->vm_mm, addr);

		if (!pte)
			break;
		set_pte(pte, pfn_pte(pfn, pfn_valid(pfn) ? vma->vm_page_prot
							 : pgprot_noncached(vma->vm_page_prot)));
	}
	if (addr == vma->vm_end)
		return 0;
	zap_page_range(vma, vma->vm_start, addr - vma->vm_start);
	return -ENOMEM;
}

static const struct file_operations mem_fops = {
	.llseek = default_llseek, .read = read_mem, .write = write_mem, .mmap = mmap_mem,
};

/* ---- the log ---- */

static ssize_t read_kmsg(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned long at = *pos;
	long ret = kmsg_read(&at, buf, count, file->f_flags & O_NONBLOCK);

	if (ret > 0)
		*pos = at;
	return ret;
}

/* One write is one message. */
static ssize_t write_kmsg(struct file *file __unused, const char __user *buf, size_t count,
			  loff_t *pos __unused)
{
	char line[KMSG_LINE];
	size_t n = min(count, sizeof(line) - 1);

	if (copy_from_user(line, buf, n))
		return -EFAULT;
	line[n] = 0;
	while (n && line[n - 1] == '\n')
		line[--n] = 0;
	printk("%s\n", line);
	return count;
}

static unsigned int poll_kmsg(struct file *file, struct poll_table_struct *wait)
{
	poll_wait(file, &log_wait, wait);
	return kmsg_pending(file->f_pos) ? DEFAULT_POLLMASK : POLLOUT | POLLWRNORM;
}

static const struct file_operations kmsg_fops = {
	.llseek = null_lseek, .read = read_kmsg, .write = write_kmsg, .poll = poll_kmsg,
};

/* ---- the switch ---- */

static const struct {
	const char *name;
	const struct file_operations *fops;
} devices[] = {
	[1] = { "mem", &mem_fops },
	[3] = { "null", &null_fops },
	[5] = { "zero", &zero_fops },
	[7] = { "full", &full_fops },
	[8] = { "random", &random_fops },
	[9] = { "urandom", &random_fops },
	[11] = { "kmsg", &kmsg_fops },
};

static int memory_open(struct inode *inode, struct file *file)
{
	unsigned int minor = MINOR(inode->i_rdev);

	if (minor >= ARRAY_SIZE(devices) || !devices[minor].fops)
		return -ENXIO;
	file->f_op = devices[minor].fops;
	return 0;
}

static const struct file_operations memory_fops = {
	.open = memory_open,
};

static int __init mem_dev_init(void)
{
	random_init();
	return register_chrdev(MEM_MAJOR, "mem", &memory_fops);
}
initcall_dev(mem_dev_init);
