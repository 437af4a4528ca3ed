"""Programs of 1992 on a second disk that is slow or has a bad sector, and what they do to it.

Their pages are made of two pages of the page cache each: what goes wrong between the two must not
leave half a page to others that run the same program.
"""
import os
import random
import struct
import subprocess
import time

import pytest

import disk
import harness
from harness import Guest

pytestmark = pytest.mark.only("i386", "a.out programs are for the PC")

PAGE, BLOCK = 4096, 1024
PAGES = 100
TOUCHED = 64 * PAGE + PAGE - 1  # an address whose page the program needs only in the end
SIGBUS = 128 + 7
SLOW = 500                      # bytes per second: the second block takes 2 s

# Reads a byte from descriptor 0, then ends with what stands at TOUCHED.
CODE = (b"\xb8\x03\0\0\0\x31\xdb\xb9\0\0\0\x03\xba\x01\0\0\0\xcd\x80"
        b"\x0f\xb6\x1d" + struct.pack("<I", TOUCHED) + b"\xb8\x01\0\0\0\xcd\x80")


class Second:
    """A guest, and its second disk, hdc, which holds the program. (hdb would keep hda waiting.)"""

    def __init__(self, folder, bad=False):
        text = bytearray(random.Random(1).randbytes(PAGES * PAGE))
        text[:PAGE] = CODE.ljust(PAGE, b"\x90")
        text[TOUCHED] = 7
        path = os.path.join(folder, "program")
        with open(path, "wb") as f:
            f.write(struct.pack("<8I", 0x10b, len(text), 0, 0, 0, 0, 0, 0).ljust(BLOCK, b"\0"))
            f.write(text)
        image = disk.minix(os.path.join(folder, "hdc.img"), 2048, version=1, name_length=14)
        with open(image + ".tbl", "w", encoding="ascii") as f:
            f.write(f"f /program 755 0 0 {path}\n")
        subprocess.run([os.path.join(harness.BUILD, "tools", "mkroot"), image,
                        "-n", image + ".tbl"], check=True, stdout=subprocess.DEVNULL)
        drive = f"file={image},format=raw"
        if bad:
            drive = f"file=blkdebug:{self.bad_block(image, text)}:{image},format=raw"
        self.guest = Guest(args=["-drive", f"{drive},if=ide,index=2,id=second"], mem=32,
                           by_init=False, name="second")

    @staticmethod
    def bad_block(image, text):
        """Rules by which the block of TOUCHED cannot be read."""
        with open(image, "rb") as f:
            at = f.read().index(text[TOUCHED + 1 - BLOCK:TOUCHED + 1])
        rules = image + ".rules"
        with open(rules, "w", encoding="ascii") as f:
            f.write(f'[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "{at // 512}"\n')
        return rules

    def limit(self, rate):
        """So many bytes per second can be read; 0: any number."""
        self.guest.qmp.command("block_set_io_throttle", device="second", bps=0, bps_rd=rate,
                               bps_wr=0, iops=0, iops_rd=0, iops_wr=0)

    def when_slow(self, command):
        """Runs a command of the shell, which finds the disk slow when it begins."""
        self.limit(SLOW)
        self.guest.ok("dd if=/dev/hdc of=/dev/null bs=1k skip=2000 count=1")	# at once
        self.guest.send(command + "; echo do''ne\n")
        time.sleep(0.5)
        self.limit(0)
        self.guest.expect("done\r?\n")


@pytest.fixture
def second(tmp_build):
    made = Second(tmp_build)
    with made.guest.wait_prompt() as guest:
        guest.ok("mkdir -p /tmp/w; cd /tmp/w")
        yield made


def test_killed_between_two_pages(second):
    """Who is killed while it reads its page leaves none that is half read to the others."""
    guest = second.guest
    guest.ok("mount /dev/hdc /mnt; mkfifo a b")
    for name, fd in (("a", 8), ("b", 9)):
        guest.ok(f"/mnt/program < {name} & {name}=$!; exec {fd}> {name}")
    time.sleep(0.5)
    second.when_slow("echo >&9; sleep 0.3; kill -9 $b; wait $b")
    assert guest.run("echo >&8; wait $a")[1] == 7
    guest.ok("exec 8>&- 9>&-; umount /mnt")


def test_half_a_page_cannot_be_read(tmp_build):
    """The program dies, rather than to find zeroes where something else was."""
    with Second(tmp_build, bad=True).guest.wait_prompt() as guest:
        guest.ok("mount /dev/hdc /mnt")
        assert guest.run("echo | /mnt/program")[1] == SIGBUS
        assert "read error" in guest.ok("dmesg")
        guest.ok("umount /mnt")


def test_umount_of_what_is_being_mounted(second):
    """umount() by the name of a device whose super-block is still being read waits for it."""
    guest = second.guest
    guest.ok("blockdev --flushbufs /dev/hdc")
    second.when_slow("mount -t minix /dev/hdc /mnt & /usr/v012/bin/umount /dev/hdc; wait")
    guest.ok("umount /mnt 2>/dev/null; mount -t minix /dev/hdc /mnt; umount /mnt")
