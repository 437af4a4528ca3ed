# The disk images. Included by the top Makefile, which sets
#	ARCH B		architecture and its build folder
#	USER_PROGS	our own programs in $(B)/user/, installed in /usr/bin
#	OVERLAY		folder whose contents go into the root image last
#	APPEND		words added to the kernel's command line
#	ROOT_MB SWAP_MB	sizes of the two partitions
# and makes $(B)/vmlinux. Targets for others: $(IMAGES) and `cmdline`, which
# writes the command line of this call into images that are there already.

PYTHON		?= /usr/bin/python3
# What is downloaded, by architecture; stays when $(B) is removed.
DL		:= build/dl
DEBARCH_i386	:= i386
DEBARCH_arm	:= armhf
SERIAL_i386	:= ttyS0
SERIAL_arm	:= ttyAMA0
SERIAL		:= $(SERIAL_$(ARCH))

ROOT_MB		?= 40
SWAP_MB		?= 16
DISK_i386	:= hda
DISK_arm	:= vda
DISK		:= /dev/$(DISK_$(ARCH))
# A machine with a screen has virtual consoles.
SCREEN_i386	:= console=tty0
CMDLINE		?= $(strip root=$(DISK)1 swap=$(DISK)2 $(SCREEN_$(ARCH)) console=$(SERIAL))

# mkfs.minix and its kin are not in an ordinary user's PATH
SBIN		:= PATH="$$PATH:/sbin:/usr/sbin"
HOSTCC		?= gcc
HOSTCFLAGS	:= -std=gnu11 -O2 -g -Wall -Wextra -Werror

IMAGES_i386	:= $(B)/hd.img $(B)/floppy.img
IMAGES_arm	:= $(B)/zImage $(B)/hd.img
IMAGES		:= $(IMAGES_$(ARCH))

# The kernel, packed -------------------------------------------------------------

$(B)/vmlinux.bin: $(B)/vmlinux
	$(Q)$(ARCH_OBJCOPY) -O binary $< $@

$(B)/vmlinux.bin.lz4: $(B)/vmlinux.bin
	$(call say,LZ4)
	$(Q)lz4 -q -f -12 --content-size $< $@
	@touch $@	# lz4 gives it the time of what it has packed

# Host programs ------------------------------------------------------------------

$(B)/tools/mkroot: tools/mkroot.c tools/minixfs.c tools/minixfs.h
	@mkdir -p $(@D)
	$(call say,HOSTCC)
	$(Q)$(HOSTCC) $(HOSTCFLAGS) -o $@ $(filter %.c,$^)

# The root file system -------------------------------------------------------------

BUSYBOX_AT := busybox-static/bin/busybox
BUSYBOX := $(DL)/$(ARCH)/$(BUSYBOX_AT)

$(DL)/%/$(BUSYBOX_AT):
	tools/fetch-deb $(DEBARCH_$*) busybox-static $(DL)/$*

# The applets' places. The host can ask the i386 binary only; its list serves all.
$(B)/applets: $(DL)/i386/$(BUSYBOX_AT)
	@mkdir -p $(@D)
	$(Q)$< --list-full >$@

# All that is generated rather than kept in root/.
$(B)/root.tbl: $(B)/applets $(B)/etc/inittab $(B)/etc/fstab $(USER_PROGS) $(V012_PROGS) \
		$(V012_ROOT_PROGS) mk/image.mk
	$(Q){ echo "f /bin/busybox 4755 0 0 $(BUSYBOX)"; \
	  for f in inittab fstab; do echo "f /etc/$$f 644 0 0 $(B)/etc/$$f"; done; \
	  echo "f /etc/shadow 600 0 0 root/etc/shadow"; \
	  sed '/^bin\/busybox$$/d; s,.*,l /& 777 0 0 /bin/busybox,' $(B)/applets; \
	  for p in $(USER_PROGS); do echo "f /usr/bin/$${p##*/} 755 0 0 $$p"; done; \
	  $(if $(V012_PROGS),echo "d /usr/v012 755 0 0"; echo "d /usr/v012/bin 755 0 0";) \
	  for p in $(V012_PROGS); do echo "f /usr/v012/$${p##*/} 755 0 0 $$p"; done; \
	  for p in $(V012_ROOT_PROGS); do echo "f /usr/v012/bin/$${p##*/} 755 0 0 $$p"; done; } >$@

$(B)/etc/%: root/etc/% mk/image.mk
	@mkdir -p $(@D)
	$(Q)sed -e 's/@SERIAL@/$(SERIAL)/; s,@DISK@,$(DISK),' \
		$(if $(SCREEN_$(ARCH)),,-e '/^tty[0-9]:/d') $< >$@

# Changes whenever OVERLAY names another folder, or its contents or root/ change.
$(B)/overlay.list: FORCE
	@mkdir -p $(@D)
	@{ echo "$(OVERLAY) $(ROOT_MB) $(USER_PROGS) $(V012_PROGS)"; \
	   find root $(if $(OVERLAY),"$(OVERLAY)/") -printf '%p %m %s %T@ %l\n' | sort; } >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(B)/root.img: $(B)/tools/mkroot tools/devices.tbl $(B)/root.tbl $(B)/overlay.list \
		$(BUSYBOX) $(USER_PROGS) $(V012_PROGS) $(V012_ROOT_PROGS)
	$(Q)rm -f $@ $@.new
	$(Q)truncate -s $(ROOT_MB)M $@.new
	$(Q)$(SBIN) mkfs.minix -2 -n 30 $@.new >/dev/null
	$(call say,ROOT)
	$(Q)$(B)/tools/mkroot $@.new -n tools/devices.tbl -s root -n $(B)/root.tbl \
		$(if $(OVERLAY),-d "$(OVERLAY)") || \
		{ echo "(the root file system has ROOT_MB=$(ROOT_MB) MB; is it full?)"; exit 1; }
	$(Q)mv $@.new $@

$(B)/swap.img: mk/image.mk
	@mkdir -p $(@D)
	$(Q)rm -f $@
	$(Q)truncate -s $(SWAP_MB)M $@
	$(Q)chmod 600 $@
	$(Q)$(SBIN) mkswap $@ >/dev/null 2>&1

# Images ---------------------------------------------------------------------------

BOOT_AREA := $(if $(filter i386,$(ARCH)),$(B)/boot.img)

$(B)/hd.img: tools/mkimage $(BOOT_AREA) $(B)/root.img $(B)/swap.img
	$(call say,IMAGE)
	$(Q)$(PYTHON) tools/mkimage hd $@ $(or $(BOOT_AREA),-) $(B)/root.img $(B)/swap.img
	$(Q)$(if $(BOOT_AREA),$(PYTHON) tools/bootargs $@ "$(CMDLINE) $(APPEND)")

.PHONY: cmdline
cmdline: $(IMAGES)
	@for i in $(if $(BOOT_AREA),$(IMAGES)); do \
		$(PYTHON) tools/bootargs $$i "$(CMDLINE) $(APPEND)"; done

FORCE:
