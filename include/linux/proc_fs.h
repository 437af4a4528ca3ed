/*
 * The proc file system: how the rest of the kernel adds a file to it.
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
	char *buf;
	size_t size, count;
	bool overflow;
	void *private;
};
void seq_printf(struct seq_file *m, const char *fmt, ...) __printf(2, 3);
void seq_puts(struct seq_file *m, const char *s);
void seq_putc(struct seq_file *m, char c);

struct proc_dir_entry;
/*
 * A file whose text show() makes; 0 or -ERRNO, may sleep. name may hold slashes ("sys/vm/x"); missing
 * directories are made. write (may be NULL) gets the whole text written, NUL-terminated; returns 0 or -ERRNO.
 */
struct proc_dir_entry *create_proc_entry(const char *name, mode_t mode,
	int (*show)(struct seq_file *m, void *data),
	int (*write)(char *text, size_t len, void *data), void *data);
struct proc_dir_entry *proc_mkdir(const char *name);

#endif
