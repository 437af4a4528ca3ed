/*
 * The names of this system: kernel/version.c holds them, kernel/sys.c changes host and domain name.
 */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <uapi/linux/utsname.h>

extern struct new_utsname system_utsname;
extern const char linux_banner[];	/* one line, no newline: boot log and /proc/version */

#endif
