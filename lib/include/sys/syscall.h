/* sys/syscall.h - the numbers for syscall(): __NR_read and so on, of this architecture. */
#ifndef _SYS_SYSCALL_H
#define _SYS_SYSCALL_H

#include <asm/unistd.h>

#endif
