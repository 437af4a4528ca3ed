/*
 * What the self-tests of mm/selftest/ need to know of the machine.
 */
#ifndef _ASM_SELFTEST_H
#define _ASM_SELFTEST_H

/* Device memory that keeps what is written: the static RAM of the board. */
#define IOREMAP_TEST_PHYS	0x48000FE0

#endif
