# Programs of tests/guests/ that use other C libraries than ours, on a disk of their own that the
# tests put into a guest as its second: pthreads, with glibc and with musl. Included by the
# Makefile; only the tests ask for $(B)/guests.img (test_threads.py), so `make` downloads no musl.

GUEST_CC_i386	:= gcc -m32
MUSL_NAME_i386	:= i386-linux-musl
GUEST_CC	:= $(GUEST_CC_$(ARCH))
MUSL_NAME	:= $(MUSL_NAME_$(ARCH))
GUEST_CFLAGS	:= -std=gnu11 -O2 -Wall -Wextra -Werror -fno-pie
GUESTS_MB	:= 4

PTHREAD_SRCS	:= $(sort $(wildcard tests/guests/pthread*.c))
MUSL_AT		:= musl-dev/usr/lib/$(MUSL_NAME)/libc.a
MUSL_LIB	:= $(DL)/$(ARCH)/musl-dev/usr/lib/$(MUSL_NAME)
MUSL_INCLUDE	:= $(DL)/$(ARCH)/musl-dev/usr/include/$(MUSL_NAME)

$(DL)/%/$(MUSL_AT):
	tools/fetch-deb $(DEBARCH_$*) musl-dev $(DL)/$*

# Neither rule uses the stack protector or a PIE: what a compiler does by default differs.
$(B)/guests/pthreads-glibc: $(PTHREAD_SRCS) tests/guests/pthreads.h mk/guests.mk
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(GUEST_CC) $(GUEST_CFLAGS) -static -no-pie -pthread -s -o $@ $(PTHREAD_SRCS)

# By hand, since the compiler's own link would take glibc's files.
$(B)/guests/pthreads-musl: $(PTHREAD_SRCS) tests/guests/pthreads.h mk/guests.mk \
		$(DL)/$(ARCH)/$(MUSL_AT)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(GUEST_CC) $(GUEST_CFLAGS) -fno-stack-protector -nostdinc -isystem $(MUSL_INCLUDE) \
		-static -no-pie -nostdlib -s -o $@ $(MUSL_LIB)/crt1.o $(MUSL_LIB)/crti.o \
		$(PTHREAD_SRCS) $(MUSL_LIB)/libc.a $(shell $(GUEST_CC) -print-libgcc-file-name) $(MUSL_LIB)/crtn.o

$(B)/guests.img: $(B)/tools/mkroot $(B)/guests/pthreads-glibc $(B)/guests/pthreads-musl
	$(call say,IMAGE)
	$(Q)rm -f $@ $@.new
	$(Q)truncate -s $(GUESTS_MB)M $@.new
	$(Q)$(SBIN) mkfs.minix -2 -n 30 $@.new >/dev/null
	$(Q)$(B)/tools/mkroot $@.new -d $(B)/guests
	$(Q)mv $@.new $@
