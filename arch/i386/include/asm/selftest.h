/*
 * What the self-tests of mm/selftest/ need to know of the machine.
 */
#ifndef _ASM_SELFTEST_H
#define _ASM_SELFTEST_H

/* Device memory that keeps what is written: text memory of the VGA, behind what is shown. */
#define IOREMAP_TEST_PHYS	0xBEFE0

#endif
