/*
 * The code of a page fault is the error code that the CPU pushes: see <linux/fault.h>, which says
 * what these are for (Intel SDM vol. 3, 4.7).
 */
#ifndef _ASM_FAULT_H
#define _ASM_FAULT_H

#include <linux/types.h>

#define FAULT_PRESENT	1	/* the page is there, but not for this access */
#define FAULT_WRITE	2

#define TRAP_PAGE_FAULT	14

#define fault_is_write(code)	(((code) & FAULT_WRITE) != 0)
#define fault_is_fetch(code)	((void)(code), false)
#define fault_no_table(code)	(!((code) & FAULT_PRESENT))
#define fault_code_at_kernel_address(code) ((code) | FAULT_PRESENT)

#endif
