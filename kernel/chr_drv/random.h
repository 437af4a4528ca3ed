/*
 * Between random.c and mem.c, which opens the devices.
 */
#ifndef _CHR_DRV_RANDOM_H
#define _CHR_DRV_RANDOM_H

#include <linux/random.h>

extern const struct file_operations random_fops;
void random_init(void);		/* stirs clocks into the pool; boot */

#endif
