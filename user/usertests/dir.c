/* dir.c */
#include "usertests.h"
const struct test dir_tests[] = { { NULL, NULL, 0 } };
