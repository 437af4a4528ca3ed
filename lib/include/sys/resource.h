/* sys/resource.h - what a process has used and may use, and its priority. */
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H

#include <sys/types.h>
#include <uapi/linux/resource.h>

int getrusage(int who, struct rusage *usage);
int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int getpriority(int which, int who);
int setpriority(int which, int who, int value);

#endif
