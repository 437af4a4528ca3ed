/* assert.h - ends the program with a message when a condition that must hold does not. */
#include <stdlib.h>

#undef assert
#ifdef NDEBUG
#define assert(cond)	((void)0)
#else
#define assert(cond)	((cond) ? (void)0 : __assert_fail(#cond, __FILE__, __LINE__))
#endif
