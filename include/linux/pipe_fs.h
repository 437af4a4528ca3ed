/*
 * Pipes and FIFOs: a ring of pages between readers and writers.
 */
#ifndef _LINUX_PIPE_FS_H
#define _LINUX_PIPE_FS_H

#include <linux/fs.h>
#include <asm/page.h>

#define PIPE_BUFFERS	16		/* pages: 64 KB in flight, as programs expect */
#define PIPE_SIZE	((long)(PIPE_BUFFERS * PAGE_SIZE))
#define PIPEFS_MAGIC	0x50495045

struct pipe_buffer {
	struct page *page;		/* or NULL; a slot that is not used may keep one */
	unsigned int offset, len;	/* bytes not read yet */
};

/*
 *	bufs:   |  | 3 | 4 | 5 |  |  ...	used = 3
 *	             ^ first: readers take here
 *	                     ^ last: what does not fit here goes into the next slot
 *
 * In an empty ring both are the slot that is filled next.
 */
struct pipe_inode_info {
	struct mutex mutex;		/* the ring: user copies sleep */
	wait_queue_head_t wait;		/* readers and writers, poll, open of a FIFO */
	struct hlist_head async;	/* files with O_ASYNC, of both ends */
	struct pipe_buffer *first, *last;
	unsigned int used;		/* slots */
	struct pipe_buffer bufs[PIPE_BUFFERS];
	unsigned int readers, writers;	/* open files */
	unsigned int r_counter, w_counter;	/* opens ever: FIFO opens wait for a change */
};

struct pipe_inode_info *alloc_pipe_info(void);		/* NULL: no memory */
/* Bytes of memory for each file that has the pipe open. */
unsigned long pipe_memory(const struct pipe_inode_info *pipe);
/* Frees a pipe that no file has open, with the bytes still in it. */
void free_pipe_info(struct pipe_inode_info *pipe);
/* The last close of an end; the ring goes with the last of all. */
void pipe_release_end(struct inode *inode, unsigned int mode);
/* Boot: the device number that pipes show in stat(2). */
void pipe_init(void);

#endif
