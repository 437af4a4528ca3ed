# ZeroTwelve. `make help` lists what can be made; docs/ and README.md tell more.
#
#	ARCH=i386	architecture; outputs go to build/$(ARCH)
#	MEM=128M	memory of the machine that `make run` starts
#	APPEND="..."	words added to the kernel's command line
#	OVERLAY=dir	everything in dir also goes into the root file system
#	DEBUG_SLAB=1	a kernel that checks the use of kmalloc() memory, in a folder of its own

# What `make test` tests when no ARCH is given
TEST_ARCHS := $(or $(ARCH),i386 arm)
ARCH	?= i386
MEM	?= 128M
APPEND	?=
OVERLAY	?=
K	?=
DEBUG_SLAB ?=
B	:= build/$(ARCH)$(if $(DEBUG_SLAB),-debugslab)

# A line per file; V=1 shows the commands.
Q	:= $(if $(V),,@)
say	= $(if $(V),,@echo "  $(1)	$@")

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

.PHONY: all
all: setup-done
	@$(MAKE) --no-print-directory -j$(JOBS) images

JOBS	?= $(shell nproc 2>/dev/null || echo 1)

include arch/$(ARCH)/arch.mk
include mk/kernel.mk
include mk/user.mk
include mk/v012.mk
include mk/image.mk
include mk/guests.mk
include mk/run.mk
include mk/test.mk

.PHONY: images
images: compile-commands $(B)/vmlinux $(IMAGES)

# Tools of the host: installed once, by name, when something is missing.
.PHONY: setup-done doctor
setup-done:
	@tools/setup $(ARCH)
doctor:
	@tools/setup --doctor

.PHONY: format
format:
	@tools/setup --format
	@$(PYTHON) tools/format $(shell git ls-files '*.c' '*.h')

# clangd looks for it here.
COMPILE_COMMANDS := build/compile_commands.json
$(COMPILE_COMMANDS): tools/gen-compile-commands $(KERNEL_SRCS) mk/kernel.mk
	@mkdir -p build
	@$(PYTHON) tools/gen-compile-commands "$(KERNEL_CC) $(KERNEL_CFLAGS)" $(KERNEL_C) >$@

.PHONY: compile-commands
compile-commands: $(COMPILE_COMMANDS)

.PHONY: clean distclean
clean:
	rm -rf build/i386 build/arm build/*-debugslab $(COMPILE_COMMANDS)
distclean: clean
	rm -rf build

.PHONY: help
help:
	@echo "make              build the kernel and the disk images below build/"
	@echo "make run          boot to a shell here (MEM= APPEND= OVERLAY=); Ctrl-A X leaves"
	@echo "make run-vga      the same in a window"
	@echo "make run-v012     boot into a root file system as of 1992"
	@echo "make bochs        the same under Bochs"
	@echo "make test         build, boot, test; K=name selects tests, ARCH= one architecture"
	@echo "make bench        what the kernel costs in instructions (ROW=name RECORD=1)"
	@echo "make profile ROW=name  in which functions"
	@echo "make soak         the tests of memory over and over (MINUTES=30 SEED=)"
	@echo "make debug        boot stopped, with gdb attached; make test-debug K=name: a test"
	@echo "make image        a disk image whose root also holds what is in OVERLAY="
	@echo "make DEBUG_SLAB=1 a kernel that checks the use of kmalloc memory, in its own folder"
	@echo "make doctor       the tools this needs: versions, and what is missing"
	@echo "make format       clang-format over the tree"
	@echo "make clean        remove what was built; distclean: downloads too"
