/*
 * What the ELF loader must know of the machine.
 */
#ifndef _ASM_ELF_H
#define _ASM_ELF_H

#include <uapi/linux/elf.h>
#include <asm/processor.h>

#define ELF_ARCH		EM_386
#define elf_check_arch(hdr)	((hdr)->e_machine == ELF_ARCH)
#define ELF_PLATFORM                                                                               \
	(boot_cpu.family >= 6 ? "i686" : boot_cpu.family == 5 ? "i586" : "i486")
#define ELF_HWCAP		(boot_cpu.features)
#define ELF_ET_DYN_BASE		(TASK_SIZE / 3 * 2)	/* position-independent programs */

#endif
