/*
 * Text files of proc. A read at offset 0 has the whole text made, into a
 * buffer that grows until it fits; later reads of the same open file take their
 * part from that buffer, so what they see is of one moment.
 */
#include <linux/proc_fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include <asm/uaccess.h>
#include <asm/page.h>

#define PROC_TEXT_MAX	(4UL << 20)	/* a larger text is cut */
#define PROC_WRITE_MAX	1024

/*
 * Bytes of all texts that are larger than a page, and stay until their files are closed: so all
 * together may take a share of memory and of vmalloc's addresses.
 */
static size_t large_texts;
#define LARGE_TEXTS_MAX		(32UL << 20)
#define LARGE_TEXTS_SHARE	8	/* 1/8 of RAM */

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;
	size_t len;

	if (m->overflow)
		return;
	va_start(args, fmt);
	len = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
	va_end(args);
	if (m->count + len >= m->size)
		m->overflow = true;
	else
		m->count += len;
}

void seq_puts(struct seq_file *m, const char *s)
{
	size_t len = strlen(s);

	if (m->overflow || m->count + len >= m->size) {
		m->overflow = true;
		return;
	}
	memcpy(m->buf + m->count, s, len);
	m->count += len;
}

void seq_putc(struct seq_file *m, char c)
{
	if (m->overflow || m->count + 1 >= m->size)
		m->overflow = true;
	else
		m->buf[m->count++] = c;
}

void seq_path(struct seq_file *m, struct dentry *dentry, const char *escaped)
{
	char *page = kmalloc(PATH_MAX, GFP_KERNEL), *path;

	if (!page)
		return;
	path = d_path(dentry, current->fs->root, page, PATH_MAX);
	if (!IS_ERR(path)) {
		for (; *path; path++) {
			if (strchr(escaped, *path))
				seq_printf(m, "\\%03o", *path);
			else
				seq_putc(m, *path);
		}
	}
	kfree(page);
}

/* The text itself: an entry of the fixed tree, or of a process. */
static int make_text(struct inode *inode, struct seq_file *m)
{
	struct task_struct *p;
	int error;

	if (!PROC_PID(inode))
		return PROC_ENTRY(inode)->show ? PROC_ENTRY(inode)->show(m, PROC_ENTRY(inode)->data)
					       : -EINVAL;
	p = find_task_by_pid(PROC_PID(inode));
	if (!p)
		return -ESRCH;
	if (!PROC_PID_ENTRY(inode)->show)
		return -EINVAL;
	m->of_thread = PROC_IN_TASK(inode);
	get_task_struct(p);
	error = PROC_PID_ENTRY(inode)->show(m, p);
	put_task_struct(p);
	return error;
}

static void free_text(struct seq_file *m)
{
	if (m->buf && m->size <= PAGE_SIZE) {
		kfree(m->buf);
	} else if (m->buf) {
		vfree(m->buf);
		large_texts -= m->size;
	}
	m->buf = NULL;
}

/* Room for m->size bytes. 0 or -ENOMEM. */
static int alloc_text(struct seq_file *m)
{
	if (m->size <= PAGE_SIZE) {
		m->buf = kmalloc(m->size, GFP_KERNEL);
	} else if (large_texts + m->size <= min(LARGE_TEXTS_MAX, (totalram_pages << PAGE_SHIFT) /
								 LARGE_TEXTS_SHARE)) {
		large_texts += m->size;
		m->buf = vmalloc(m->size);
		if (!m->buf)
			large_texts -= m->size;
	}
	return m->buf ? 0 : -ENOMEM;
}

static int fill_text(struct inode *inode, struct seq_file *m)
{
	int error;

	for (;;) {
		if (!m->buf && alloc_text(m))
			return -ENOMEM;
		m->count = 0;
		m->overflow = false;
		error = make_text(inode, m);
		if (error || !m->overflow || m->size >= PROC_TEXT_MAX)
			return error;
		free_text(m);
		m->size *= 4;
	}
}

static ssize_t read_text(struct inode *inode, struct seq_file *m, char __user *buf, size_t count,
			 loff_t *pos)
{
	int error;

	if (*pos == 0 || !m->buf) {
		if (!m->size)
			m->size = PAGE_SIZE;
		error = fill_text(inode, m);
		if (error)
			return error;
	}
	if (*pos < 0 || *pos >= (loff_t)m->count)
		return 0;
	count = min_t(size_t, count, m->count - (size_t)*pos);
	if (copy_to_user(buf, m->buf + (size_t)*pos, count))
		return -EFAULT;
	*pos += count;
	return count;
}

static ssize_t proc_text_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct seq_file *m = file->private_data;
	ssize_t ret;

	mutex_lock(&m->lock);
	ret = read_text(file->f_dentry->d_inode, m, buf, count, pos);
	mutex_unlock(&m->lock);
	return ret;
}

#define SAFE_DIGITS	9	/* more may not fit a long */

int proc_parse_number(const char *text, long min, long max, long *value)
{
	char *end;

	*value = simple_strtol(text, &end, 10);
	if (end == text || end - text > SAFE_DIGITS + (*text == '-') || (*end && *end != '\n') ||
	    *value < min || *value > max)
		return -EINVAL;
	return 0;
}

static int call_write(struct inode *inode, char *text, size_t len)
{
	struct task_struct *p;
	int error;

	if (!PROC_PID(inode))
		return PROC_ENTRY(inode)->write ?
			PROC_ENTRY(inode)->write(text, len, PROC_ENTRY(inode)->data) : -EACCES;
	p = find_task_by_pid(PROC_PID(inode));
	if (!p)
		return -ESRCH;
	if (!PROC_PID_ENTRY(inode)->write)
		return -EACCES;
	get_task_struct(p);
	error = PROC_PID_ENTRY(inode)->write(text, len, p);
	put_task_struct(p);
	return error;
}

static ssize_t proc_text_write(struct file *file, const char __user *buf, size_t count,
			       loff_t *pos)
{
	char *text;
	int error;

	(void)pos;
	if (count > PROC_WRITE_MAX)
		return -EINVAL;
	text = kmalloc(count + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	error = -EFAULT;
	if (!copy_from_user(text, buf, count)) {
		text[count] = '\0';
		error = call_write(file->f_dentry->d_inode, text, count);
	}
	kfree(text);
	return error ? error : (ssize_t)count;
}

static int proc_text_open(struct inode *inode, struct file *file)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	(void)inode;
	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	file->private_data = m;
	return 0;
}

static int proc_text_release(struct inode *inode, struct file *file)
{
	(void)inode;
	free_text(file->private_data);
	kfree(file->private_data);
	return 0;
}

const struct file_operations proc_text_fops = {
	.llseek = default_llseek,
	.read = proc_text_read,
	.write = proc_text_write,
	.open = proc_text_open,
	.release = proc_text_release,
};
