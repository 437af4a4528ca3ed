# The C library for programs, and our own programs. Included by the Makefile, which sets ARCH and
# B (build/$(ARCH)). USER_PROGS lists the programs for the disk image.
#
# Files of lib/ that serve the kernel too are compiled twice: here, and by the kernel's rules.

USER_CC_i386 := gcc -m32 -march=i486
USER_CC_arm := arm-none-eabi-gcc -march=armv7-a -marm -mfloat-abi=soft
# Some hosts' compilers ask the linker for what only dynamic programs can use.
USER_RELRO_i386 := -Wl,-z,norelro
USER_BINUTILS_arm := arm-none-eabi-
USER_ADDRESS_i386 := 0x08048000
USER_ADDRESS_arm := 0x00010000

USER_CC := $(USER_CC_$(ARCH))

# The library's own headers first; then what is shared with the kernel.
USER_CFLAGS = -std=gnu11 -Os -g -ffreestanding -fno-pic -fno-pie -fno-stack-protector \
	-fno-strict-aliasing -fno-common -fno-asynchronous-unwind-tables \
	-ffunction-sections -fdata-sections --param=min-pagesize=0 -Wall -Wextra -Werror -nostdinc \
	-isystem $(shell $(USER_CC) -print-file-name=include) \
	-Ilib/include -Iinclude/uapi -Iinclude -Iarch/$(ARCH)/include -I$(B)/gen \
	-Ilib/$(ARCH) -MMD -MP

# The files shared with the kernel know the kernel's headers only.
SHARED_CFLAGS = $(subst -Ilib/include -Iinclude/uapi -Iinclude,-Iinclude \
		-Iinclude/uapi,$(USER_CFLAGS))

LIB_SHARED := string ctype vsprintf
LIB_OWN := start unistd process signal time mman ipc malloc stdlib stdio printf strings dirent \
	termios show getopt
LIB_ARCH := $(patsubst lib/$(ARCH)/%.S,%,$(wildcard lib/$(ARCH)/*.S))

LIB_OBJS := $(patsubst %,$(B)/lib/user/%.o,$(LIB_SHARED) $(LIB_OWN)) \
	$(patsubst %,$(B)/lib/user/arch/%.o,$(filter-out crt0,$(LIB_ARCH)))

# One program per file of user/, and those that fill a folder of their own.
USER_SINGLE := $(patsubst user/%.c,%,$(wildcard user/*.c))
USER_FOLDERS := $(filter-out v012,$(notdir $(patsubst %/,%,$(wildcard user/*/))))
USER_PROGS := $(addprefix $(B)/user/,$(USER_SINGLE) $(USER_FOLDERS))

USER_LDFLAGS = -static -no-pie -nostdlib -Wl,-Ttext-segment=$(USER_ADDRESS_$(ARCH)) \
	-Wl,--gc-sections -Wl,-z,max-page-size=4096 $(USER_RELRO_$(ARCH)) \
	-Wl,-z,noexecstack -Wl,--build-id=none
# The program with its symbols, for gdb, is $(B)/user/obj/NAME.elf; the image gets it without.
USER_LINK = $(USER_CC) $(USER_LDFLAGS) -o $(B)/user/obj/$(@F).elf $(B)/lib/user/arch/crt0.o $(1) \
	$(B)/lib/libc.a $(shell $(USER_CC) -print-libgcc-file-name) && \
	$(USER_BINUTILS_$(ARCH))strip -o $@ $(B)/user/obj/$(@F).elf

.PHONY: user
user: $(USER_PROGS)

$(patsubst %,$(B)/lib/user/%.o,$(LIB_SHARED)): $(B)/lib/user/%.o: lib/%.c $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(USER_CC) $(SHARED_CFLAGS) -c $< -o $@

$(patsubst %,$(B)/lib/user/%.o,$(LIB_OWN)): $(B)/lib/user/%.o: lib/%.c $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

$(B)/lib/user/arch/%.o: lib/$(ARCH)/%.S $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,AS)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

$(B)/lib/libc.a: $(LIB_OBJS)
	$(call say,AR)
	@rm -f $@
	$(Q)$(USER_BINUTILS_$(ARCH))ar rcs $@ $^

$(B)/user/obj/%.o: user/%.c $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

USER_RUNTIME := $(B)/lib/libc.a $(B)/lib/user/arch/crt0.o mk/user.mk

$(addprefix $(B)/user/,$(USER_SINGLE)): $(B)/user/%: $(B)/user/obj/%.o $(USER_RUNTIME)
	$(call say,LINK)
	$(Q)$(call USER_LINK,$<)

# A folder becomes one program: its objects are those of all its .c files, and of those in its
# folder for this architecture, if it has one.
define USER_FOLDER_RULE
$(B)/user/$(1): $$(patsubst user/%.c,$(B)/user/obj/%.o, \
		$$(wildcard user/$(1)/*.c user/$(1)/$(ARCH)/*.c)) $(USER_RUNTIME)
	$$(call say,LINK)
	$$(Q)$$(call USER_LINK,$$(filter %.o,$$(filter-out %crt0.o,$$^)))
$(B)/user/obj/$(1)/%.o: USER_CFLAGS += -Iuser/$(1) -Iuser/$(1)/$(ARCH)
endef
$(foreach f,$(USER_FOLDERS),$(eval $(call USER_FOLDER_RULE,$(f))))

.SECONDARY: $(patsubst user/%.c,$(B)/user/obj/%.o, \
	$(wildcard user/*.c user/*/*.c user/*/$(ARCH)/*.c))

-include $(wildcard $(B)/lib/user/*.d $(B)/lib/user/arch/*.d \
	$(B)/user/obj/*.d $(B)/user/obj/*/*.d $(B)/user/obj/*/$(ARCH)/*.d)
