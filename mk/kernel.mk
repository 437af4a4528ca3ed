# The kernel: every .c and .S file of its folders, less the drivers of other boards. Included by
# the Makefile, which sets ARCH and B; arch/$(ARCH)/arch.mk says how to compile for it.

KERNEL_DIRS	:= arch/$(ARCH) $(ARCH_DIRS) kernel kernel/blk_drv kernel/chr_drv kernel/ipc \
		   mm mm/selftest fs $(patsubst %/,%,$(wildcard fs/*/))
# What the C library and the kernel share
KERNEL_LIB	:= $(addprefix lib/,string.c ctype.c vsprintf.c strtonum.c rbtree.c radix-tree.c)

# The checks of `make DEBUG_SLAB=1`, and what asks for them
DEBUG_WITHOUT	:= $(if $(DEBUG_SLAB),,mm/slab_debug.c)
DEBUG_CFLAGS	:= $(if $(DEBUG_SLAB),-DDEBUG_SLAB)

KERNEL_C	:= $(filter-out $(ARCH_WITHOUT) $(DEBUG_WITHOUT) %/asm-offsets.c,\
			$(sort $(foreach d,$(KERNEL_DIRS),$(wildcard $(d)/*.c)))) $(KERNEL_LIB)
KERNEL_S	:= $(sort $(foreach d,$(KERNEL_DIRS),$(wildcard $(d)/*.S)))
KERNEL_SRCS	:= $(KERNEL_C) $(KERNEL_S)
KERNEL_OBJS	:= $(patsubst %.c,$(B)/%.o,$(KERNEL_C)) $(patsubst %.S,$(B)/%.o,$(KERNEL_S))

KERNEL_CC	:= $(ARCH_CC)
KERNEL_LD	:= $(ARCH_LD)
KERNEL_CFLAGS	:= -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie -fno-stack-protector \
	-fno-strict-aliasing -fno-common -fno-asynchronous-unwind-tables -fno-omit-frame-pointer \
	-fno-optimize-sibling-calls $(ARCH_CFLAGS) -Wall -Wextra -Werror -nostdinc \
	-isystem $(shell $(ARCH_CC) -print-file-name=include) \
	-Iinclude -Iinclude/uapi -Iarch/$(ARCH)/include -I$(B)/gen -D__KERNEL__ $(DEBUG_CFLAGS)

# Everything is compiled anew when the flags may have changed.
FLAGS_FROM	:= mk/kernel.mk arch/$(ARCH)/arch.mk

# ---- generated headers ----

GEN_SYSCALLS	:= $(B)/gen/asm/unistd.h
GEN_OFFSETS	:= $(B)/gen/asm-offsets.h

$(GEN_SYSCALLS) $(B)/gen/syscall_table.inc $(B)/gen/syscall_ni.inc &: \
		arch/$(ARCH)/syscall.tbl tools/gen-syscalls
	@mkdir -p $(B)/gen/asm
	$(Q)$(PYTHON) tools/gen-syscalls $< $(B)/gen
	@touch $(GEN_SYSCALLS) $(B)/gen/syscall_table.inc $(B)/gen/syscall_ni.inc

$(B)/gen/v012_table.inc: arch/i386/v012/syscall.tbl tools/gen-syscalls
	@mkdir -p $(@D)
	$(Q)$(PYTHON) tools/gen-syscalls --table $< $@
	@touch $@

$(GEN_OFFSETS): arch/$(ARCH)/asm-offsets.c | $(GEN_SYSCALLS)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -MMD -MP -MF $@.d -MT $@ -S $< -o $(B)/gen/asm-offsets.s
	$(Q)sed -n 's/^->\([A-Z_]*\) [$$#]*\(.*\)/#define \1 \2/p' $(B)/gen/asm-offsets.s >$@

# ---- objects ----

$(B)/%.o: %.c $(GEN_SYSCALLS) $(FLAGS_FROM)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -MMD -MP -c $< -o $@

$(B)/%.o: %.S $(GEN_SYSCALLS) $(GEN_OFFSETS) $(FLAGS_FROM)
	@mkdir -p $(@D)
	$(call say,AS)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -D__ASSEMBLY__ -MMD -MP -c $< -o $@

# ---- the link: first without symbol table, then with the table made from the first ----

KERNEL_LDFLAGS	:= -z noexecstack --no-warn-rwx-segments -T arch/$(ARCH)/kernel.lds

$(B)/vmlinux.1: $(KERNEL_OBJS) arch/$(ARCH)/kernel.lds
	$(call say,LD)
	$(Q)$(KERNEL_LD) $(KERNEL_LDFLAGS) -o $@ $(KERNEL_OBJS)

$(B)/ksyms.S: $(B)/vmlinux.1 tools/gen-ksyms
	$(Q)$(ARCH_NM) -n $< | $(PYTHON) tools/gen-ksyms >$@

$(B)/ksyms.o: $(B)/ksyms.S
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -c $< -o $@

$(B)/vmlinux: $(KERNEL_OBJS) $(B)/ksyms.o arch/$(ARCH)/kernel.lds
	$(call say,LD)
	$(Q)$(KERNEL_LD) $(KERNEL_LDFLAGS) -o $@ $(KERNEL_OBJS) $(B)/ksyms.o
	@$(ARCH_NM) $@ >$(B)/vmlinux.nm
	@$(PYTHON) tools/gen-syscalls --check arch/$(ARCH)/syscall.tbl $(B)/vmlinux.nm

-include $(KERNEL_OBJS:.o=.d) $(GEN_OFFSETS).d
