/* badptr.c */
#include "usertests.h"
const struct test badptr_tests[] = { { NULL, NULL, 0 } };
