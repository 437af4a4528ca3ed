/* tty.c */
#include "usertests.h"
const struct test tty_tests[] = { { NULL, NULL, 0 } };
