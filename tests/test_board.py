"""What only the ARM board has: virtio disks in all their places, old and new, several commands
under way at once, a disk that cannot be written; the clock chip, the interrupt controller, the
lights.
"""
import os
import re
import struct
import time

import pytest

import disk
from harness import Guest
from machine import MACHINE

pytestmark = pytest.mark.only("arm", "the vexpress-a9 board")
KINDS = pytest.mark.parametrize("kind", ["legacy", "modern"])


def kind_args(kind):
    return MACHINE.disk_modes[kind][1] if MACHINE.arch == "arm" else []


def sparse(folder, name, sectors):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.truncate(sectors * 512)
    return path


@KINDS
def test_four_disks(kind, tmp_build):
    """All places are found; disks are named in the order of QEMU's arguments."""
    sizes = [1000, 2222, 30303]
    disks = [sparse(tmp_build, f"disk{n}", sectors) for n, sectors in enumerate(sizes)]
    with Guest(name="board", disks=disks, args=kind_args(kind)) as g:
        g.wait_prompt()
        for letter, sectors in zip("bcd", sizes):
            assert g.ok(f"blockdev --getsz /dev/vd{letter}").split() == [str(sectors)]
            g.ok(f"echo this is {letter} |"
                 f" dd of=/dev/vd{letter} bs=512 seek=9 conv=sync,fsync 2>/dev/null")
    for letter, path in zip("bcd", disks):
        with open(path, "rb") as f:
            f.seek(9 * 512)
            assert f.read(10) == f"this is {letter}\n".encode()


@KINDS
def test_commands_under_way_at_once(kind, tmp_build):
    """A slow disk gets the next command before it has answered the one before."""
    path, trace = sparse(tmp_build, "slow", 8192), os.path.join(tmp_build, "trace")
    with Guest(name="board", drives=[f"file={path},format=raw,throttling.iops-total=40"],
               args=[*kind_args(kind), "-D", trace,
                     "-d", "trace:virtio_blk_handle_read,trace:virtio_blk_rw_complete"]) as g:
        g.wait_prompt()
        g.ok("for i in 1 2 3 4 5 6 7 8; do "
             "dd if=/dev/vdb of=/dev/null bs=4k skip=$((i * 100)) count=4 2>/dev/null & done; wait")
    most = under_way = 0
    with open(trace, encoding="utf-8", errors="replace") as f:
        for line in f:
            under_way += 1 if "handle_read" in line else -1 if "rw_complete" in line else 0
            most = max(most, under_way)
    assert most >= 4, f"at most {most} reads at once"


def test_few_descriptors(tmp_build):
    """A command for this disk names two pages at most: what is asked for at once is done in parts,
    and a bad sector in one of them spoils one page."""
    path = disk.minix(os.path.join(tmp_build, "disk"), 4000)
    sector = 2 * (struct.unpack("<H", disk.peek(path, 1024 + 8, 2))[0] + 100)
    rules = os.path.join(tmp_build, "rules")
    with open(rules, "w", encoding="ascii") as f:
        f.write(f'[inject-error]\nevent = "read_aio"\nerrno = "5"\niotype = "read"\n'
                f'sector = "{sector}"\n')
    with Guest(name="board", drives=[f"file=blkdebug:{rules}:{path},format=raw"],
               args=["-global", "virtio-blk-device.queue-size=4"]) as g:
        g.wait_prompt()
        out, status = g.run("mount -t minix /dev/vdb /mnt && usertests -n mount.bad_page")
        assert status == 0 and "1 passed, 0 failed" in out, out
        g.ok("umount /mnt")


@KINDS
def test_disk_that_cannot_be_written(kind, tmp_build):
    path = sparse(tmp_build, "constant", 4096)
    with Guest(name="board", drives=[f"file={path},format=raw,readonly=on"],
               args=kind_args(kind)) as g:
        g.wait_prompt()
        assert "read-only" in g.ok("dmesg | grep ^vdb:")
        said, status = g.run("echo x >/dev/vdb")
        assert status != 0 and "Read-only" in said
        g.ok("cat /dev/vdb >/dev/null; test $(blockdev --getro /dev/vdb) = 1")


@KINDS
def test_flush(kind, tmp_build):
    """sync and fsync end after the disk has emptied its cache; that this fails is told."""
    path, rules = sparse(tmp_build, "disk", 4096), os.path.join(tmp_build, "rules")
    with open(rules, "w", encoding="ascii") as f:
        f.write('[inject-error]\nevent = "flush_to_disk"\nerrno = "5"\nonce = "on"\n')
    with Guest(name="board", drives=[f"file=blkdebug:{rules}:{path},format=raw,cache=writeback"],
               args=kind_args(kind)) as g:
        g.wait_prompt()
        write = "dd if=/dev/zero of=/dev/vdb bs=1k count=4 conv=fsync"
        said, status = g.run(write)
        assert status != 0 and "Input/output error" in said
        assert "cannot be flushed" in g.ok("dmesg")
        g.ok(write)


@pytest.mark.parametrize("base, date", [("2021-02-28T23:59:00", "2021-0[23]"),
                                        ("2000-01-01T00:00:00", "2000-01-01"),
                                        ("2040-01-01T00:00:00", "2038-01-19")])
def test_clock(base, date):
    """The date at power-on is the clock chip's; one after the end of 32 bits does no harm."""
    with Guest(name="board", args=["-rtc", f"base={base},clock=vm"], check_root=False) as g:
        g.wait_prompt()
        assert re.match(date, g.ok("date -u +%F").strip())


def test_interrupts_and_lights():
    with Guest(name="board") as g:
        g.wait_prompt()

        def count(name):
            return sum(int(n) for n in re.findall(rf"(\d+)  GIC  {name}$",
                                                  g.ok("cat /proc/interrupts"), re.M))

        before = count("timer"), count("virtio")
        g.ok("sleep 1; dd if=/dev/vda of=/dev/null bs=64k count=20 skip=100 2>/dev/null")
        assert 90 <= count("timer") - before[0] <= 400
        assert count("virtio") > before[1] and count("serial") > 0
        assert "SPU:          0" in g.ok("cat /proc/interrupts")
        seen, end = set(), time.monotonic() + 60
        while len(seen) < 2 and time.monotonic() < end:
            seen.add(g.qmp.monitor("xp /1wx 0x10000008").strip())
            time.sleep(0.1)
        assert len(seen) == 2, f"the heartbeat's light does not change: {seen}"
