/* sys/utsname.h - the name of the system. */
#ifndef _SYS_UTSNAME_H
#define _SYS_UTSNAME_H

#include <uapi/linux/utsname.h>

#define utsname new_utsname

int uname(struct utsname *name);

#endif
