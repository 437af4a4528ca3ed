/* Resource limits and usage: the kernel needs nothing beyond what programs see. */
#ifndef _LINUX_RESOURCE_H
#define _LINUX_RESOURCE_H

#include <uapi/linux/resource.h>

#endif
