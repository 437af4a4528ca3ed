"""What only the ARM board has: how the kernel is started there, and the map of the address space,
read out of the page tables themselves.

What programs see of the CPU is tested by usertests (cpu, thumb, vfp, helpers).
"""
import os
import re
import struct

import pytest

import disk
import harness
from harness import Guest, Panic
from machine import MACHINE
from test_boot import meminfo

pytestmark = pytest.mark.only("arm", "the vexpress-a9 board")

RAM = 0x60000000
PGD = RAM + 0x4000              # swapper_pg_dir
MB = 1 << 20
PAGE = 4096
SECTION, TABLE = 2, 1           # kinds of first-level entries (ARMv7-A, B3.5)


class Tables:
    """The page tables of task 0, read from a machine that is stopped."""

    def __init__(self, guest):
        self.guest = guest
        guest.qmp.command("stop")
        self.first = self.words(PGD, 4096)

    def words(self, physical, count):
        path = os.path.join(self.guest.dir, "memory.bin")
        self.guest.qmp.command("pmemsave", val=physical, size=count * 4, filename=path)
        with open(path, "rb") as f:
            return struct.unpack(f"<{count}I", f.read())

    def page(self, address):
        """The second-level entry of an address, 0 if there is no table."""
        entry = self.first[address >> 20]
        return self.words(entry & ~0x3FF, 256)[address >> 12 & 255] if entry & 3 == TABLE else 0

    def mapped(self, start, end):
        """The addresses of the pages that are mapped there by tables."""
        found = []
        for base in range(start, end, MB):
            entry = self.first[base >> 20]
            if entry & 3 == TABLE:
                table = self.words(entry & ~0x3FF, 256)
                found += [base + n * PAGE for n, word in enumerate(table) if word & 3]
        return found


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Of a machine with two disks and 1 GB, a part of which is highmem."""
    second = disk.minix(str(tmp_path_factory.mktemp("arm") / "second.img"), 512)
    guest = Guest(mem=1024, disks=[second], name="tables").wait_prompt()
    try:
        yield Tables(guest)
        guest.qmp.command("cont")
        guest.poweroff()
    finally:
        guest.kill()


def access(entry):
    """AP[2:0] of a second-level entry (B3.7.1)."""
    return entry >> 7 & 4 | entry >> 4 & 3


def test_lowmem_is_sections(tables):
    """760 MB from C0000000, in sections of 1 MB: only the kernel's own may be tables."""
    for n in range(760):
        entry = tables.first[0xC00 + n]
        assert entry & 3 == SECTION or n < 2, f"entry of lowmem MB {n}: {entry:08x}"
        if entry & 3 == SECTION:
            assert entry >> 20 == (RAM >> 20) + n
    assert not tables.first[0xC00 + 760] & 3, "the hole above lowmem"


def test_coherent_memory_from_the_top_down(tables):
    """The rings of two disks lie at the end of the region, side by side, and are not cached."""
    pages = tables.mapped(0xFFC00000, 0xFFE00000)
    assert pages and pages[-1] == 0xFFDFF000, [hex(p) for p in pages]
    assert pages == list(range(pages[0], 0xFFE00000, PAGE)), [hex(p) for p in pages]
    for page in pages:
        entry = tables.page(page)
        assert entry & 0xC == 0, f"{page:08x}: {entry:08x} is cached"
        assert access(entry) == 1, f"{page:08x}: {entry:08x}"


def test_vectors_page(tables):
    """The one page of the last megabyte: programs read and execute it, and do not write it."""
    assert [p for p in tables.mapped(0xFFF00000, 0x100000000) if p >= 0xFFFE0000] == [0xFFFF0000]
    entry = tables.page(0xFFFF0000)
    assert access(entry) in (2, 6, 7) and not entry & 1, f"{entry:08x}"
    assert RAM <= entry & ~0xFFF < RAM + 760 * MB, "a frame of lowmem"


def test_highmem_of_a_gigabyte():
    """All above 760 MB of lowmem, and programs use it."""
    with Guest(mem=1024, name="highmem") as guest:
        guest.wait_prompt()
        info = meminfo(guest)
        assert info["HighTotal"] == (1024 - MACHINE.lowmem_mb) * 1024
        before = info["HighFree"]
        guest.ok("dd if=/dev/zero of=/dev/null bs=100M count=1; usertests -q mem", timeout=300)
        guest.ok("dd if=/dev/urandom of=/tmp/big bs=64k count=800 2>/dev/null")
        assert meminfo(guest)["HighFree"] < before - 40000
        guest.ok("rm /tmp/big")


def test_memory_map(sh):
    """The regions of the boot log, in order and disjoint."""
    lines = re.findall(r"^  (\w+) +([0-9a-f]{8}) - ([0-9a-f]{8})$", sh.ok("dmesg"), re.M)
    assert [name for name, _, _ in lines] == ["modules", "pkmap", "lowmem", "vmalloc", "DMA",
                                              "fixmap", "vectors"]
    numbers = [int(n, 16) for _, start, end in lines for n in (start, end)]
    assert numbers == sorted(numbers)
    assert numbers[0] == MACHINE.user_end


# ---- the boot loader's part ---------------------------------------------------------------

def device_tree(mem, words):
    """A flattened device tree that tells memory and command line, and no more."""
    strings = b""

    def prop(name, value):
        nonlocal strings
        at = len(strings)
        strings += name.encode() + b"\0"
        return struct.pack(">III", 3, len(value), at) + value + bytes(-len(value) % 4)

    def node(name, *parts):
        name = name.encode() + b"\0"
        padding = bytes(-len(name) % 4)
        return struct.pack(">I", 1) + name + padding + b"".join(parts) + struct.pack(">I", 2)

    tree = node("", prop("#address-cells", struct.pack(">I", 1)),
                prop("#size-cells", struct.pack(">I", 1)),
                node("chosen", prop("bootargs", words.encode() + b"\0")),
                node("memory@60000000", prop("device_type", b"memory\0"),
                     prop("reg", struct.pack(">II", RAM, mem * MB)))) + struct.pack(">I", 9)
    # the header, an empty list of reserved memory, the tree, its strings
    head = struct.pack(">10I", 0xD00DFEED, 56 + len(tree) + len(strings), 56, 56 + len(tree), 40,
                       17, 16, 0, len(strings), len(tree))
    return head + bytes(16) + tree + strings


def test_device_tree(tmp_build):
    """Memory and command line by a device tree instead of tags."""
    path = os.path.join(tmp_build, "board.dtb")
    with open(path, "wb") as f:
        f.write(device_tree(64, "overwritten"))
    with Guest(mem=64, append="debug=syscall", args=["-dtb", path], name="dtb") as guest:
        guest.wait_prompt()
        assert "debug=syscall" in guest.ok("cat /proc/cmdline")
        assert 60000 < meminfo(guest)["MemTotal"] <= 65536


@pytest.mark.parametrize("where", [0.3, 0.6, 0.97])
def test_flipped_bytes_in_the_kernel(where, tmp_build):
    """The checksum of the packed kernel notices."""
    kernel = disk.copy_image(os.path.join(harness.BUILD, "zImage"),
                             os.path.join(tmp_build, "zImage"))
    at = int(os.path.getsize(kernel) * where)
    disk.patch(kernel, at, bytes(b ^ 0x5A for b in disk.peek(kernel, at, 4)))
    guest = Guest(kernel=kernel, mem=32, name="damaged")
    try:
        guest.expect("kernel damaged", 60)
    finally:
        guest.kill()


def test_panic_ends_the_machine_with_a_status():
    with pytest.raises(Panic, match="init"):
        with Guest(mem=32, append="init=/no/such panic=-1", name="panic") as guest:
            guest.wait_prompt()
