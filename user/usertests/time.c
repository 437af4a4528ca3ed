/* time.c */
#include "usertests.h"
const struct test time_tests[] = { { NULL, NULL, 0 } };
