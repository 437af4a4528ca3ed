/* signal.c */
#include "usertests.h"
const struct test signal_tests[] = { { NULL, NULL, 0 } };
