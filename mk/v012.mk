# Our programs of 1992, for the PC: compiled with today's gcc, linked at address 0, and turned into
# a.out files by tools/elf2aout. user/v012/NAME.c becomes /usr/v012/NAME in the image; start.S and
# say.c are what they share. Included by the Makefile, which sets ARCH and B.

V012_SHARED	:= start say
V012_NAMES	:= $(if $(filter i386,$(ARCH)),\
		   $(filter-out $(V012_SHARED),$(patsubst user/v012/%.c,%,\
			$(wildcard user/v012/*.c))))
V012_PROGS	:= $(addprefix $(B)/v012/,$(V012_NAMES))
V012_RUNTIME	:= $(patsubst %,$(B)/v012/obj/%.o,$(V012_SHARED)) \
			$(patsubst %,$(B)/lib/user/%.o,string ctype vsprintf)

$(B)/v012/obj/%.o: user/v012/%.c $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

$(B)/v012/obj/%.o: user/v012/%.S
	@mkdir -p $(@D)
	$(call say,AS)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

$(B)/v012/%: $(B)/v012/obj/%.o $(V012_RUNTIME) user/v012/v012.lds tools/elf2aout mk/v012.mk
	$(call say,AOUT)
	$(Q)$(USER_CC) -static -no-pie -nostdlib -Wl,--build-id=none -Wl,-z,noexecstack \
		-Wl,--no-warn-rwx-segments -T user/v012/v012.lds -o $(B)/v012/obj/$*.elf \
		$< $(V012_RUNTIME) $(shell $(USER_CC) -print-libgcc-file-name)
	$(Q)$(PYTHON) tools/elf2aout $(B)/v012/obj/$*.elf $@

.SECONDARY: $(patsubst %,$(B)/v012/obj/%.o,$(V012_NAMES) $(V012_SHARED))

-include $(wildcard $(B)/v012/obj/*.d)
