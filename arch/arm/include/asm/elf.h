/*
 * What the ELF loader must know of the machine.
 */
#ifndef _ASM_ELF_H
#define _ASM_ELF_H

#include <uapi/linux/elf.h>
#include <asm/processor.h>

#define EF_ARM_EABI_MASK	0xff000000
#define EF_ARM_EABI_VER5	0x05000000

#define ELF_ARCH		EM_ARM
#define elf_check_arch(hdr)	((hdr)->e_machine == ELF_ARCH && \
				 ((hdr)->e_flags & EF_ARM_EABI_MASK) == EF_ARM_EABI_VER5)
#define ELF_PLATFORM		"v7l"
#define ELF_HWCAP		(boot_cpu.hwcap)
#define ELF_ET_DYN_BASE		(TASK_SIZE / 3 * 2)	/* position-independent programs */

#endif
