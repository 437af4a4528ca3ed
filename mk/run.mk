# Booting what was built: run, run-vga, bochs, debug. Included by the Makefile.

QEMU_FLAGS	= -m $(MEM) $(QEMU_DISK) -no-reboot

.PHONY: run run-vga bochs debug image
run: all cmdline
	@echo "Ctrl-A X or 'poweroff' leaves."
	@$(QEMU) $(QEMU_FLAGS) -nographic

run-vga: all cmdline
	@$(QEMU) $(QEMU_FLAGS) -serial stdio

bochs: all cmdline
	@tools/bochs $(B)/hd.img

debug: all cmdline
	@tools/gdb/debug $(B) $(QEMU) $(QEMU_FLAGS)

image: all
	@echo "$(B)/hd.img"
