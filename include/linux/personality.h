/*
 * Execution domains: which kernel a program believes to run on. personality(2) stores any number
 * but that of 1992; these have a meaning here.
 */
#ifndef _LINUX_PERSONALITY_H
#define _LINUX_PERSONALITY_H

#define PER_LINUX	0
#define PER_LINUX_012	0x0112		/* January 1992: set by exec of an a.out program */

#define V012_NAME_LEN	14		/* what of a file's name counts there */

#endif
