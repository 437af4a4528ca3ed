/*
 * tests.c - the table of the tests of what only ARM has.
 */
#include "usertests.h"

const struct test arch_tests[] = {
	{ NULL, NULL, 0 },
};
