# How to compile for i386. Included by the Makefile.

ARCH_CC		:= gcc -m32
ARCH_LD		:= ld -m elf_i386
ARCH_NM		:= nm
ARCH_OBJCOPY	:= objcopy
# Padding in front of loops and jumps would be executed, and makes a kernel a tenth larger.
NO_PADDING	:= -fno-align-functions -fno-align-jumps -fno-align-loops -fno-align-labels
# regparm: arguments in registers. No FPU in the kernel: its registers belong to programs.
ARCH_CFLAGS	:= -march=i486 -mregparm=3 -mpreferred-stack-boundary=2 $(NO_PADDING) \
		   -mno-sse -mno-mmx -mno-80387
# Every call runs through these copies. A trace from a fault in one lacks the function that called it.
$(B)/arch/i386/uaccess.o: KERNEL_CFLAGS += -fomit-frame-pointer
# Programs of 1992
ARCH_DIRS	:= arch/i386/v012
$(B)/arch/i386/entry.o: $(B)/gen/v012_table.inc
# Drivers of other boards
ARCH_WITHOUT	:= kernel/blk_drv/virtio_blk.c kernel/blk_drv/virtio_mmio.c kernel/chr_drv/pl011.c

QEMU		:= qemu-system-i386
QEMU_DISK	= -drive file=$(B)/hd.img,format=raw

include mk/pcboot.mk
