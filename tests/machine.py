"""The machines: how QEMU is told to make one, and what its parts are called.

MACHINE is the one that this run tests: the environment's ARCH says which (i386 unless it is
given). A test that fits one kind of machine only is marked
@pytest.mark.only("i386", "why"), and the other run leaves it out.
"""
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXIT_DEVICE_PORT = "0xf4"


class Pc:
    """QEMU's PC with IDE disks; the command line stands in the image."""

    arch = "i386"
    has_screen = True
    fewest = 6                  # MB of memory that reach the prompt
    uname = ("i386", "i486", "i586", "i686")
    disk = "/dev/hd"            # with a letter: a, b, ...
    console = "ttyS0"
    smallest, largest = 6, 3500     # MB
    user_end, lowmem_mb = 0xC0000000, 896
    vmalloc = (0xF8000000, 0xFF800000)
    iomem = ("System RAM", "Kernel code", "Kernel data", "Kernel bss", "Video RAM area",
             "System ROM", "vga")
    ioports = ("ide0", "serial", "keyboard", "timer", "pic1")
    elf_machine, elf_flags, program_start = 3, 0, 0x08048000
    kernel_start = 0x00100000       # physical address of its first instruction
    # Bytes of gdb's block of registers: cs, whose low bits in user mode are 3; esp, ebp
    gdb_registers = (10 * 4, 3, 4 * 4, 5 * 4)
    exit_42 = bytes.fromhex("b801000000bb2a000000cd80")

    kernel_image = "floppy.img"     # a file with a kernel and no more
    # How disks can be driven: (words for the kernel, words for QEMU, what the kernel says)
    disk_modes = {"dma": ("", [], ", DMA"), "pio": ("ide=nodma", [], ", PIO")}

    def command_line(self, mem, words, drives, kernel=None, floppy=False):
        """QEMU's words. words: for the kernel, if its image does not hold them. drives: what stands
        behind -drive, less interface and number; the first is the system's own. kernel: an image
        with another kernel than that disk's. floppy: the first drive is one."""
        assert words is None, "the image holds the command line"
        line = ["qemu-system-i386", "-m", str(mem), "-vga", "std",
                "-d", "cpu_reset", "-D", "reset.log",
                "-device", f"isa-debug-exit,iobase={EXIT_DEVICE_PORT},iosize=0x04"]
        floppies = [f"file={kernel},format=raw"] if kernel else []
        if floppy:
            floppies, drives = drives[:1], drives[1:]
        for drive in floppies:
            line += ["-drive", f"{drive},if=floppy"]
        for n, drive in enumerate(drives):
            line += ["-drive", f"{drive},if=ide,index={n}"]
        return line + ["-boot", "a" if floppies else "c"]

    def add_words(self, image, words):
        """Adds to the command line in the image; what is left for QEMU's own: nothing."""
        if words is not None:
            subprocess.run([sys.executable, os.path.join(TOP, "tools", "bootargs"),
                            "-a", image, words], check=True)


class Vexpress:
    """QEMU's vexpress-a9 with virtio disks, one for each of its four slots."""

    arch = "arm"
    has_screen = False
    fewest = 8
    uname = ("armv7l",)
    disk = "/dev/vd"
    console = "ttyAMA0"
    smallest, largest = 32, 1024
    user_end, lowmem_mb = 0xBF000000, 760
    vmalloc = (0xC0000000, 0xFF000000)
    iomem = ("System RAM", "Kernel code", "Kernel data", "Kernel bss")
    ioports = ()
    elf_machine, elf_flags, program_start = 40, 0x05000000, 0x00010000
    kernel_start = 0x60008000
    # cpsr, behind registers of an old floating-point unit (its low bits in user mode are 0); sp, fp
    gdb_registers = (16 * 4 + 8 * 12 + 4, 0, 13 * 4, 11 * 4)
    exit_42 = bytes.fromhex("0170a0e3" "2a00a0e3" "000000ef")     # mov r7, #1; mov r0, #42; svc #0
    kernel_image = "zImage"
    disk_modes = {"legacy": ("", [], ": virtio (legacy), "),
                  "modern": ("", ["-global", "virtio-mmio.force-legacy=false"], ": virtio, ")}
    base = "root=/dev/vda1 swap=/dev/vda2 console=ttyAMA0"

    def command_line(self, mem, words, drives, kernel=None, floppy=False):
        """The same; less memory than the board can have is asked for by mem=."""
        assert not floppy, "the board has no such drive"
        limit = f" mem={mem}M" if mem < self.smallest else ""
        words = self.base + limit + (f" {words}" if words else "")
        line = ["qemu-system-arm", "-M", "vexpress-a9", "-m", str(max(mem, self.smallest)),
                "-semihosting",
                "-kernel", kernel or os.path.join(TOP, build(), "zImage"), "-append", words]
        for n, drive in enumerate(drives):
            line += ["-drive", f"{drive},if=none,id=disk{n}",
                     "-device", f"virtio-blk-device,drive=disk{n}"]
        return line

    def add_words(self, image, words):
        """QEMU hands the command line over, so all of it is left."""
        return words


MACHINES = {machine.arch: machine for machine in (Pc(), Vexpress())}
MACHINE = MACHINES[os.environ.get("ARCH") or "i386"]


def build():
    """The folder of what was built for it; %s in ZT_BUILD stands for its name."""
    return (os.environ.get("ZT_BUILD") or "build/%s").replace("%s", MACHINE.arch)
