"""The MINIX file system, in all its versions, on a disk that the host's mkfs.minix made.

The guest fills it by every call that changes a file system; the host's fsck.minix judges it, and a
second boot reads back what the first has written.
"""
import os
import struct

import pytest

import disk
from harness import DISK, Guest

KILOBYTES = 4000
FILL = """cd /mnt && mkdir -p a/b/c e && seq 1 20000 > a/long && seq 1 100 > a/b/short
for i in $(seq 1 70); do echo $i > e/f$i; done; rm e/f1? e/f70
ln a/long a/b/hard; ln -s ../long a/b/soft; mkfifo fifo; mknod null c 1 3; chmod 4751 a/b/short
truncate -s 1500000 hole; echo tail >> hole; cp hole copy; truncate -s 5000 copy
mv a/b/c moved; mv a/long e/renamed; mv e/f2 e/f3; ln -s "$(printf '%0300d' 7)" far
dd if=/dev/zero of=big bs=1k count=900 2>/dev/null; rm big; mkdir gone; rmdir gone
exec 5> open; echo x >&5; rm open; echo y >&5; exec 5>&-; chown 7:8 e/f4; touch -d @1000000000 e/f5
cd /; sync"""
LOOK = """cd /mnt && find . | sort; find . -type f | sort | xargs md5sum; readlink a/b/soft far
stat -c '%n %a %u %g %h %s' a/b/short a/b/hard e/renamed e/f4 hole copy | sort; stat -c '%Y' e/f5
stat -c '%F %t %T' null fifo; cd /"""


@pytest.mark.parametrize("version,name_length", [(1, 14), (1, 30), (2, 14), (2, 30)])
def test_minix_version(version, name_length, tmp_build):
    path = disk.minix(os.path.join(tmp_build, "hdb.img"), KILOBYTES, version, name_length)
    with Guest(mem=32, disks=[path], by_init=False, name="minix") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt")
        empty = guest.ok("df /mnt | tail -n 1")
        guest.ok(FILL, timeout=200)
        before = guest.ok(LOOK)
        guest.ok("umount /mnt")
    clean, said = disk.fsck(path)
    assert clean, said

    with Guest(mem=32, disks=[path], by_init=False, name="minix") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt")
        assert guest.ok(LOOK) == before
        guest.ok("rm -rf /mnt/*; sync")
        assert guest.ok("df /mnt | tail -n 1") == empty, "blocks are lost"
        guest.ok("umount /mnt")
    clean, said = disk.fsck(path)
    assert clean, said


def test_full_disk(tmp_build):
    """ENOSPC, and room again when something goes."""
    path = disk.minix(os.path.join(tmp_build, "hdb.img"), 300)
    with Guest(mem=32, disks=[path], by_init=False, name="full") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt; seq 1 5000 > /mnt/first")
        out, status = guest.run("dd if=/dev/zero of=/mnt/big bs=1k count=500")
        assert status != 0 and "No space left" in out
        out, status = guest.run("i=0; while [ $i -lt 500 ];"
                                " do : > /mnt/n$i || break; i=$((i + 1)); done")
        assert "No space left" in out, "more inodes than the file system has"
        guest.ok("rm /mnt/big /mnt/n?; echo room > /mnt/again; sync; cat /mnt/again | grep room")
        guest.ok("seq 1 5000 | cmp - /mnt/first && umount /mnt")
    clean, said = disk.fsck(path)
    assert clean, said


def test_maps_without_a_bit_to_spare(tmp_build):
    """As the mkfs of 1992 made them: the last zone, which has no bit in the map, is left alone."""
    zones = 2 + 1 + 1 + 2048 // 32 + 8191
    path = disk.minix(os.path.join(tmp_build, "hdb.img"), zones, 1, 14, inodes=2048)
    assert struct.unpack("<4H", disk.peek(path, 1024 + 2, 8)) == (zones, 1, 1, zones - 8191)
    disk.patch(path, 1024 + 2, struct.pack("<H", zones + 1))
    with open(path, "ab") as f:
        f.write(b"last" * 256)
    with Guest(mem=32, disks=[path], by_init=False, name="maps") as guest:
        guest.wait_prompt()
        said, status = guest.run(f"mount -t minix {DISK}b /mnt"
                                 " && dd if=/dev/zero of=/mnt/all bs=64k")
        assert status and "No space left" in said
        guest.ok("umount /mnt")
    assert disk.peek(path, zones * 1024, 1024) == b"last" * 256
    disk.patch(path, 1024 + 2, struct.pack("<H", zones))
    clean, said = disk.fsck(path)
    assert clean, said


def mounted_test(name, drive):
    """Run a hidden test of usertests that wants the file system on `drive` on /mnt."""
    drives = [f"{drive},cache=unsafe"]
    with Guest(mem=32, drives=drives, by_init=False, name="mount") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt")
        out, status = guest.run(f"usertests -n mount.{name}", timeout=200)
        assert status == 0 and "1 passed, 0 failed" in out, out
        guest.ok("umount /mnt")


def test_remount_under_a_writer(tmp_build):
    """Read-only means that nobody writes, however a program times its open()."""
    path = disk.minix(os.path.join(tmp_build, "hdb.img"), KILOBYTES)
    mounted_test("remount_race", f"file={path},format=raw")
    clean, said = disk.fsck(path)
    assert clean, said


@pytest.mark.parametrize("what", ["metadata", "data"])
def test_fsync_tells_of_write_errors(what, tmp_build):
    """A block of the inode table, or the first of the data, that cannot be written."""
    path = disk.minix(os.path.join(tmp_build, "hdb.img"), KILOBYTES)
    imap, zmap, first_zone = struct.unpack("<3H", disk.peek(path, 1024 + 4, 6))
    block = 2 + imap + zmap if what == "metadata" else first_zone + 1
    rules = os.path.join(tmp_build, "blkdebug")
    with open(rules, "w", encoding="ascii") as f:
        f.write(f'[inject-error]\nevent = "write_aio"\nerrno = "5"\nsector = "{block * 2}"\n')
    mounted_test(f"fsync_{what}", f"file=blkdebug:{rules}:{path},format=raw")
