"""A root file system in memory, copied at boot from a floppy or a second disk (ramdisk=KB), and
what happens instead when there is nothing to copy; disks by the numbers of 1992, for root= and on
nodes.
"""
import os
import subprocess
import sys

import pytest

import disk
import harness
from harness import BUILD, DISK, Guest
from machine import MACHINE, TOP
from test_root012 import IMAGE as OLD_IMAGE, OldGuest

KB = 1024
FLOPPY_KB = 1440
IMAGE_AT = 256          # KB of a floppy, before the image of a RAM disk
CONSOLE = f"console={MACHINE.console}"
pc_only = pytest.mark.only("i386", "floppies and programs of 1992 are for the PC")


# ---- file systems ------------------------------------------------------------------

def make_root(path, kb, version, length, *tables):
    """A MINIX file system with what the tables for mkroot list."""
    disk.minix(path, kb, version, length)
    tools = os.path.join(BUILD, "tools", "mkroot")
    subprocess.run([tools, path, *(word for table in tables for word in ("-n", table))], check=True,
                   cwd=TOP, stdout=subprocess.DEVNULL)
    return path


def old_root(path, kb):
    """One of 1992, with its own shell and tools."""
    return make_root(path, kb, 1, 14, "user/v012/root/nodes.tbl", f"{BUILD}/v012/root.tbl")


def small_root(folder, kb):
    """One of today, with busybox, for either machine."""
    table = os.path.join(folder, "small.tbl")
    busybox = f"{TOP}/build/dl/{harness.ARCH}/busybox-static/bin/busybox"
    with open(table, "w", encoding="ascii") as f:
        for name in ("bin", "dev", "mnt", "proc", "tmp"):
            f.write(f"d /{name} 755 0 0\n")
        f.write("c /dev/console 600 0 0 5 1\nc /dev/zero 666 0 0 1 5\nb /dev/ram0 600 0 0 1 0\n"
                f"f /bin/busybox 755 0 0 {busybox}\n")
        for name in ("sh", "umount", "poweroff", "cat", "mount", "stty", "cmp", "free", "dmesg"):
            f.write(f"l /bin/{name} 777 0 0 busybox\n")
    return make_root(os.path.join(folder, "small.img"), kb, 2, 30, table)


def floppy(folder, *pieces):
    """A disk of 1.44 MB with files at (KB); QEMU's words for it."""
    path = os.path.join(folder, "floppy.img")
    with open(path, "wb") as f:
        for at, piece in pieces:
            f.seek(at * KB)
            with open(piece, "rb") as source:
                f.write(source.read())
        f.truncate(FLOPPY_KB * KB)
    return path, ["-drive", f"file={path},format=raw,if=floppy"]


def root_floppy(folder, root):
    """The same, made by tools/mkimage of nothing but the image of a root."""
    path = os.path.join(folder, "floppy.img")
    tool = os.path.join(TOP, "tools", "mkimage")
    subprocess.run([sys.executable, tool, "floppy", path, "-", root], check=True)
    return path, ["-drive", f"file={path},format=raw,if=floppy"]


def contents(path):
    with open(path, "rb") as f:
        return f.read()


# ---- from a floppy -----------------------------------------------------------------

@pc_only
@pytest.mark.parametrize("root", ["/dev/fd0", "0x21c"])
def test_from_a_floppy(root, tmp_build):
    """The image behind the first 256 KB is copied; then the disk is not needed any more."""
    image = old_root(os.path.join(tmp_build, "root"), FLOPPY_KB - IMAGE_AT)
    path, args = root_floppy(tmp_build, image)
    before = contents(path)
    with OldGuest(append=f"root={root} ramdisk=2048", mem=16, args=args, name="ram") as guest:
        guest.wait_prompt()
        assert "RAM disk of 2048 KB: loaded 1184 KB from block 256 of device 2:0" in guest.text()
        assert "Mounted root /dev/ram0 (minix file system)" in guest.text()
        guest.qmp.command("eject", device="floppy0", force=True)
        assert guest.ok("ls /; cd /tmp; A=1 /usr/bin/tests12 one two").count("FAIL") == 0
        # Its own /dev/ram is what it runs from.
        said, status = guest.run("mount /dev/ram /mnt")
        assert status and "Busy" in said
    assert contents(path) == before


@pc_only
@pytest.mark.parametrize("what,kb,said", [
    ("no image", None, "there is no MINIX file system (0 KB"),
    ("too large", 1184, "the image is larger than the RAM disk (1184 KB"),
    ("cut off", 1300, "the image is cut off (1300 KB"),
])
def test_nothing_to_copy_from_a_floppy(what, kb, said, tmp_build):
    """Why is said, and the floppy itself is the root."""
    pieces = [(0, old_root(os.path.join(tmp_build, "root"), IMAGE_AT))]
    if kb:
        pieces.append((IMAGE_AT, disk.minix(os.path.join(tmp_build, "image"), kb)))
    path, args = floppy(tmp_build, *pieces)
    size = 1000 if what == "too large" else 2048
    with OldGuest(append=f"root=/dev/fd0 ramdisk={size}", mem=16, args=args, name="ram") as guest:
        guest.wait_prompt()
        assert f"RAM disk of {size} KB: {said}" in guest.text()
        assert "Mounted root /dev/fd0 (minix file system)" in guest.text()
        guest.ok("echo hello > /tmp/x; sync")
    assert b"hello\n" in contents(path)


@pc_only
def test_no_floppy_to_boot_from():
    guest = Guest(append="root=/dev/fd0 ramdisk=2048 panic=-1", mem=16, name="ram")
    with pytest.raises(harness.Panic, match="no disk in the drive root=/dev/fd0"):
        guest.wait_prompt()


# ---- from a second disk ------------------------------------------------------------

def second_disk(folder, root, words, drive=None, kb=4096, mem=32):
    """(guest, path) with small_root() as the second disk."""
    path = small_root(folder, kb)
    guest = Guest(append=f"root={root} {words} init=/bin/sh {CONSOLE}", mem=mem, by_init=False,
                  name="ram", drives=[drive(path) if drive else f"file={path},format=raw"])
    guest.expect(harness.PROMPT)
    guest.send("PATH=/bin; mount -t proc proc /proc\n")
    return guest.wait_prompt(), path


@pytest.mark.parametrize("root", [f"{DISK}b", "/dev/ram0"])
def test_from_a_second_disk(root, tmp_build):
    """It is copied and not touched again; what the copying took besides is free again."""
    guest, path = second_disk(tmp_build, root, "ramdisk=6000")
    before = contents(path)
    with guest:
        assert "RAM disk of 6000 KB: loaded 4096 KB from block 0 of device" in guest.ok("dmesg")
        assert "/dev/ram0 / minix rw" in guest.ok("cat /proc/mounts")
        assert int(guest.ok("free | busybox awk '/Mem/ { print $4 }'")) > 20000
        guest.ok("echo hello > /tmp/x; cat /tmp/x")
    assert contents(path) == before


@pytest.mark.parametrize("what,said", [
    ("no word", ""), ("too large", "the image is larger than the RAM disk"),
    ("a bad sector", "the image cannot be read"), ("no memory", "there is not enough memory"),
])
def test_second_disk_itself(what, said, tmp_build):
    """Where it is not copied, it is the root, and the RAM disk holds nothing."""
    def bad_sector(path):
        rules = os.path.join(tmp_build, "blkdebug")
        with open(rules, "w", encoding="ascii") as f:
            f.write('[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "7001"\n')
        return f"file=blkdebug:{rules}:{path},format=raw"
    words = {"no word": "", "too large": "ramdisk=4095"}.get(what, "ramdisk=20000")
    kb = 16000 if what == "no memory" else 4096
    guest, path = second_disk(tmp_build, f"{DISK}b", words, kb=kb,
                              mem=16, drive=bad_sector if what == "a bad sector" else None)
    with guest:
        log = guest.ok("dmesg")
        assert said in log and (not said or "Not loaded" in log), log
        assert f"{DISK}b / minix rw" in guest.ok("cat /proc/mounts")
        assert "EOF on /dev/ram0" in guest.run("cmp /dev/ram0 /dev/zero")[0]
        guest.ok("echo hello > /tmp/x; busybox sync")
    clean, found = disk.fsck(path)
    assert clean and b"hello\n" in contents(path), found


def test_a_partition_stays_where_it_is():
    """The word is the size of RAM disks; a root on the first disk is not copied."""
    with Guest(append="ramdisk=50000", by_init=False, name="ram") as guest:
        guest.wait_prompt()
        assert f"{DISK}a1 / minix" in guest.ok("cat /proc/mounts")
        assert " 50000 ram0" in guest.ok("cat /proc/partitions")
        assert "RAM disk" not in guest.ok("dmesg")


# ---- numbers of 1992 ---------------------------------------------------------------

@pytest.fixture(scope="module")
def numbered():
    """The root of 1992 on the second disk, by its number; today's on the first; a floppy."""
    folder = harness._fresh_dir("numbers")
    second = disk.copy_image(OLD_IMAGE, os.path.join(folder, "second.img"))
    minix = disk.minix(os.path.join(folder, "fd"), FLOPPY_KB, 1, 14)
    _, args = floppy(folder, (0, minix))
    with OldGuest(append="root=0x306", mem=32, disks=[second], args=args, name="numbers") as guest:
        yield guest.wait_prompt()


@pc_only
def test_root_by_number(numbered):
    assert "Mounted root /dev/hdb1 (minix file system)" in numbered.text()


@pc_only
def test_nodes_of_1992(numbered):
    """Its own programs find what the numbers meant; today's find what they mean today."""
    box = "/mnt/bin/busybox"
    numbered.ok("mount /dev/hd1 /mnt")
    said, status = numbered.run("mount /dev/hd6 /tmp")
    assert status and "Busy" in said, said
    for node in ("hd0", "hd5", "hd6", "hd7", "ram"):
        assert numbered.ok(f"cat /dev/{node} | {box} head -c 99 | {box} wc -c") == "99\n", node
    for node in ("hd5", "hd6"):
        said, status = numbered.run(f"{box} cat /dev/{node} > /dev/null")
        assert status and "No such device or address" in said, said
    numbered.ok("umount /dev/hd1")
    said, status = numbered.run("cat /dev/hd9")     # there are two partitions only
    assert status and "No such device" in said, said


@pc_only
def test_nodes_of_today(numbered):
    """On today's root the numbers are today's, whoever asks."""
    numbered.ok("mount /dev/hd1 /mnt")
    said, status = numbered.run("cat /mnt/dev/hda6")
    assert status and "No such device" in said, said
    said, status = numbered.run("mount /mnt/dev/hdb1 /tmp")
    assert status and "Busy" in said
    numbered.ok("umount /dev/hd1")


@pc_only
def test_floppy_and_lines_of_1992(numbered):
    """2:28 is a disk of 1.44 MB in the first drive; 4:64 is the serial line, 4:1 a screen."""
    numbered.ok("mount /dev/fd0 /mnt; echo hello > /mnt/file; umount /dev/fd0; mount /dev/fd0 /mnt")
    assert numbered.ok("cat /mnt/file; umount /dev/fd0") == "hello\n"
    assert numbered.ok("echo by its number > /dev/tty64") == "by its number\n"
    assert numbered.ok("echo elsewhere > /dev/tty1") == ""
