/* ctype.h - the classes of ASCII characters: the kernel's header serves programs as well. */
#include "../../include/linux/ctype.h"
