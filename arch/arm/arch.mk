# How to compile for ARM: a Cortex-A9 on the vexpress-a9 board. Included by the Makefile.

ARCH_CC		:= arm-none-eabi-gcc
ARCH_LD		:= arm-none-eabi-ld
ARCH_NM		:= arm-none-eabi-nm
ARCH_OBJCOPY	:= arm-none-eabi-objcopy
# No FPU in the kernel: its registers belong to programs. Words of a packed struct are loaded
# byte by byte: before the MMU is on, and on device memory, an unaligned access faults.
ARCH_CFLAGS	:= -march=armv7-a -mtune=cortex-a9 -marm -mfloat-abi=soft -mno-unaligned-access
# Drivers of other boards, and programs of 1992
ARCH_WITHOUT	:= fs/aout_text.c fs/binfmt_aout.c \
		   $(addprefix kernel/blk_drv/,fdc.c floppy.c hd.c ide_dma.c ide_pio.c \
			ide_probe.c) \
		   $(addprefix kernel/chr_drv/,console.c consolemap.c keyboard.c keymap.c \
			pc_keyb.c pcspkr.c serial.c vgacon.c vt.c vt100.c)

# The boot loader is QEMU itself: it puts zImage and the command line into memory.
# It has a sound chip, which nobody listens to.
QEMU		:= qemu-system-arm -M vexpress-a9 \
		   -audiodev none,id=sound -global pl041.audiodev=sound
QEMU_DISK	= -kernel $(B)/zImage -append "$(CMDLINE) $(APPEND)" \
		  -drive if=none,id=disk0,file=$(B)/hd.img,format=raw \
		  -device virtio-blk-device,drive=disk0

include mk/zimage.mk
