/*
 * The proc file system: how the rest of the kernel adds a file to it, and how
 * its own files divide the work.
 */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/types.h>
#include <linux/fs.h>

/*
 * Text being made for one read of a proc file. seq_printf() drops what does not fit and sets
 * `overflow`; the reader then starts again with a larger buffer.
 */
struct seq_file {
	struct mutex lock;		/* one read() of an open file at a time */
	char *buf;
	size_t size, count;
	bool overflow;
	bool of_thread;			/* below task/: about one thread, not its process */
};
/* Append formatted text, a string, a character. */
void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_puts(struct seq_file *m, const char *s);
void seq_putc(struct seq_file *m, char c);
/* Path of a dentry from the root; characters that are in `escaped` become \ooo. */
void seq_path(struct seq_file *m, struct dentry *dentry, const char *escaped);

/* The number that a text written consists of, within bounds: 0 or -EINVAL. */
int proc_parse_number(const char *text, long min, long max, long *value);

struct proc_dir_entry;
struct task_struct;
/*
 * A file whose text show() makes; 0 or -ERRNO, may sleep. name may hold slashes ("sys/vm/x");
 * missing directories are made. write (may be NULL) gets the whole text written, NUL-terminated;
 * returns 0 or -ERRNO.
 */
struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
					 int (*show)(struct seq_file *m, void *data),
					 int (*write)(char *text, size_t len, void *data),
					 void *data);

/* ---- inside fs/proc ---- */

/* A name of the fixed tree; made at boot, never removed. */
struct proc_dir_entry {
	const char *name;
	mode_t mode;
	ino_t ino;
	struct proc_dir_entry *parent, *next, *children;
	int (*show)(struct seq_file *m, void *data);
	int (*write)(char *text, size_t len, void *data);
	void *data;
	const struct file_operations *fops;	/* a file that is not text; then no show */
	char *target;			/* a symbolic link's */
};
extern struct proc_dir_entry proc_root;

/* A file of every process' directory. */
struct pid_entry {
	const char *name;
	mode_t mode;
	int (*show)(struct seq_file *m, struct task_struct *p);
	int (*write)(char *text, size_t len, struct task_struct *p);
	struct dentry *(*link)(struct task_struct *p);	/* symbolic links: what they point to */
	const struct file_operations *fops;	/* a file that is not text; then no show */
};
extern const struct pid_entry pid_entries[];	/* ends with a NULL name */

/*
 * What an inode of proc stands for: u.proc_i.a is the pid (0: fixed tree), u.proc_i.p the entry,
 * u.proc_i.b a file number + 1 for the links in /proc/PID/fd, or PROC_TASK_MARK for a directory in
 * /proc/PID/task and its files.
 */
#define PROC_TASK_MARK		(~0UL)
#define PROC_IN_TASK(inode)	((inode)->u.proc_i.b == PROC_TASK_MARK)
#define PROC_PID(inode)		((pid_t)(inode)->u.proc_i.a)
#define PROC_FD(inode)		((int)(inode)->u.proc_i.b - 1)
#define PROC_ENTRY(inode)	((const struct proc_dir_entry *)(inode)->u.proc_i.p)
#define PROC_PID_ENTRY(inode)	((const struct pid_entry *)(inode)->u.proc_i.p)

extern const struct file_operations proc_text_fops;
extern const struct inode_operations proc_pid_dir_iops, proc_link_iops;
extern const struct file_operations proc_pid_dir_fops;
/* An inode of proc, referenced, with the times of now; NULL: no memory. */
struct inode *proc_new_inode(struct super_block *sb, mode_t mode, ino_t ino);
/* The number a name stands for, or 0 when it is not one without leading zeros. */
pid_t proc_name_to_pid(const struct qstr *name);
/* /proc/PID as an inode, or NULL. */
struct inode *proc_pid_inode(struct super_block *sb, struct task_struct *p);
extern const struct dentry_operations proc_pid_dentry_ops;

#endif
