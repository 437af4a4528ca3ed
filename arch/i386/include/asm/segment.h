/*
 * The global descriptor table, shared by C and assembly.
 *
 *	0x00 null    0x08 unused      0x10 kernel code  0x18 kernel data
 *	0x20 user code 0x28 user data 0x30-0x40 TLS of the running thread
 *	0x48 TSS     0x50 LDT         0x58 TSS of the double-fault task
 */
#ifndef _ASM_SEGMENT_H
#define _ASM_SEGMENT_H

#include <asm/ptrace.h>

#define GDT_ENTRY_TSS		9
#define GDT_ENTRY_LDT		10
#define GDT_ENTRY_DFAULT_TSS	11
#define GDT_ENTRIES		12

#define TSS_SELECTOR		(GDT_ENTRY_TSS * 8)
#define DFAULT_TSS_SELECTOR	(GDT_ENTRY_DFAULT_TSS * 8)

#ifndef __ASSEMBLY__
#include <asm/processor.h>

/* Intel SDM vol. 3, 8.2.1 */
struct tss_struct {
	u32 back_link;
	u32 esp0, ss0, esp1, ss1, esp2, ss2;
	u32 cr3, eip, eflags;
	u32 eax, ecx, edx, ebx, esp, ebp, esi, edi;
	u32 es, cs, ss, ds, fs, gs;
	u32 ldt;
	u16 trace, io_bitmap;
};

extern struct desc_struct gdt_table[GDT_ENTRIES];
extern struct desc_struct idt_table[256];
extern struct tss_struct init_tss;

/* type: the access byte (present, privilege, kind); flags: G and D/B. */
static inline struct desc_struct make_desc(u32 base, u32 limit, u8 type, u8 flags)
{
	return (struct desc_struct){
		.a = (base << 16) | (limit & 0xffff),
		.b = (base & 0xff000000) | ((u32)flags << 20) | (limit & 0xf0000) |
		     ((u32)type << 8) | ((base >> 16) & 0xff),
	};
}
#endif
#endif
