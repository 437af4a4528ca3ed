/*
 * Where shmat() attaches System V segments: at multiples of SHMLBA, a part of what programs know of
 * the architecture. Four pages is what the virtually indexed caches of ARMv6 need; those of the
 * Cortex-A9 do not, but programs round addresses to this.
 */
#ifndef _ASM_SHMPARAM_H
#define _ASM_SHMPARAM_H

#define SHMLBA	(4 * PAGE_SIZE)

#endif
