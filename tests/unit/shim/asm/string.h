/*
 * <asm/string.h> for the host's unit tests: no machine does better than plain C, so that the
 * bodies in lib/string.c are the ones under test.
 */
