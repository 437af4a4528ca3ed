/*
 * The self-tests of the allocators: mm/selftest/.
 */
#ifndef _LINUX_SELFTEST_H
#define _LINUX_SELFTEST_H

/*
 * Runs the tests that `selftest` on the command line asks for; without it, nothing. Called once,
 * by task 1 before the root is mounted. May sleep.
 */
void selftest(void);

#endif
