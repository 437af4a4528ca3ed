# Our programs of 1992, for the PC: compiled with today's gcc, linked at address 0, and turned into
# a.out files by tools/elf2aout. Included by the Makefile, which sets ARCH and B.
#
#	user/v012/NAME.c	becomes /usr/v012/NAME in the image, and so does a folder
#	user/v012/root/		a root file system as of 1992: its programs, shell and files;
#				$(B)/hd012.img is a disk that boots into it; the programs are
#				also in /usr/v012/bin
#	user/v012/library/	the shared library: /usr/v012/lib12, and /lib/lib12 on that disk
# start.S, say.c and unix.c are what they share.

V012_SHARED	:= start say unix
V012_LIB	:= string ctype vsprintf
V012_NAMES	:= $(filter-out $(V012_SHARED),\
			$(patsubst user/v012/%.c,%,$(wildcard user/v012/*.c)))
V012_ROOT_NAMES	:= $(patsubst user/v012/%.c,%,$(wildcard user/v012/root/*.c))
V012_FOLDERS	:= root/sh $(filter-out root library,\
			$(notdir $(patsubst %/,%,$(wildcard user/v012/*/))))
V012_RUNTIME	:= $(patsubst %,$(B)/v012/obj/%.o,$(V012_SHARED)) \
			$(patsubst %,$(B)/lib/user/%.o,$(V012_LIB))

V012_PROGS_i386	:= $(addprefix $(B)/v012/,$(V012_NAMES) $(filter-out root/%,$(V012_FOLDERS)) lib12)
V012_PROGS	:= $(V012_PROGS_$(ARCH))
V012_ROOT_PROGS	:= $(if $(V012_PROGS),$(addprefix $(B)/v012/,$(V012_ROOT_NAMES) root/sh))

$(B)/v012/obj/%.o: user/v012/%.c $(B)/gen/asm/unistd.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

$(B)/v012/obj/%.o: user/v012/%.S
	@mkdir -p $(@D)
	$(call say,AS)
	$(Q)$(USER_CC) $(USER_CFLAGS) -c $< -o $@

V012_LINK	= $(USER_CC) -static -no-pie -nostdlib -Wl,--build-id=none -Wl,-z,noexecstack \
		  -Wl,--no-warn-rwx-segments -Wl,--gc-sections
V012_FROM	:= $(V012_RUNTIME) user/v012/v012.lds tools/elf2aout mk/v012.mk

define V012_RULE
$(B)/v012/$(1): $(2) $$(V012_FROM)
	@mkdir -p $$(@D)
	$$(call say,AOUT)
	$$(Q)$$(V012_LINK) -T user/v012/v012.lds -o $(B)/v012/obj/$(1).elf $(2) $$(V012_RUNTIME) \
		$$(shell $$(USER_CC) -print-libgcc-file-name)
	$$(Q)$$(PYTHON) tools/elf2aout $(B)/v012/obj/$(1).elf $$@
endef
$(foreach n,$(V012_NAMES) $(V012_ROOT_NAMES),$(eval $(call V012_RULE,$(n),$(B)/v012/obj/$(n).o)))
$(foreach f,$(V012_FOLDERS),$(eval $(call V012_RULE,$(f),\
	$(patsubst user/v012/%.c,$(B)/v012/obj/%.o,$(wildcard user/v012/$(f)/*.c)))))

V012_LIBRARY_OBJS := $(addprefix $(B)/v012/obj/library/,table.o functions.o)

$(B)/v012/lib12: $(V012_LIBRARY_OBJS) user/v012/library/library.lds tools/elf2aout mk/v012.mk
	$(call say,AOUT)
	$(Q)$(V012_LINK) -Wl,--no-gc-sections -T user/v012/library/library.lds \
		-o $(B)/v012/obj/lib12.elf $(V012_LIBRARY_OBJS)
	$(Q)$(PYTHON) tools/elf2aout --library $(B)/v012/obj/lib12.elf $@

-include $(wildcard $(B)/v012/obj/*.d $(B)/v012/obj/*/*.d $(B)/v012/obj/*/*/*.d)

# ---- a root file system of that time: MINIX v1 with names of 14 characters ----

V012_ROOT_MB	:= 10
V012_DISK	:= $(if $(filter i386,$(ARCH)),$(B)/hd012.img)

$(B)/v012/root.tbl: $(V012_ROOT_PROGS) mk/v012.mk $(wildcard user/v012/root/etc/*)
	$(Q){ for p in $(V012_ROOT_PROGS); do echo "f /bin/$${p##*/} 755 0 0 $$p"; done; \
	  for f in user/v012/root/etc/*; do echo "f /etc/$${f##*/} 644 0 0 $$f"; done; \
	  echo "f /lib/lib12 644 0 0 $(B)/v012/lib12"; \
	  for p in $(filter-out %/lib12,$(V012_PROGS)); do \
		echo "f /usr/bin/$${p##*/} 755 0 0 $$p"; \
	  done; } >$@

$(B)/root012.img: $(B)/tools/mkroot user/v012/root/nodes.tbl $(B)/v012/root.tbl \
		$(V012_ROOT_PROGS) $(V012_PROGS)
	$(call say,ROOT)
	$(Q)rm -f $@ $@.new
	$(Q)truncate -s $(V012_ROOT_MB)M $@.new
	$(Q)$(SBIN) mkfs.minix -1 -n 14 $@.new >/dev/null
	$(Q)$(B)/tools/mkroot $@.new -n user/v012/root/nodes.tbl -n $(B)/v012/root.tbl
	$(Q)mv $@.new $@

$(B)/hd012.img: tools/mkimage $(B)/boot.img $(B)/root012.img $(B)/swap.img
	$(call say,IMAGE)
	$(Q)$(PYTHON) tools/mkimage hd $@ $(B)/boot.img $(B)/root012.img $(B)/swap.img
	$(Q)$(PYTHON) tools/bootargs $@ "$(CMDLINE) $(APPEND)"

.PHONY: run-v012
run-v012: all $(B)/hd012.img
	$(PC_ONLY)
	@echo "Ctrl-A X leaves."
	@$(QEMU) -m $(MEM) -drive file=$(B)/hd012.img,format=raw -no-reboot -nographic
