/* limits.c */
#include "usertests.h"
const struct test limits_tests[] = { { NULL, NULL, 0 } };
