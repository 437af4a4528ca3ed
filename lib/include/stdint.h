/* stdint.h - integer types of a fixed width: the compiler knows them. */
#include <stdint-gcc.h>
