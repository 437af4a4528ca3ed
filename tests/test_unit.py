"""Host unit tests of the pure code, under AddressSanitizer and UBSan.

Each program tests/unit/test_*.c is linked with the sources it tests. Kernel code is compiled
for 32 bits against the kernel's own headers, with tests/unit/shim before them in the search
path for the few headers that touch the machine; host code is compiled as it is in tools/.
"""
import os
import subprocess

import pytest

import disk
import harness

pytestmark = pytest.mark.only("i386", "on the host, once")

TOP = harness.TOP
UNIT = os.path.join(TOP, "tests", "unit")
CC = os.environ.get("CC", "gcc")
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
COMMON = ["-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fno-common", *SANITIZE]
TIMEOUT = 300

# program: kernel sources, shims, further flags
KERNEL = {
    "rbtree": (["lib/rbtree.c"], [], []),
    "radix_tree": (["lib/radix-tree.c"], [], []),
    "string": (["lib/string.c", "lib/ctype.c"], [], ["-include", "rename.h"]),
    "vsprintf": (["lib/vsprintf.c", "lib/strtonum.c", "lib/string.c", "lib/ctype.c"], [],
                 ["-include", "rename.h"]),
    "buddy": (["mm/page_alloc.c"], ["task.c", "memory.c"], []),
    "slab": (["mm/slab.c", "mm/page_alloc.c"], ["task.c", "memory.c"], []),
    "vma": (["mm/vma.c", "mm/mmap.c", "mm/overcommit.c", "lib/rbtree.c"], ["task.c"], []),
    "swap": (["mm/swap.c"], ["task.c"], []),
    "ioport": (["kernel/ioport.c"], ["task.c"], []),
    "block": (["kernel/blk_drv/ll_rw_blk.c", "kernel/blk_drv/elevator.c", "lib/rbtree.c"],
              ["task.c"], []),
    "fdc": (["kernel/blk_drv/fdc.c"], ["task.c"], ["-include", "ports.h"]),
    "partition": (["kernel/blk_drv/partition.c"], ["task.c"], []),
    "virtio": (["kernel/blk_drv/virtio_mmio.c"], ["task.c"], []),
    # the header of ARM stands for the one of this name that the search path has
    "fdt": (["arch/arm/fdt.c", "lib/string.c", "lib/ctype.c"], [],
            ["-include", "rename.h", "-include", "arch/arm/include/asm/bootparam.h"]),
}


def run(*command):
    """Run a program that has to succeed; its output."""
    done = subprocess.run(command, cwd=TOP, stdin=subprocess.DEVNULL, timeout=TIMEOUT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0",
                               "UBSAN_OPTIONS": "print_stacktrace=1"})
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\nstatus {done.returncode}\n{done.stdout[-6000:]}",
                    pytrace=False)
    return done.stdout


def kernel_flags():
    """How the kernel's code is compiled here."""
    own = run(CC, "-m32", "-print-file-name=include").strip()
    return ["-m32", "-march=i486", "-ffreestanding", "-fno-strict-aliasing", "-nostdinc",
            "-isystem", own, "-D__KERNEL__",
            "-Itests/unit", "-Itests/unit/shim", "-Iinclude", "-Iinclude/uapi",
            "-Iarch/i386/include", f"-I{os.path.join('build', 'i386', 'gen')}"]


@pytest.mark.parametrize("name", KERNEL)
def test_unit(name, tmp_build):
    sources, shims, flags = KERNEL[name]
    program = os.path.join(tmp_build, name)
    files = [f"tests/unit/test_{name}.c", *sources, *(f"tests/unit/shim/{s}" for s in shims)]
    run(CC, *COMMON, *kernel_flags(), *flags, *files, "-o", program)
    run(program)


def host_program(name, sources, folder):
    program = os.path.join(folder, name)
    run(CC, *COMMON, "-D_GNU_SOURCE", "-I.", "-Itests/unit", f"tests/unit/test_{name}.c", *sources,
        "-o", program)
    return program


@pytest.mark.parametrize("flags", [["-9"], ["-1"], ["-9", "-BD"], ["-9", "-B4", "--content-size"]],
                         ids=lambda f: "lz4" + "".join(f))
def test_lz4(flags, tmp_build):
    """Text, noise, long runs and nothing at all, packed in several ways."""
    program = host_program("lz4", ["boot/lz4.c"], tmp_build)
    noise = subprocess.run(["openssl", "enc", "-aes-128-ctr", "-pass", "pass:x", "-nosalt"],
                           input=bytes(70000), capture_output=True, check=False).stdout
    with open(os.path.join(TOP, "lib", "vsprintf.c"), "rb") as f:
        text = f.read()
    for n, original in enumerate([text * 8, noise or os.urandom(70000), bytes(200000) + text,
                                  b"", b"x"]):
        plain = os.path.join(tmp_build, f"plain{n}")
        with open(plain, "wb") as f:
            f.write(original)
        run("lz4", "-q", "-f", *flags, plain, plain + ".lz4")
        run(program, plain + ".lz4", plain)


@pytest.mark.parametrize("version,name_length", [(1, 14), (1, 30), (2, 14), (2, 30)])
def test_minix_writer(version, name_length, tmp_build):
    """What the writer writes, it can read, and fsck.minix finds nothing to say."""
    program = host_program("minixfs", ["tools/minixfs.c"], tmp_build)
    image = disk.minix(os.path.join(tmp_build, "image"), 6000, version, name_length)
    run(program, image)
    clean, said = disk.fsck(image)
    assert clean, said
    run(program, "-d", image)
