/*
 * Where shmat() attaches System V segments: at multiples of SHMLBA, a part of what programs know of
 * the architecture.
 */
#ifndef _ASM_SHMPARAM_H
#define _ASM_SHMPARAM_H

#define SHMLBA	PAGE_SIZE

#endif
