/*
 * Limits that programs may rely on.
 */
#ifndef _UAPI_LINUX_LIMITS_H
#define _UAPI_LINUX_LIMITS_H

#define NGROUPS_MAX	32
#define NAME_MAX	255	/* bytes of a path component */
#define PATH_MAX	4096	/* bytes of a path, with its NUL */
#define PIPE_BUF	4096	/* bytes a pipe takes atomically */

#endif
