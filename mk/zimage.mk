# zImage, what a boot loader of an ARM board loads: a decompression stage and the kernel, packed.
# Included by the Makefile through arch/arm/arch.mk.

STAGE_CFLAGS	:= -march=armv7-a -marm -mfloat-abi=soft -mno-unaligned-access -std=gnu11 -O2 -g \
	-ffreestanding -fno-pic -fno-pie -fno-stack-protector -fno-strict-aliasing -fno-common \
	-fno-asynchronous-unwind-tables -fno-builtin -fno-tree-loop-distribute-patterns \
	-Wall -Wextra -Werror
STAGE_ARM_OBJS	:= $(addprefix $(B)/boot/arm/,head.o decompress.o lz4.o)

$(B)/boot/arm/%.o: boot/arm/%.c mk/zimage.mk
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(ARCH_CC) $(STAGE_CFLAGS) -MMD -MP -c $< -o $@

$(B)/boot/arm/lz4.o: boot/lz4.c mk/zimage.mk
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(ARCH_CC) $(STAGE_CFLAGS) -MMD -MP -c $< -o $@

$(B)/boot/arm/head.o: boot/arm/head.S $(B)/vmlinux.bin.lz4 mk/zimage.mk
	@mkdir -p $(@D)
	$(call say,AS)
	$(Q)$(ARCH_CC) $(STAGE_CFLAGS) -Wa,-I$(B) -c $< -o $@

$(B)/boot/arm/zImage.elf: boot/arm/stage.lds $(STAGE_ARM_OBJS)
	$(Q)$(ARCH_LD) -z noexecstack --no-warn-rwx-segments -T $< -o $@ $(STAGE_ARM_OBJS)

$(B)/zImage: $(B)/boot/arm/zImage.elf
	$(call say,IMAGE)
	$(Q)$(ARCH_OBJCOPY) -O binary -R .bss $< $@

-include $(STAGE_ARM_OBJS:.o=.d)
