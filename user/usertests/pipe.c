/* pipe.c */
#include "usertests.h"
const struct test pipe_tests[] = { { NULL, NULL, 0 } };
