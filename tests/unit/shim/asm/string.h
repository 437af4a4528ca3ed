/*
 * <asm/string.h> for the host's unit tests: the plain C one, as on a machine without string
 * instructions.
 */
#include <asm-generic/string.h>
