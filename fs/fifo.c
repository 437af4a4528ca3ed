/*
 * Opening a FIFO. The open waits until the other end is there too:
 *
 *	for	blocking		O_NONBLOCK
 *	read	until a writer comes	at once
 *	write	until a reader comes	ENXIO without a reader
 *	both	at once			at once
 *
 * "Comes", not "is there": the other side may open, write and close before we run again, so it is
 * the counters of opens that are watched. Once open, a FIFO is a pipe.
 */
#include <linux/fs.h>
#include <linux/pipe_fs.h>

/* The ring exists while the FIFO is open anywhere. */
static int get_fifo_pipe(struct inode *inode)
{
	struct pipe_inode_info *pipe;

	if (inode->i_pipe)
		return 0;
	pipe = alloc_pipe_info();
	if (!pipe)
		return -ENOMEM;
	if (inode->i_pipe)		/* it slept */
		free_pipe_info(pipe);
	else
		inode->i_pipe = pipe;
	return 0;
}

static int wait_for_partner(struct pipe_inode_info *pipe, unsigned int *counter)
{
	unsigned int old = *counter;

	return wait_event_interruptible(pipe->wait, *counter != old);
}

static int open_for_reading(struct file *file, struct pipe_inode_info *pipe)
{
	pipe->r_counter++;
	if (pipe->readers++ == 0)
		wake_up_all(&pipe->wait);
	if (pipe->writers)
		return 0;
	if (file->f_flags & O_NONBLOCK) {
		file->f_version = pipe->w_counter;	/* see pipe_poll() */
		return 0;
	}
	return wait_for_partner(pipe, &pipe->w_counter);
}

static int open_for_writing(struct file *file, struct pipe_inode_info *pipe)
{
	if ((file->f_flags & O_NONBLOCK) && !pipe->readers)
		return -ENXIO;
	pipe->w_counter++;
	if (pipe->writers++ == 0)
		wake_up_all(&pipe->wait);
	if (pipe->readers)
		return 0;
	return wait_for_partner(pipe, &pipe->r_counter);
}

static int fifo_open(struct inode *inode, struct file *file)
{
	unsigned int mode = file->f_mode & (FMODE_READ | FMODE_WRITE);
	struct pipe_inode_info *pipe;
	int err = get_fifo_pipe(inode);

	if (err)
		return err;
	pipe = inode->i_pipe;
	switch (mode) {
	case FMODE_READ:
		err = open_for_reading(file, pipe);
		break;
	case FMODE_WRITE:
		err = open_for_writing(file, pipe);
		break;
	case FMODE_READ | FMODE_WRITE:
		pipe->readers++;
		pipe->writers++;
		pipe->r_counter++;
		pipe->w_counter++;
		wake_up_all(&pipe->wait);
		break;
	default:
		err = -EINVAL;
	}
	if (err) {
		/* -ENXIO and -EINVAL: this open was not counted. */
		pipe_release_end(inode, err == -ERESTARTSYS ? mode : 0);
		return err;
	}
	file->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD);
	file->f_op = &pipe_fops;
	return 0;
}

const struct file_operations def_fifo_fops = {
	.open = fifo_open,
};
