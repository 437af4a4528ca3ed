/*
 * What fs/proc tells about address spaces (maps.c, smaps.c, pagemap.c) and about the
 * whole system (system.c), for task.c and for each other.
 */
#ifndef _LINUX_PROC_MAPS_H
#define _LINUX_PROC_MAPS_H

#include <linux/proc_fs.h>

struct mm_struct;
struct vm_area_struct;

/* May current look into p's memory and files? Its owner and root may. */
bool proc_may_look(struct task_struct *p);

/*
 * The texts; 0, or -EACCES when current may not look. A task without memory shows nothing. Sleep.
 */
int proc_show_maps(struct seq_file *m, struct task_struct *p);
int proc_show_smaps(struct seq_file *m, struct task_struct *p);
int proc_show_statm(struct seq_file *m, struct task_struct *p);
/* The line of maps for one VMA. mmap_sem held. */
void proc_show_vma(struct seq_file *m, struct mm_struct *mm, struct vm_area_struct *vma);
/* The lines of status about memory. Sleeps. */
void proc_mm_status(struct seq_file *m, struct mm_struct *mm);
extern const struct file_operations proc_pagemap_fops;
/* Bytes [start, end) of a process' memory: its arguments, its environment. */
void proc_mm_text(struct seq_file *m, struct mm_struct *mm, unsigned long start,
		  unsigned long end);
/* /proc/mounts: a line for each mounted file system. */
void proc_show_mounts(struct seq_file *m);

#endif
