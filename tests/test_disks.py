"""Disks as block devices: what the guest reads is what the image holds and the other way round,
by DMA and by PIO, up to the last odd sector; bad sectors and drives that never answer end as
EIO for what lies there and nothing else; logical partitions; RAM disks.
"""
import hashlib
import os
import random
import re
import struct

import pytest

import disk
from harness import DISK, Guest
from machine import MACHINE

SECTORS = 20001                 # odd: the last block of the device is half a one
MODES = pytest.mark.parametrize("mode", MACHINE.disk_modes)
FIRST = next(iter(MACHINE.disk_modes))
HDB = f"{DISK}b".split("/")[-1]
BASE = f"root={DISK}a1 console={MACHINE.console}"


def make_disk(folder, sectors=SECTORS):
    """A disk full of noise; its path and contents."""
    data = random.Random(sectors).randbytes(sectors * 512)
    path = os.path.join(folder, "second.img")
    with open(path, "wb") as f:
        f.write(data)
    return path, data


def md5(data):
    return hashlib.md5(data).hexdigest()


def guest(mode, drive, append="", **more):
    """A guest with `drive`, the words of QEMU's -drive, as its second disk."""
    words, args, said = MACHINE.disk_modes[mode]
    machine = Guest(append=f"{BASE} {append} {words}", name="disk", drives=[drive], args=args,
                    **more).wait_prompt()
    assert said in machine.ok(f"dmesg | grep '^{HDB}: '")
    return machine


def sums(text):
    return re.findall(r"\b[0-9a-f]{32}\b", text)


def check_image(path, expected):
    """The image holds this, in every sector."""
    with open(path, "rb") as f:
        found = f.read()
    wrong = [n for n in range(0, len(expected), 512) if found[n:n + 512] != expected[n:n + 512]]
    assert not wrong, f"{len(wrong)} sectors differ, the first is {wrong[0] // 512}"
    assert len(found) == len(expected), f"{len(found)} bytes, not {len(expected)}"


def partition_table(*entries):
    """A sector with up to four (type, start, size)."""
    sector = bytearray(512)
    for n, (kind, start, size) in enumerate(entries):
        struct.pack_into("<B3sB3sII", sector, 446 + 16 * n, 0, b"", kind, b"", start, size)
    sector[510:] = b"\x55\xaa"
    return bytes(sector)


@MODES
def test_reads_what_the_image_holds(mode, tmp_build):
    path, data = make_disk(tmp_build)
    with guest(mode, f"file={path},format=raw") as g:
        assert sums(g.ok(f"md5sum {DISK}b")) == [md5(data)]
        odd = f"dd if={DISK}b bs=7777 skip=100 count=99 2>/dev/null | md5sum"
        assert sums(g.ok(odd)) == [md5(data[777700:777700 + 7777 * 99])]
        last = f"dd if={DISK}b bs=512 skip={SECTORS - 3} 2>/dev/null | md5sum"
        assert sums(g.ok(last)) == [md5(data[-3 * 512:])]
        assert g.ok(f"blockdev --getsize64 {DISK}b").split() == [str(len(data))]
        # Reading ahead one block at a time must end up in few commands.
        reads, sectors = map(int, re.search(rf" {HDB} (\d+) \d+ (\d+) ",
                                            g.ok("cat /proc/diskstats")).groups())
        assert sectors >= SECTORS and reads < sectors / 64, f"{reads} reads for {sectors} sectors"


@MODES
def test_writes_reach_the_image(mode, tmp_build):
    path, data = make_disk(tmp_build)
    with guest(mode, f"file={path},format=raw") as g:
        # From block 6000 on, a copy of the disk's start; then 13 pieces that fit no block.
        g.ok(f"dd if={DISK}b of={DISK}b bs=1k count=3000 seek=6000 2>/dev/null")
        g.ok(f"dd if=/dev/zero of={DISK}b bs=1000 seek=5000 count=13 2>/dev/null; sync")
        said, status = g.run(f"dd if=/dev/zero of={DISK}b bs=512 seek={SECTORS - 2}")
        assert status != 0 and "No space left" in said and "2+0 records out" in said
    expected = bytearray(data)
    expected[6000 * 1024:9000 * 1024] = data[:3000 * 1024]
    expected[5000000:5013000] = bytes(13000)
    expected[-2 * 512:] = bytes(2 * 512)
    check_image(path, expected)


@MODES
def test_bad_sector(mode, tmp_build):
    """Of a large merged read or write only the block with the bad sector fails."""
    path, data = make_disk(tmp_build)
    rules = os.path.join(tmp_build, "blkdebug")
    with open(rules, "w", encoding="ascii") as f:
        for event, sector in (("read_aio", 1000), ("read_aio", 1013), ("write_aio", 3000)):
            f.write(f'[inject-error]\nevent = "{event}"\nerrno = "5"\nsector = "{sector}"\n')
    expected = bytearray(data)
    for block in (1000 // 2, 1013 // 2):
        expected[block * 1024:(block + 1) * 1024] = bytes(1024)
    with guest(mode, f"file=blkdebug:{rules}:{path},format=raw") as g:
        said, status = g.run(f"dd if={DISK}b of=/dev/null bs=64k")
        assert status != 0 and "Input/output error" in said
        g.ok(f"dd if={DISK}b of=/var/tmp/copy bs=1k count=5000 conv=noerror,sync 2>/dev/null")
        assert sums(g.ok("md5sum /var/tmp/copy")) == [md5(expected[:5000 * 1024])]
        said, status = g.run(f"dd if=/dev/zero of={DISK}b bs=1k seek=1400 count=500 conv=fsync")
        assert status != 0 and "Input/output error" in said
        g.ok("rm /var/tmp/copy")
    expected = bytearray(data)
    expected[1400 * 1024:1900 * 1024] = bytes(500 * 1024)
    expected[1500 * 1024:1501 * 1024] = data[1500 * 1024:1501 * 1024]
    check_image(path, expected)


@MODES
def test_bad_sector_of_a_file(mode, tmp_build):
    """Of the many pages that are read ahead at once, only the one with the bad sector is lost."""
    path = disk.minix(os.path.join(tmp_build, "second.img"), 4000)
    sector = 2 * (struct.unpack("<H", disk.peek(path, 1024 + 8, 2))[0] + 100)
    rules = os.path.join(tmp_build, "blkdebug")
    with open(rules, "w", encoding="ascii") as f:
        f.write(f'[inject-error]\nevent = "read_aio"\nerrno = "5"\niotype = "read"\n'
                f'sector = "{sector}"\n')
    with guest(mode, f"file=blkdebug:{rules}:{path},format=raw") as g:
        g.ok(f"mount -t minix {DISK}b /mnt")
        out, status = g.run("usertests -n mount.bad_page", timeout=200)
        assert status == 0 and "1 passed, 0 failed" in out, out
        g.ok("umount /mnt")


@MODES
def test_pages_without_an_address(mode, tmp_build):
    """Files are written from highmem frames and read into them, by controller and CPU alike."""
    path, data = make_disk(tmp_build)
    with guest(mode, f"file={path},format=raw", append="highmem=48M", mem=64) as g:
        def high_free():
            return int(g.ok("awk '/HighFree/ { print $2 }' /proc/meminfo"))
        g.ok(f"cat {DISK}b > /copy; sync; echo 3 > /proc/sys/vm/drop_caches")
        before = high_free()
        assert sums(g.ok("md5sum /copy")) == [md5(data)]
        taken = before - high_free()
        assert taken > len(data) // 1024 * 0.9, f"only {taken} KB of the file are in highmem"
        g.ok("rm /copy")


def test_drive_that_never_answers(tmp_build):
    """The drive is given up, with EIO, in bounded time; its neighbour on the channel works on."""
    path, _ = make_disk(tmp_build)
    with guest(FIRST, f"file={path},format=raw,throttling.bps-total=2000") as g:
        said, status = g.run(f"dd if={DISK}b of=/dev/null bs=64k count=32", timeout=200)
        assert status != 0 and "Input/output error" in said
        assert "given up" in g.ok("dmesg")
        assert g.run(f"dd if=/dev/zero of={DISK}b bs=64k count=4 conv=fsync", timeout=20)[1] != 0
        g.ok("md5sum /bin/busybox && echo alive >/var/tmp/x && sync && rm /var/tmp/x")


def test_logical_partitions(tmp_build):
    path, data = make_disk(tmp_build)
    data = bytearray(data)
    data[:512] = partition_table((0x81, 2048, 1000), (0x05, 4000, 16000), (0x83, 19990, 100000))
    data[4000 * 512:4001 * 512] = partition_table((0x83, 100, 501), (0x05, 5000, 6000))
    data[9000 * 512:9001 * 512] = partition_table((0x82, 10, 2000), (0x05, 0x70000000, 5))
    with open(path, "wb") as f:
        f.write(data)
    with guest(FIRST, f"file={path},format=raw") as g:
        table = re.findall(rf"(\d+) ({HDB}\d*)$", g.ok("cat /proc/partitions"), re.M)
        assert [(name, int(kb)) for kb, name in table] == [
            (HDB, SECTORS // 2), (f"{HDB}1", 500), (f"{HDB}2", 1), (f"{HDB}3", 5), (f"{HDB}5", 250),
            (f"{HDB}6", 1000)]
        g.ok(f"cp -a {DISK}b5 /tmp/fifth")
        # Its last sector is there, and nothing of the disk behind it.
        assert sums(g.ok("md5sum /tmp/fifth")) == [md5(data[4100 * 512:4601 * 512])]
        said, status = g.run("dd if=/dev/zero of=/tmp/fifth bs=512 seek=500")
        assert status != 0 and "1+0 records out" in said
        g.ok(f"rm /tmp/fifth; blockdev --rereadpt {DISK}b")
        assert g.run(f"blockdev --rereadpt {DISK}a")[1] != 0, "a mounted disk changed under us"
    data[4600 * 512:4601 * 512] = bytes(512)
    check_image(path, data)


def test_ramdisk():
    """It gives back what was written, and its memory when it is flushed."""
    with Guest(name="ramdisk") as g:
        g.wait_prompt()
        g.ok("dd if=/dev/urandom of=/var/tmp/noise bs=1k count=3000 2>/dev/null; sync")
        g.ok("dd if=/var/tmp/noise of=/dev/ram0 bs=1k 2>/dev/null")
        noise, ram = sums(g.ok("md5sum /var/tmp/noise;"
                               " dd if=/dev/ram0 bs=1k count=3000 2>/dev/null | md5sum"))
        assert noise == ram
        before = int(g.ok("awk '/MemFree/ { print $2 }' /proc/meminfo"))
        g.ok("blockdev --flushbufs /dev/ram0")
        after = int(g.ok("awk '/MemFree/ { print $2 }' /proc/meminfo"))
        assert after - before >= 2900, f"{before} KB free before, {after} KB after"
        assert sums(g.ok("md5sum /dev/ram0")) == [md5(bytes(4096 * 1024))]
        said, status = g.run("dd if=/dev/zero of=/dev/ram0 bs=64k")
        assert status != 0 and "No space left" in said
        g.ok("blockdev --flushbufs /dev/ram0; rm /var/tmp/noise")
