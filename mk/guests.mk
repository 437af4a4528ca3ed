# Programs of tests/guests/ that use other C libraries than ours, on a disk of their own that the
# tests put into a guest as its second: pthreads, with glibc and with musl. Included by the
# Makefile; only the tests ask for $(B)/guests.img (test_threads.py), so `make` downloads nothing
# for it.
#
# On i386 the host's compiler knows the host's glibc. For ARM, Debian's compiler for Linux cannot be
# installed beside gcc-multilib, so the bare one is told by hand what Linux programs expect: the
# ABI and thread pointer of Linux, VFP, and where headers, start files and libraries are. Its
# linker's own script leaves the ELF headers out of memory, where both libraries look for the
# description of thread-local storage; so they are put in.

GUEST_CFLAGS	:= -std=gnu11 -O2 -Wall -Wextra -Werror -fno-pie -Wno-clobbered
GUESTS_MB	:= 4
comma		:= ,
PTHREAD_SRCS	:= $(sort $(wildcard tests/guests/pthread*.c))

# deb PACKAGE: where it is unpacked
deb		= $(DL)/$(ARCH)/$(1)

GUEST_CC_i386	:= gcc -m32
GUEST_CC_arm	:= arm-none-eabi-gcc -mthumb -march=armv7-a -mfpu=vfpv3-d16 -mfloat-abi=hard \
		   -mabi=aapcs-linux -mtp=cp15 -funwind-tables -D__linux__ -D__unix__
GUEST_CC	:= $(GUEST_CC_$(ARCH))
GUEST_LDS_arm	:= $(B)/linux.lds
GUEST_LDS	:= $(GUEST_LDS_$(ARCH))
GUEST_LDFLAGS	:= $(if $(GUEST_LDS),-Wl$(comma)-T$(comma)$(GUEST_LDS))

$(B)/linux.lds: mk/guests.mk
	@mkdir -p $(@D)
	$(Q)$(ARCH_LD) --verbose | sed -e '1,/^=====/d' -e '/^=====/,$$d' \
		-e 's/\. = SEGMENT_START("text-segment", 0x[0-9]*)/& + SIZEOF_HEADERS/' >$@

# ---- glibc ----

TRIPLET_arm	:= arm-linux-gnueabihf
GLIBC_arm	:= $(call deb,libc6-dev)/usr
GLIBC_LIB_arm	:= $(GLIBC_arm)/lib/$(TRIPLET_arm)
LIBGCC_arm	:= $(call deb,libgcc-12-dev)/usr/lib/gcc/$(TRIPLET_arm)/12
UAPI_arm	:= $(call deb,linux-libc-dev)/usr/include
GLIBC_DEBS_arm	:= $(GLIBC_LIB_arm)/libc.a $(LIBGCC_arm)/libgcc.a $(UAPI_arm)/linux/version.h
# glibc's headers first: some fetch the compiler's own of the same name.
GLIBC_CC_arm	= $(GUEST_CC) -nostdinc \
		  -isystem $(GLIBC_arm)/include/$(TRIPLET_arm) -isystem $(GLIBC_arm)/include \
		  -isystem $(UAPI_arm)/$(TRIPLET_arm) -isystem $(UAPI_arm) \
		  -isystem $(shell $(GUEST_CC) -print-file-name=include) \
		  -isystem $(shell $(GUEST_CC) -print-file-name=include-fixed) \
		  -static -nostdlib -Wl,-z,noexecstack -Wl,--no-enum-size-warning
GLIBC_CRT_arm	:= $(GLIBC_LIB_arm)/crt1.o $(GLIBC_LIB_arm)/crti.o $(LIBGCC_arm)/crtbeginT.o
GLIBC_END_arm	:= -Wl,--start-group $(GLIBC_LIB_arm)/libc.a \
		   $(LIBGCC_arm)/libgcc.a $(LIBGCC_arm)/libgcc_eh.a -Wl,--end-group \
		   $(LIBGCC_arm)/crtend.o $(GLIBC_LIB_arm)/crtn.o

GLIBC_CC_i386	:= $(GUEST_CC_i386) -static -no-pie -pthread

# ---- musl ----

MUSL_NAME_i386	:= i386-linux-musl
MUSL_NAME_arm	:= arm-linux-musleabihf
MUSL_NAME	:= $(MUSL_NAME_$(ARCH))
MUSL_LIB	:= $(call deb,musl-dev)/usr/lib/$(MUSL_NAME)
MUSL_INCLUDE	:= $(call deb,musl-dev)/usr/include/$(MUSL_NAME)
MUSL_LIBGCC_i386 = $(shell $(GUEST_CC) -print-libgcc-file-name)
MUSL_LIBGCC_arm	:= $(LIBGCC_arm)/libgcc.a $(LIBGCC_arm)/libgcc_eh.a

# ---- the packages, named by a file of each ----

define GUEST_DEB_RULE
$(1):
	tools/fetch-deb $$(DEBARCH_$$(ARCH)) $(2) $(DL)/$(ARCH)
endef
$(eval $(call GUEST_DEB_RULE,$(MUSL_LIB)/libc.a,musl-dev))
$(if $(GLIBC_DEBS_$(ARCH)),\
	$(eval $(call GUEST_DEB_RULE,$(GLIBC_LIB_arm)/libc.a,libc6-dev)) \
	$(eval $(call GUEST_DEB_RULE,$(LIBGCC_arm)/libgcc.a,libgcc-12-dev)) \
	$(eval $(call GUEST_DEB_RULE,$(UAPI_arm)/linux/version.h,linux-libc-dev)))

# Neither rule uses the stack protector or a PIE: what a compiler does by default differs.
$(B)/guests/pthreads-glibc: $(PTHREAD_SRCS) tests/guests/pthreads.h mk/guests.mk \
		$(GUEST_LDS) $(GLIBC_DEBS_$(ARCH))
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(GLIBC_CC_$(ARCH)) $(GUEST_CFLAGS) $(GUEST_LDFLAGS) -s -o $@ \
		$(GLIBC_CRT_$(ARCH)) $(PTHREAD_SRCS) $(GLIBC_END_$(ARCH))

# By hand, since the compiler's own link would take glibc's files.
$(B)/guests/pthreads-musl: $(PTHREAD_SRCS) tests/guests/pthreads.h mk/guests.mk \
		$(GUEST_LDS) $(MUSL_LIB)/libc.a $(GLIBC_DEBS_$(ARCH))
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(GUEST_CC) $(GUEST_CFLAGS) -fno-stack-protector -nostdinc -isystem $(MUSL_INCLUDE) \
		-static -no-pie -nostdlib -Wl,-z,noexecstack $(GUEST_LDFLAGS) -s -o $@ \
		$(MUSL_LIB)/crt1.o $(MUSL_LIB)/crti.o $(PTHREAD_SRCS) \
		-Wl,--start-group $(MUSL_LIB)/libc.a $(MUSL_LIBGCC_$(ARCH)) -Wl,--end-group \
		$(MUSL_LIB)/crtn.o

$(B)/guests.img: $(B)/tools/mkroot $(B)/guests/pthreads-glibc $(B)/guests/pthreads-musl
	$(call say,IMAGE)
	$(Q)rm -f $@ $@.new
	$(Q)truncate -s $(GUESTS_MB)M $@.new
	$(Q)$(SBIN) mkfs.minix -2 -n 30 $@.new >/dev/null
	$(Q)$(B)/tools/mkroot $@.new -d $(B)/guests
	$(Q)mv $@.new $@
