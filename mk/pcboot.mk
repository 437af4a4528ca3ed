# The PC's boot code, and the floppy image, which is nothing but that and the packed kernel.
# Included by the Makefile through arch/i386/arch.mk.

BOOT_CFLAGS := -m32 -march=i486 -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie \
	-fno-stack-protector -fno-strict-aliasing -fno-common -fno-asynchronous-unwind-tables \
	-mregparm=3 -mpreferred-stack-boundary=2 -mno-sse -mno-mmx -mno-80387 \
	-Wall -Wextra -Werror -nostdinc \
	-isystem $(shell gcc -m32 -print-file-name=include 2>/dev/null) \
	-Iinclude -Iinclude/uapi -Iarch/i386/include -D__KERNEL__

STAGE_OBJS := $(addprefix $(B)/boot/,head32.o decompress.o lz4.o)

$(B)/boot/%.bin: boot/%.asm boot/bootparam.inc boot/print.inc
	@mkdir -p $(@D)
	$(call say,NASM)
	$(Q)nasm -Wall -f bin -Iboot/ $< -o $@

$(B)/boot/%.o: boot/%.asm boot/bootparam.inc
	@mkdir -p $(@D)
	$(call say,NASM)
	$(Q)nasm -Wall -f elf32 -Iboot/ $< -o $@

$(B)/boot/%.o: boot/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)gcc $(BOOT_CFLAGS) -MMD -MP -c $< -o $@

$(B)/boot/stage.elf: boot/stage.lds $(STAGE_OBJS)
	$(Q)ld -m elf_i386 -z noexecstack --no-warn-rwx-segments -T $< -o $@ $(STAGE_OBJS)

$(B)/boot/stage.bin: $(B)/boot/stage.elf
	$(Q)$(ARCH_OBJCOPY) -O binary $< $@

-include $(STAGE_OBJS:.o=.d)

$(B)/boot.img: tools/mkimage $(B)/boot/bootsect.bin $(B)/boot/setup.bin $(B)/boot/stage.bin \
		$(B)/vmlinux $(B)/vmlinux.bin $(B)/vmlinux.bin.lz4
	$(call say,IMAGE)
	$(Q)$(PYTHON) tools/mkimage boot $@ $(filter-out $<,$^)

$(B)/floppy.img: tools/mkimage $(B)/boot.img
	$(call say,IMAGE)
	$(Q)$(PYTHON) tools/mkimage floppy $@ $(B)/boot.img
	$(Q)$(PYTHON) tools/bootargs $@ "$(CMDLINE) $(APPEND)"
