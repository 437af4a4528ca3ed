"""Machines that are short of memory and have swap: what was written is read, whoever else wants
memory, whether swap comes or goes meanwhile, and whatever the disk refuses; slots are free again in
the end.
"""
import glob
import os
import re
import subprocess

import pytest

import disk
import harness
from harness import DISK, Guest
from machine import MACHINE
from test_usertests import NOT_STEADY, SOURCES

SLACK_KB = 64           # what may come and go between two looks
SBIN = {**os.environ, "PATH": os.environ["PATH"] + ":/sbin:/usr/sbin"}


def swap_disk(folder, mb):
    """A disk image that is one swap area."""
    path = os.path.join(folder, "swap.img")
    with open(path, "wb") as f:
        f.truncate(mb << 20)
    subprocess.run(["mkswap", path], check=True, env=SBIN, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return path


def machine(folder, mem, mb, **more):
    """A guest whose only swap is the second disk, of that many MB."""
    guest = Guest(mem=mem, disks=[swap_disk(folder, mb)], name="swap", **more).wait_prompt()
    guest.ok(f"swapoff -a; swapon {DISK}b")
    return guest


def number(guest, file, label):
    return int(re.search(rf"^{label}:?\s+(\d+)", guest.ok(f"cat /proc/{file}"), re.M)[1])


def pressure(guest, *mbs, after="", timeout=900):
    """Runs a program for each of the numbers, on so many MB, all at once, and `after` meanwhile;
    each must find what it wrote."""
    test = f"usertests -n -t {timeout} swapped.pressure"
    starts = " ".join(f"SWAP_MB={mb} {test} > /tmp/out{n} 2>&1 &" for n, mb in enumerate(mbs))
    guest.ok(f"{starts} {after} wait", timeout=timeout)
    out = guest.ok("cat /tmp/out*; rm /tmp/out*")
    assert out.count("ok swapped.pressure") == len(mbs), out


def check_slots(guest):
    """No slot is in use that nobody names: only init, the shell and the like may have some. All is
    read by one program, for another command would bring pages of the shell back meanwhile."""
    guest.ok("sync; echo 3 > /proc/sys/vm/drop_caches")
    said = guest.ok("cat /proc/meminfo /proc/[0-9]*/status 2>/dev/null; true")
    total, free, cached = (int(re.search(rf"^{label}:\s+(\d+)", said, re.M)[1])
                           for label in ("SwapTotal", "SwapFree", "SwapCached"))
    owned = sum(map(int, re.findall(r"^VmSwap:\s+(\d+)", said, re.M)))
    assert total - free <= owned + cached + SLACK_KB, \
        f"{total - free} KB in use, but {owned} KB named by processes, {cached} KB cached"


@pytest.mark.parametrize("mem,append", [(16, None), (8, None), (64, "highmem=48M")],
                         ids=["16 MB", "8 MB", "highmem"])
def test_three_times_the_memory(mem, append, tmp_build):
    with machine(tmp_build, mem, 4 * mem, append=append) as guest:
        pressure(guest, 3 * mem)
        assert number(guest, "vmstat", "pswpin") > 1000
        assert number(guest, "vmstat", "pswpout") > 1000
        check_slots(guest)
        guest.ok("swapoff -a")


def test_many_small_mappings(tmp_build):
    """Thousands of mappings of a page each go to swap like one large one."""
    with machine(tmp_build, 16, 64) as guest:
        guest.ok("SWAP_MB=24 usertests -n swapped.islands", timeout=200)
        assert number(guest, "vmstat", "oom_kill") == 0
        check_slots(guest)


def test_to_the_last_slot(tmp_build):
    with machine(tmp_build, 40, 48) as guest:
        guest.ok("usertests -n swapped.to_the_last_slot", timeout=200)
        assert number(guest, "vmstat", "oom_kill") == 0
        check_slots(guest)


def test_ten_at_once(tmp_build):
    """Each of them touches as much as the one on a machine of 16 MB."""
    with machine(tmp_build, 32, 560) as guest:
        pressure(guest, *[48] * 10)
        check_slots(guest)


def test_swapoff_under_load(tmp_build):
    """It moves everything back or fails, again and again; nothing is lost either way."""
    turns = (f"for i in 1 2 3 4 5 6 7 8; do swapoff {DISK}b && echo off >> /var/tmp/turns; sleep 1;"
             f" swapon {DISK}b; sleep 1; done 2>> /var/tmp/turns;")
    with machine(tmp_build, 32, 64) as guest:
        pressure(guest, 12, 12, after=turns)
        said = guest.ok("cat /var/tmp/turns; rm /var/tmp/turns")
        assert "off" in said or "memory" in said, said
        guest.run(f"swapon {DISK}b")
        check_slots(guest)
        guest.ok(f"swapoff {DISK}b")
        assert number(guest, "meminfo", "SwapTotal") == 0


def test_swapoff_without_room(tmp_build):
    """What does not fit into memory stays in swap, and in use."""
    with machine(tmp_build, 16, 64) as guest:
        guest.ok("SWAP_MB=32 usertests -n swapped.hold > /tmp/out 2>&1 & sleep 4")
        said, status = guest.run(f"swapoff {DISK}b", timeout=200)
        assert status != 0 and "memory" in said.lower(), said
        assert number(guest, "meminfo", "SwapTotal") > 60000
        guest.ok("kill -USR1 $(cat /tmp/hold.pid); wait; cat /tmp/out")
        assert "ok swapped.hold" in guest.ok("cat /tmp/out")
        guest.ok(f"swapoff {DISK}b")


def test_swapoff_gives_way(tmp_build):
    """Who needs memory while an area is emptied gets its slots back: swapoff fails, all live."""
    path = swap_disk(tmp_build, 64)
    slow = f"file={path},format=raw,throttling.bps-read=1000000"
    with Guest(mem=16, name="swap", drives=[slow]) as guest:
        guest.wait_prompt().ok(f"swapoff -a; swapon {DISK}b")
        guest.ok("SWAP_OUT=1 SWAP_MB=8 usertests -n swapped.hold > /tmp/out 2>&1 &"
                 " while [ ! -e /tmp/hold.pid ]; do sleep 1; done")
        guest.ok(f"swapoff {DISK}b 2> /tmp/off & sleep 1;"
                 " SWAP_MB=13 usertests -n swapped.pressure > /tmp/out2;"
                 " kill -USR1 $(cat /tmp/hold.pid); wait", timeout=300)
        assert "ok swapped.hold" in guest.ok("cat /tmp/out")
        assert "ok swapped.pressure" in guest.ok("cat /tmp/out2")
        assert number(guest, "vmstat", "oom_kill") == 0
        assert "memory" in guest.ok("cat /tmp/off").lower()
        assert number(guest, "meminfo", "SwapTotal") > 60000


def test_swapoff_interrupted(tmp_build):
    """A signal ends it half-way; nothing is lost, and the area stays in use."""
    path = swap_disk(tmp_build, 64)
    slow = f"file={path},format=raw,throttling.bps-read=3000000"
    with Guest(mem=64, name="swap", drives=[slow]) as guest:
        guest.wait_prompt().ok(f"swapoff -a; swapon {DISK}b")
        guest.ok("SWAP_OUT=1 SWAP_MB=12 usertests -n swapped.hold > /tmp/out 2>&1 &"
                 " while [ ! -e /tmp/hold.pid ]; do sleep 1; done")
        in_use = number(guest, "meminfo", "SwapTotal") - number(guest, "meminfo", "SwapFree")
        assert in_use > 8000, f"only {in_use} KB are in swap"
        guest.run(f"timeout -s INT 1 swapoff {DISK}b")
        assert number(guest, "meminfo", "SwapTotal") > 60000
        left = number(guest, "meminfo", "SwapTotal") - number(guest, "meminfo", "SwapFree")
        assert 0 < left < in_use, f"{left} KB of {in_use} KB are left"
        guest.ok("kill -USR1 $(cat /tmp/hold.pid); wait", timeout=200)
        assert "ok swapped.hold" in guest.ok("cat /tmp/out")
        guest.ok(f"swapoff {DISK}b")


# Of the slow tests those that have to do with memory; and two that need a large machine.
MEMORY = ("mem", "remap", "vmcall", "uaccess", "model", "swap", "swapped", "reclaim", "overcommit",
          "tmpfs", "shm", "locked", "mmregress", "ipc", "pagemap", "threads", "futex", "errno",
          "limits.memory_hog", "limits.fork_bomb")


def slow_tests():
    """The slow tests of these subjects, from the tables in the source."""
    names = []
    for file in sorted(glob.glob(f"{SOURCES}/*.c")):
        with open(file, encoding="utf-8") as f:
            names += re.findall(r'^\t\{ "(\w+\.[\w.-]+)", \w+, SLOW', f.read(), re.M)
    return [name for name in names if name in MEMORY or name.split(".")[0] in MEMORY]


@pytest.mark.parametrize("mem,append", [(8, None), (64, f"root={DISK}a1 highmem=32M")],
                         ids=["8 MB", "half of it highmem"])
def test_user_level_tests(mem, append, tmp_build):
    """All but those that are slow for other reasons, with their search for what is lost."""
    with machine(tmp_build, mem, 64, append=append) as guest:
        for what, at_least in (("-q", 300), (" ".join(slow_tests()), 8)):
            out, status = guest.run(f"usertests {what} 2>&1", timeout=600)
            assert status == 0 and " 0 failed" in out and NOT_STEADY not in out, out
            assert len(re.findall(r"^ok ", out, re.M)) >= at_least, out
        check_slots(guest)


def old_swap(folder, good, pages=8192, tail=b"SWAP-SPACE"):
    """An area as the tool of 1992 prepared it: `good` are the pages that the bitmap calls so."""
    bitmap = bytearray(4096)
    for n in good:
        bitmap[n // 8] |= 1 << n % 8
    bitmap[-len(tail):] = tail
    path = os.path.join(folder, "old.img")
    with open(path, "wb") as f:
        f.write(bitmap)
        f.truncate(pages * 4096)
    return path


def test_area_of_1992(tmp_build):
    """The bitmap says which pages may be used, and the others keep what they hold."""
    bad = {n for n in range(1, 8192) if n % 100 == 7}
    path = old_swap(tmp_build, set(range(1, 8192)) - bad)
    mark = b"not to be touched".ljust(4096, b".")
    for n in bad:
        disk.patch(path, n * 4096, mark)
    with Guest(mem=16, disks=[path], name="swap") as guest:
        guest.wait_prompt().ok(f"swapoff -a; swapon {DISK}b")
        assert number(guest, "meminfo", "SwapTotal") == (8191 - len(bad)) * 4
        pressure(guest, 24)
        assert number(guest, "vmstat", "pswpout") > 1000
        check_slots(guest)
        guest.ok(f"swapoff {DISK}b")
    assert all(disk.peek(path, n * 4096, 4096) == mark for n in bad)


@pytest.fixture(scope="module")
def old_swap_guest():
    """A guest whose second disk has room for an area of 40 pages."""
    folder = harness._fresh_dir("oldswap")
    path = old_swap(folder, range(1, 40), 40)
    guest = Guest(disks=[path], name="oldswap").wait_prompt()
    yield guest, folder, path
    guest.poweroff()


@pytest.mark.parametrize("what,good,tail,said", [
    ("its own page", range(0, 40), b"SWAP-SPACE", "gives its own page away"),
    ("too many pages", range(1, 41), b"SWAP-SPACE", "shorter than its bitmap says"),
    ("the last bit of all", [1, 32687], b"SWAP-SPACE", "shorter than its bitmap says"),
    ("no page", [], b"SWAP-SPACE", "has no good page"),
    ("another signature", range(1, 40), b"SWAP_SPACE", "no signature"),
])
def test_bad_area_of_1992(what, good, tail, said, old_swap_guest):
    guest, folder, path = old_swap_guest
    old_swap(folder, good, 40, tail)
    printed, status = guest.run(f"swapon {DISK}b")
    assert status and "Invalid argument" in printed, what
    assert "swapon: " in guest.ok("dmesg | tail -n 1") and said in guest.ok("dmesg | tail -n 1")
    old_swap(folder, range(1, 40), 40)
    guest.ok(f"swapon {DISK}b; grep -q '{DISK}b.*156' /proc/swaps; swapoff {DISK}b")


def test_files_and_priorities(tmp_build):
    """A file is swap as good as a partition; what has the highest priority is used first."""
    with machine(tmp_build, 16, 32) as guest:
        guest.ok("dd if=/dev/zero of=/var/tmp/s bs=64k count=128; mkswap /var/tmp/s; swapoff -a")
        guest.ok(f"swapon /var/tmp/s; swapon {DISK}b")
        pressure(guest, 22)
        swaps = guest.ok("cat /proc/swaps")
        assert re.search(r"^/var/tmp/s +file\t+\d+\t+\d+\t+-\d+$", swaps, re.M), swaps
        pressure(guest, 8, 8, after="swapoff /var/tmp/s;")
        guest.ok("rm /var/tmp/s")
        check_slots(guest)


def test_files_of_a_read_only_disk(tmp_build):
    """They are no swap; and as long as one is swap its disk does not become read-only."""
    path = disk.minix(os.path.join(tmp_build, "files.img"), 8192)
    with Guest(mem=32, disks=[path], name="swap") as guest:
        guest.wait_prompt().ok(f"mount -t minix {DISK}b /mnt;"
                               " dd if=/dev/zero of=/mnt/s bs=64k count=32;"
                               " mkswap /mnt/s; swapon /mnt/s")
        said, status = guest.run("mount -o remount,ro /mnt")
        assert status != 0 and "busy" in said, said
        guest.ok("swapoff /mnt/s; mount -o remount,ro /mnt")
        said, status = guest.run("swapon /mnt/s")
        assert status != 0 and "Read-only" in said, said
        guest.ok("umount /mnt")


def test_swap_file_at_power_off():
    """Init gives it up, so that the disk on which it lies is left clean."""
    with Guest(mem=32, name="swap", by_init=True) as guest:
        guest.wait_prompt().ok("dd if=/dev/zero of=/var/tmp/s bs=64k count=32;"
                               " mkswap /var/tmp/s; swapon /var/tmp/s")


def bad_disk(folder, what, slots):
    """A machine whose swap disk refuses to read or to write some slots."""
    path = swap_disk(folder, 32)
    rules = os.path.join(folder, "blkdebug")
    with open(rules, "w", encoding="ascii") as f:
        for slot in slots:
            f.write(f'[inject-error]\nevent = "{what}_aio"\niotype = "{what}"\nerrno = "5"\n'
                    f'sector = "{slot * 8 + 3}"\n')
    guest = Guest(mem=16, name="swap",
                  drives=[f"file=blkdebug:{rules}:{path},format=raw"])
    guest.wait_prompt().ok(f"swapoff -a; swapon {DISK}b")
    return guest


def test_read_errors(tmp_build):
    """SIGBUS for who touches such a page, and only for him."""
    with bad_disk(tmp_build, "read", range(1000, 1010)) as guest:
        said, status = guest.run("SWAP_MB=22 usertests -n swapped.pressure", timeout=200)
        assert status != 0 and "signal 7" in said, said
        assert "swap: cannot read slot 100" in guest.ok("dmesg")
        pressure(guest, 6)
        said, status = guest.run("swapoff -a")
        # A page of the shell may be among them.
        assert status == 0 or "Input/output error" in said, said
        assert (status == 0) == (number(guest, "meminfo", "SwapTotal") == 0)


def test_write_errors(tmp_build):
    """What cannot be written stays in memory, and is right."""
    with bad_disk(tmp_build, "write", range(1000, 1010)) as guest:
        pressure(guest, 22)
        assert "swap: cannot write slot 100" in guest.ok("dmesg")
        check_slots(guest)
        guest.qmp.command("query-status")       # collects QEMU's messages about errors
        errors = sum(e["event"] == "BLOCK_IO_ERROR" for e in guest.qmp.events)
        assert errors < 100, f"{errors} attempts to write ten slots"


@pytest.mark.only("i386", "virtio has no time-outs")
def test_disk_that_dies(tmp_build):
    """It answers no more: who has pages there gets SIGBUS when it is given up; swapoff works."""
    drive = f"file={swap_disk(tmp_build, 16)},format=raw,if=ide,index=2,id=dying"
    with Guest(mem=64, args=["-drive", drive], name="swap") as guest:
        guest.wait_prompt().ok("swapoff -a; swapon /dev/hdc; rm -f /tmp/hold.pid")
        guest.ok("SWAP_OUT=1 SWAP_MB=4 usertests -n swapped.hold > /tmp/out 2>&1 &")
        assert harness.wait_until(lambda: guest.run("[ -s /tmp/hold.pid ]")[1] == 0)
        guest.qmp.command("block_set_io_throttle", device="dying", bps=1, bps_rd=0, bps_wr=0,
                          iops=0, iops_rd=0, iops_wr=0)
        guest.ok("dd if=/dev/hdc of=/dev/null bs=1k skip=16000 count=1")	# the last answer
        said = guest.ok("kill -USR1 $(cat /tmp/hold.pid); wait; cat /tmp/out", timeout=200)
        assert "signal 7" in said, said
        assert "hdc: does not answer, given up" in guest.ok("dmesg")
        guest.ok("swapoff /dev/hdc")


def test_at_boot():
    """swap= names the area for the kernel; without it /etc/fstab does."""
    with Guest(mem=32, name="swap") as guest:
        guest.wait_prompt()
        assert f"Swap: {DISK}a2, 16380 KB" in guest.ok("dmesg")
        assert number(guest, "meminfo", "SwapTotal") == 16380
    with Guest(mem=32, name="swap",
               append=f"root={DISK}a1 console={MACHINE.console} swap={DISK}d9") as guest:
        guest.wait_prompt()
        assert f"Cannot use swap={DISK}d9" in guest.ok("dmesg")
        assert f"{DISK}a2" in guest.ok("cat /proc/swaps")
        guest.ok("free | grep -q 'Swap: *16380'")
