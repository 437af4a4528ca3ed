/*
 * For assembly files: a global function symbol.
 */
#ifndef _ASM_LINKAGE_H
#define _ASM_LINKAGE_H

#define ENTRY(name)	.globl name; .balign 4; name:
#define END(name)	.size name, . - name; .type name, %function

#endif
