"""Floppy disks in a PC's two drives: what is read and written, disks of several formats, disks that
are protected, damaged, of a wrong size, or taken out while they are in use; and no drive at all.

The tests share one guest, whose disks QEMU changes. Its second drive is one of 1.2 MB, with a disk
that has a bad sector.
"""
import hashlib
import os
import random
import re

import pytest

import disk
import harness
from harness import Guest

pytestmark = pytest.mark.only("i386", "the ARM board has no floppy")

SECTORS = 2880
BAD = 701               # sector of the disk in the second drive that cannot be written
FORMAT_1440, FORMAT_2880 = 7, 8


def noise(path, sectors=SECTORS):
    """A disk full of noise; its contents."""
    data = random.Random(path).randbytes(sectors * 512)
    with open(path, "wb") as f:
        f.write(data)
    return data


def contents(path):
    with open(path, "rb") as f:
        return f.read()


def md5(data):
    return hashlib.md5(data).hexdigest()


class Drives:
    """The guest, and what is in its first drive."""

    def __init__(self, folder):
        self.folder = folder
        self.second = os.path.join(folder, "second.img")
        self.second_data = noise(self.second, 2400)
        rules = os.path.join(folder, "blkdebug")
        with open(rules, "w", encoding="ascii") as f:
            f.write('[inject-error]\nevent = "write_aio"\niotype = "write"\nerrno = "5"\n'
                    f'sector = "{BAD}"\n')
        first = os.path.join(folder, "first.img")
        noise(first)
        self.guest = Guest(name="floppy", args=[
            "-drive", f"file={first},format=raw,if=floppy,index=0",
            "-drive", f"file=blkdebug:{rules}:{self.second},format=raw,if=floppy,index=1"])
        self.guest.wait_prompt()

    def path(self, name):
        return os.path.join(self.folder, name)

    def insert(self, path, mode="read-write"):
        self.guest.qmp.command("blockdev-change-medium", device="floppy0", filename=path,
                               format="raw", **{"read-only-mode": mode})

    def eject(self):
        self.guest.qmp.command("eject", device="floppy0", force=True)

    def insert_noise(self, name, sectors=SECTORS, mode="read-write"):
        data = noise(self.path(name), sectors)
        self.insert(self.path(name), mode)
        return data

    def interrupts(self):
        return int(re.search(r"^ *6: +(\d+)", self.guest.ok("cat /proc/interrupts"), re.M)[1])


@pytest.fixture(scope="module")
def module_drives():
    drives = Drives(harness._fresh_dir("floppies"))
    yield drives
    if drives.guest.alive():
        drives.guest.poweroff()


@pytest.fixture
def drives(module_drives):
    harness.touched.append(module_drives.guest)
    return module_drives


def test_bad_sector(drives):
    """Of a large write only the block with the bad sector fails."""
    said, status = drives.guest.run("dd if=/dev/zero of=/dev/fd1 bs=1k seek=300 count=200"
                                    " conv=fsync")
    assert status and "Input/output error" in said
    said = drives.guest.ok("dmesg")
    assert "fd1: disk of 1.2 MB" in said
    track, side = BAD // 30, BAD // 15 % 2
    assert f"fd1: write of cylinder {track}, side {side} failed, status " in said
    assert f"fd1: write error at sector {BAD}" in said
    expected = bytearray(drives.second_data)
    expected[300 * 1024:500 * 1024] = bytes(200 * 1024)
    expected[BAD * 512:BAD * 512 + 512] = drives.second_data[BAD * 512:BAD * 512 + 512]
    assert contents(drives.second) == expected


def test_reads_a_track_at_a_time(drives):
    data = drives.insert_noise("read.img")
    before = drives.interrupts()
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")
    # A command for each of 160 tracks, a step for each of 80 cylinders, a few to look at it.
    assert drives.interrupts() - before < 260
    odd = drives.guest.ok("dd if=/dev/fd0 bs=7777 skip=50 count=40 2>/dev/null | md5sum")
    assert md5(data[50 * 7777:90 * 7777]) in odd
    assert drives.guest.ok("blockdev --getsize64 /dev/fd0").split() == [str(len(data))]
    assert "fd0: disk of 1.44 MB" in drives.guest.ok("dmesg")


def test_writes_reach_the_disk(drives):
    expected = bytearray(drives.insert_noise("write.img"))
    drives.guest.ok("dd if=/dev/fd0 of=/dev/fd0 bs=1k count=500 seek=777 2>/dev/null;"
                    " dd if=/dev/zero of=/dev/fd0 bs=1000 seek=17 count=13 2>/dev/null; sync")
    expected[777 * 1024:1277 * 1024] = expected[:500 * 1024]
    expected[17000:30000] = bytes(13000)
    assert contents(drives.path("write.img")) == expected
    assert md5(expected) in drives.guest.ok("blockdev --flushbufs /dev/fd0; md5sum /dev/fd0")
    said, status = drives.guest.run("dd if=/dev/zero of=/dev/fd0 bs=1k seek=1439 count=2")
    assert status and "No space left" in said and "1+0 records out" in said


def test_tracks_of_two_disks(drives):
    """The last track of one disk is read, then that of the other is written: they do not mix."""
    drives.insert_noise("other.img")
    said = drives.guest.ok("dd if=/dev/fd0 of=/dev/null bs=1k count=1;"
                           " dd if=/dev/fd1 of=/dev/null bs=1k skip=1196;"
                           " blockdev --flushbufs /dev/fd1;"
                           " dd if=/dev/zero of=/dev/fd0 bs=1k seek=1432 count=4 conv=fsync;"
                           " dd if=/dev/fd1 bs=1k skip=1193 | md5sum")
    assert md5(drives.second_data[1193 * 1024:]) in said


def test_both_drives_at_once(drives):
    """They share the controller and its buffer: what is copied across is what is read meanwhile."""
    data = drives.insert_noise("at-once.img")
    drives.guest.ok("blockdev --flushbufs /dev/fd0; blockdev --flushbufs /dev/fd1;"
                    " (md5sum < /dev/fd1 > /tmp/second) & (md5sum < /dev/fd0 > /tmp/first) &"
                    " dd if=/dev/fd1 of=/dev/fd0 bs=1k skip=400 seek=1200 count=100 conv=fsync"
                    " 2>/dev/null; wait", timeout=300)
    expected = bytearray(data)
    expected[1200 * 1024:1300 * 1024] = contents(drives.second)[400 * 1024:500 * 1024]
    assert contents(drives.path("at-once.img")) == expected
    assert md5(contents(drives.second)) in drives.guest.ok("cat /tmp/second")
    assert md5(expected) in drives.guest.ok("blockdev --flushbufs /dev/fd0; md5sum /dev/fd0")


@pytest.mark.parametrize("version,name_length", [(1, 14), (2, 30)])
def test_file_system(drives, version, name_length):
    """What is written to it is there when it is mounted again, and the host finds it clean."""
    disk.minix(drives.path("files.img"), SECTORS // 2, version, name_length)
    drives.insert(drives.path("files.img"))
    drives.guest.ok("mount -t minix /dev/fd0 /mnt && cp /usr/bin/usertests /mnt/u && mkdir /mnt/d"
                    " && seq 1 20000 > /mnt/d/s && echo hello > /mnt/hello && umount /mnt")
    clean, said = disk.fsck(drives.path("files.img"))
    assert clean, said
    assert b"hello\n" in contents(drives.path("files.img"))
    drives.guest.ok("mount /dev/fd0 /mnt && cmp /mnt/u /usr/bin/usertests"
                    " && seq 1 20000 | cmp - /mnt/d/s && umount /mnt")


@pytest.mark.parametrize("number,kb,name", [(7, 1440, "1.44 MB"), (4, 720, "720 KB")])
def test_formats_that_are_found_out(drives, number, kb, name):
    """By itself, and under the number that says which format it is."""
    data = drives.insert_noise(f"{kb}.img", kb * 2)
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")
    assert f"fd0: disk of {name}" in drives.guest.ok("dmesg | tail -n 1")
    drives.guest.ok(f"mknod /tmp/node b 2 {number << 2}")
    assert md5(data) in drives.guest.ok("md5sum /tmp/node; rm /tmp/node")


def test_a_format_that_it_is_not(drives):
    """It is believed, what cannot be read is EIO; one that the drive does not know is ENXIO."""
    drives.insert_noise("720.img", 1440)
    drives.guest.ok(f"mknod /tmp/as1440 b 2 {FORMAT_1440 << 2};"
                    f" mknod /tmp/as2880 b 2 {FORMAT_2880 << 2}")
    said, status = drives.guest.run("dd if=/tmp/as1440 of=/dev/null bs=1k count=1")
    assert status and "Input/output error" in said
    said, status = drives.guest.run("dd if=/tmp/as2880 of=/dev/null count=1")
    assert status and "No such device" in said
    # Who has the disk in use is not to be confused by somebody with another opinion.
    said, status = drives.guest.run("exec 3</dev/fd0; dd if=/tmp/as1440 of=/dev/null count=1")
    assert status and "busy" in said
    drives.guest.ok("exec 3<&-; rm /tmp/as*; dd if=/dev/fd0 of=/dev/null bs=1k")


def test_another_disk(drives):
    """What was cached of the old one is not taken for the new one's, written or read."""
    drives.insert_noise("old.img")
    drives.guest.ok("md5sum /dev/fd0; exec 3<>/dev/fd0; dd if=/dev/zero bs=1k count=5 >&3")
    data = drives.insert_noise("new.img")
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")
    drives.guest.ok("exec 3>&-; sync")
    assert contents(drives.path("new.img")) == data


def test_taken_out_while_mounted(drives):
    """EIO until it is unmounted; then another disk can be used, and nothing came upon it."""
    disk.minix(drives.path("mounted.img"), SECTORS // 2)
    drives.insert(drives.path("mounted.img"))
    drives.guest.ok("mount -t minix /dev/fd0 /mnt; echo 1 > /mnt/one; sync; echo 2 > /mnt/two")
    drives.eject()
    drives.guest.run("sync; ls /mnt")
    data = drives.insert_noise("new.img")
    drives.guest.run("echo 3 > /mnt/three; sync")
    assert "taken out while it was mounted" in drives.guest.ok("dmesg")
    said, status = drives.guest.run("cat /dev/fd0 >/dev/null")
    assert status and "Input/output error" in said
    drives.guest.ok("umount /mnt")
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")
    assert contents(drives.path("new.img")) == data


@pytest.fixture
def swapped(drives):
    """A disk that is swap, and a program whose pages are all there. Gives a command by which the
    program looks at them and ends, and prints what it found."""
    with open(drives.path("swap.img"), "wb") as f:
        f.truncate(SECTORS * 512)
    drives.insert(drives.path("swap.img"))
    guest = drives.guest
    guest.ok("swapoff -a; mkswap /dev/fd0; sync; swapon /dev/fd0; rm -f /tmp/hold.pid")
    guest.ok("SWAP_OUT=1 SWAP_MB=1 usertests -n swapped.hold > /tmp/out 2>&1 &")
    assert harness.wait_until(lambda: guest.run("[ -s /tmp/hold.pid ]")[1] == 0)
    assert int(re.search(r"/dev/fd0.*\t(\d+)\t+-", guest.ok("cat /proc/swaps"))[1]) >= 1024
    yield "kill -USR1 $(cat /tmp/hold.pid); wait; cat /tmp/out; rm /tmp/out /tmp/hold.pid"
    guest.ok("swapon -a")


def test_swap(drives, swapped):
    said = drives.guest.ok(swapped)
    assert "ok swapped.hold" in said, said
    drives.guest.ok("swapoff /dev/fd0")


def test_swap_taken_out(drives, swapped):
    """Who needs the pages dies, and he alone; another disk is not taken for the one with them."""
    drives.eject()
    data = drives.insert_noise("new.img")
    said, status = drives.guest.run("swapoff /dev/fd0")
    assert status and "Input/output error" in said, said
    said, status = drives.guest.run("cat /dev/fd0 > /dev/null")
    assert status and "Input/output error" in said, said
    said = drives.guest.ok(swapped)
    assert "signal 7" in said, said
    assert "fd0: the disk has been taken out while it was swap" in drives.guest.ok("dmesg")
    drives.guest.ok("swapoff /dev/fd0")
    assert contents(drives.path("new.img")) == data
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")


def test_no_disk(drives):
    drives.eject()
    for command in ("cat /dev/fd0", "echo > /dev/fd0", "mount -t minix /dev/fd0 /mnt",
                    "swapon /dev/fd0"):
        said, status = drives.guest.run(command)
        assert status and "No such device or address" in said, said
    assert "fd0" not in drives.guest.ok("cat /proc/partitions")
    # 2:2 and 2:3 would be drives that no PC has; 2:128 is no format.
    for minor in (2, 3, 128):
        said, status = drives.guest.run(f"mknod /tmp/node b 2 {minor}; cat /tmp/node")
        assert status and "No such device or address" in said, said
        drives.guest.ok("rm /tmp/node")


def test_write_protected(drives):
    disk.minix(drives.path("tab.img"), SECTORS // 2)
    data = contents(drives.path("tab.img"))
    drives.insert(drives.path("tab.img"), mode="read-only")
    assert md5(data) in drives.guest.ok("md5sum /dev/fd0")
    said, status = drives.guest.run("dd if=/dev/zero of=/dev/fd0 bs=1k count=1 conv=notrunc")
    assert status and "Read-only file system" in said
    drives.guest.ok("mount -t minix /dev/fd0 /mnt")
    said, status = drives.guest.run("touch /mnt/x")
    assert status and "Read-only" in said
    drives.guest.ok("umount /mnt")
    drives.insert_noise("writable.img")
    drives.guest.ok("dd if=/dev/zero of=/dev/fd0 bs=1k count=1 2>/dev/null; sync")
    assert contents(drives.path("writable.img"))[:1024] == bytes(1024)
    assert contents(drives.path("tab.img")) == data


def test_both_drives_at_once(drives):
    data = drives.insert_noise("both.img")
    drives.guest.ok("blockdev --flushbufs /dev/fd1")
    said = drives.guest.ok("md5sum /dev/fd1 > /tmp/1 & md5sum /dev/fd0; wait; cat /tmp/1;"
                           " rm /tmp/1")
    assert md5(data) in said and md5(contents(drives.second)) in said


def test_image_of_a_wrong_size(drives):
    """Whatever the emulator makes of it, the kernel goes on."""
    for sectors in (100, 1, 5000):
        noise(drives.path("odd.img"), sectors)
        drives.insert(drives.path("odd.img"))
        drives.guest.run("dd if=/dev/fd0 of=/dev/null bs=1k; mount -t minix /dev/fd0 /mnt;"
                         " dd if=/dev/zero of=/dev/fd0 bs=64k seek=2 conv=fsync")
    drives.guest.ok("echo alive")


def test_motor_stops(drives):
    """The controller's register, as the monitor sees it through the guest's port."""
    drives.insert_noise("motor.img")

    def motors():
        return int(drives.guest.qmp.monitor("i/b 0x3f2").split("=")[-1], 0) >> 4
    drives.guest.ok("dd if=/dev/fd0 of=/dev/null bs=1k count=1")
    assert motors() & 1
    assert harness.wait_until(lambda: not motors(), 30)


def test_no_drive():
    """Nothing is looked for where the BIOS knows of nothing."""
    with Guest(name="nofloppy", args=["-nodefaults"]) as guest:
        guest.wait_prompt()
        said, status = guest.run("cat /dev/fd0")
        assert status and "No such device or address" in said
        assert "fd" not in re.findall(r"^fd\d?", guest.ok("dmesg"), re.M)
        assert "floppyd" not in guest.ok("ps")


@pytest.mark.parametrize("wrong,at_boot,at_use", [
    ("iobase=0x370", "Mounted root", "No such device or address"),
    ("irq=5", "fd: no floppy controller", "No such device or address"),
    ("dma=3", "fd0: drive of 1.44 MB", "Input/output error"),
])
def test_controller_that_does_not_answer(wrong, at_boot, at_use, tmp_build):
    """Behind other ports, on another interrupt or DMA channel than it should be: errors in time."""
    path = os.path.join(tmp_build, "fd.img")
    noise(path)
    with Guest(name="badfdc", by_init=False, args=["-drive", f"file={path},format=raw,if=floppy",
                                                   "-global", f"isa-fdc.{wrong}"]) as guest:
        guest.wait_prompt()
        assert at_boot in guest.ok("dmesg")
        said, status = guest.run("cat /dev/fd0 > /dev/null", timeout=30)
        assert status and at_use in said


def test_2880(tmp_build):
    """A drive and a disk of 2.88 MB, written perpendicularly."""
    path = os.path.join(tmp_build, "fd.img")
    data = noise(path, 5760)
    with Guest(name="fd2880", by_init=False,
               args=["-drive", f"file={path},format=raw,if=floppy"]) as guest:
        guest.wait_prompt()
        assert md5(data) in guest.ok("md5sum /dev/fd0")
        guest.ok("dd if=/dev/fd0 of=/dev/fd0 bs=1k seek=2000 count=500 2>/dev/null; sync")
    assert contents(path) == data[:2000 << 10] + data[:500 << 10] + data[2500 << 10:]
