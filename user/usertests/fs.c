/* fs.c */
#include "usertests.h"
const struct test fs_tests[] = { { NULL, NULL, 0 } };
