/*
 * What fs/proc tells about address spaces (maps.c) and about the whole system
 * (system.c), for task.c.
 */
#ifndef _LINUX_PROC_MAPS_H
#define _LINUX_PROC_MAPS_H

#include <linux/proc_fs.h>

struct mm_struct;

int proc_show_maps(struct seq_file *m, struct task_struct *p);
int proc_show_statm(struct seq_file *m, struct task_struct *p);
/* The Vm lines of status. */
void proc_mm_status(struct seq_file *m, struct mm_struct *mm);
/* Bytes [start, end) of a process' memory: its arguments, its environment. */
void proc_mm_text(struct seq_file *m, struct mm_struct *mm, unsigned long start,
		  unsigned long end);
void proc_show_mounts(struct seq_file *m);

#endif
