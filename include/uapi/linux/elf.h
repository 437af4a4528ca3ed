/*
 * ELF, 32 bit, as far as loading a program needs it, and the auxiliary vector.
 * Source: System V ABI, chapters 4 and 5.
 */
#ifndef _UAPI_LINUX_ELF_H
#define _UAPI_LINUX_ELF_H

#include <uapi/linux/types.h>

#define ELFMAG		"\177ELF"
#define SELFMAG		4
#define EI_NIDENT	16
#define EI_CLASS	4
#define ELFCLASS32	1
#define EI_DATA		5
#define ELFDATA2LSB	1

#define ET_EXEC		2
#define ET_DYN		3
#define EM_386		3
#define EM_ARM		40

struct elf32_hdr {
	unsigned char e_ident[EI_NIDENT];
	__u16 e_type;
	__u16 e_machine;
	__u32 e_version;
	__u32 e_entry;
	__u32 e_phoff;
	__u32 e_shoff;
	__u32 e_flags;
	__u16 e_ehsize;
	__u16 e_phentsize;
	__u16 e_phnum;
	__u16 e_shentsize;
	__u16 e_shnum;
	__u16 e_shstrndx;
};

struct elf32_phdr {
	__u32 p_type;
	__u32 p_offset;
	__u32 p_vaddr;
	__u32 p_paddr;
	__u32 p_filesz;
	__u32 p_memsz;
	__u32 p_flags;
	__u32 p_align;
};

#define PT_NULL		0
#define PT_LOAD		1
#define PT_DYNAMIC	2
#define PT_INTERP	3
#define PT_NOTE		4
#define PT_PHDR		6
#define PT_TLS		7
#define PT_GNU_STACK	0x6474e551

#define PF_X		1
#define PF_W		2
#define PF_R		4

#define AT_NULL		0
#define AT_IGNORE	1
#define AT_EXECFD	2
#define AT_PHDR		3
#define AT_PHENT	4
#define AT_PHNUM	5
#define AT_PAGESZ	6
#define AT_BASE		7
#define AT_FLAGS	8
#define AT_ENTRY	9
#define AT_UID		11
#define AT_EUID		12
#define AT_GID		13
#define AT_EGID		14
#define AT_PLATFORM	15
#define AT_HWCAP	16
#define AT_CLKTCK	17
#define AT_SECURE	23
#define AT_RANDOM	25
#define AT_EXECFN	31

#endif
