# Booting what was built: run, run-vga, bochs, debug. Included by the Makefile.

QEMU_FLAGS	= -m $(MEM) $(QEMU_DISK) -no-reboot

# The ARM board's screen has no driver.
PC_ONLY		= $(if $(filter i386,$(ARCH)),,$(error $@ is for ARCH=i386))

.PHONY: run run-vga bochs debug image
run: all cmdline
	@echo "Ctrl-A X or 'poweroff' leaves."
	@$(QEMU) $(QEMU_FLAGS) -nographic

run-vga: all cmdline
	$(PC_ONLY)
	@$(QEMU) $(QEMU_FLAGS) -serial stdio

bochs: all cmdline
	$(PC_ONLY)
	@tools/bochs $(B)/hd.img

debug: all cmdline
	@tools/gdb/debug $(B) $(QEMU) $(QEMU_FLAGS)

image: all
	@echo "$(B)/hd.img"
