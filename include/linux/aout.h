/*
 * Programs of 1992: the a.out file, and its pages in memory.
 *
 *	byte 0		struct exec, padded to 1024		block 0
 *	byte 1024	text, then data				block 1 and on
 *
 * Only ZMAGIC is known, the kind that is loaded by page when it is touched. Text is linked at
 * address 0.
 */
#ifndef _LINUX_AOUT_H
#define _LINUX_AOUT_H

#include <linux/types.h>

struct file;
struct mm_struct;

struct exec {
	u32 a_magic;			/* ZMAGIC and nothing in the upper half */
	u32 a_text, a_data, a_bss;	/* bytes */
	u32 a_syms;			/* bytes of symbols, behind the data in the file */
	u32 a_entry;
	u32 a_trsize, a_drsize;		/* bytes of relocations: 0 in a program */
};

#define ZMAGIC		0x10b		/* octal 413 */
#define AOUT_BLOCK	1024		/* where the text begins in the file */

#define AOUT_TASK_SIZE	0x04000000UL	/* 64 MB */
#define AOUT_LIBRARY	0x03c00000UL	/* uselib()'s file, and the end of the argument pages */
#define AOUT_MAX_SIZE	0x03000000UL	/* text, data and bss together */

/* ---- fs/aout_text.c ---- */

/*
 * Maps [start, end) so that its pages are those of the file from block 1 on, loaded when touched,
 * for reading, writing (a copy of one's own) and execution. What the file does not hold up to byte
 * `size` behind block 0, and all behind that, is zeroes. While it is mapped nobody can write to the
 * file. mmap_sem held for writing; the range is free. 0, -ENOMEM, or -ETXTBSY: it is open for
 * writing. Sleeps.
 */
int map_aout_text(struct mm_struct *mm, struct file *file, unsigned long start, unsigned long end,
		  unsigned long size);
/* The same for memory that is zeroes when it is first touched, and promised to nobody. */
int map_aout_zeroes(struct mm_struct *mm, unsigned long start, unsigned long end);

#endif
