"""Memory runs out: caches give way, in the end a process does; what remains is right and works on.

What happens with swap is in test_swap.py; the tests of single calls and files are usertests
(reclaim, overcommit).
"""
import re

import pytest

from harness import DISK, Guest, Panic
from test_swap import machine, number

BIG = "/var/tmp/big"            # on the disk; /tmp is memory


def without_swap(mem, **more):
    guest = Guest(mem=mem, name="reclaim", **more).wait_prompt()
    guest.ok("swapoff -a")
    return guest


def write_big(guest, mb):
    """A file of that many MB; its checksum."""
    guest.ok(f"dd if=/dev/urandom of={BIG} bs=64k count={mb * 16} 2>/dev/null; sync", timeout=200)
    return guest.ok(f"md5sum {BIG}").split()[0]


@pytest.mark.parametrize("mem,append", [(8, None), (16, None), (64, "highmem=32M")],
                         ids=["8 MB", "16 MB", "highmem"])
def test_hog_without_swap(mem, append):
    """It is killed, with a report of zones and processes; shell and init live on; the memory is
    back at once."""
    with without_swap(mem, append=append) as guest:
        shell = guest.ok("echo $$")
        before = number(guest, "meminfo", "MemFree")
        guest.ok("usertests -n reclaim.memory_is_back", timeout=200)
        assert guest.ok("echo $$") == shell and guest.ok("cat /proc/1/comm").strip() == "init"
        assert number(guest, "meminfo", "MemFree") > before * 0.9
        log = guest.ok("dmesg")
        assert re.search(r"^Normal: \d+ KB of \d+ KB free|^DMA: \d+ KB of", log, re.M), log
        assert re.search(r"^ +1 +0 .* init$", log, re.M), log
        assert re.search(r"^Out of memory: killed process \d+ \(usertests\), \d+ KB resident",
                         log, re.M), log


def test_fork_bomb_without_swap():
    with without_swap(16) as guest:
        guest.ok("usertests -n limits.fork_bomb limits.memory_hog", timeout=200)
        assert guest.ok("cat /proc/1/comm").strip() == "init"


def test_files_in_memory_leave_room():
    """Two tmpfs, each allowed half of RAM, do not fill it: nobody's death would free it."""
    with without_swap(16) as guest:
        for path in ("/tmp/a", "/dev/shm/a"):
            said, status = guest.run(f"dd if=/dev/zero of={path} bs=64k")
            assert status == 1 and "No space left" in said, said
        guest.ok("ls -l /; ps; rm /tmp/a /dev/shm/a")
        assert number(guest, "vmstat", "oom_kill") == 0


def test_panic_on_oom():
    with pytest.raises(Panic, match="panic_on_oom"):
        with without_swap(16) as guest:
            guest.ok("echo 1 > /proc/sys/vm/panic_on_oom; usertests -n reclaim.memory_is_back",
                     timeout=200)


def test_files_larger_than_memory():
    """Read by several at once, they are read right, and nobody is killed for it."""
    with without_swap(12) as guest:
        md5 = write_big(guest, 16)
        guest.ok(f"for i in 1 2 3; do md5sum {BIG} > /tmp/sum$i & done; wait", timeout=200)
        assert guest.ok("cat /tmp/sum*").count(md5) == 3
        assert number(guest, "vmstat", "oom_kill") == 0
        assert number(guest, "vmstat", "pgsteal") > 4000


def test_all_memory_is_dirty():
    """Writers and somebody who needs memory: the disk is waited for, nobody is killed."""
    with without_swap(16) as guest:
        md5 = write_big(guest, 4)
        guest.ok(f"for i in 1 2 3; do cat {BIG} {BIG} > {BIG}$i & done; usertests -n -q mem; wait",
                 timeout=300)
        sums = guest.ok(f"for i in 1 2 3; do head -c {4 << 20} {BIG}$i | md5sum;"
                        f" tail -c {4 << 20} {BIG}$i | md5sum; done", timeout=200)
        assert sums.count(md5) == 6, sums
        assert number(guest, "vmstat", "oom_kill") == 0


def test_swappiness(tmp_build):
    """Reading a large file: at 0 an idle process keeps its pages, at 100 it gives them."""
    with machine(tmp_build, 16, 32) as guest:
        write_big(guest, 12)
        guest.ok("SWAP_MB=4 usertests -n swapped.hold > /tmp/out 2>&1 & sleep 1")
        for swappiness, gives in ((0, False), (100, True)):
            before = number(guest, "vmstat", "pswpout")
            guest.ok(f"echo {swappiness} > /proc/sys/vm/swappiness;"
                     f" for i in 1 2 3; do cat {BIG} > /dev/null; done")
            out = number(guest, "vmstat", "pswpout") - before
            assert (out > 200) == gives, f"{out} pages went to swap at swappiness {swappiness}"
        guest.ok("kill -USR1 $(cat /tmp/hold.pid); wait; grep 'ok swapped.hold' /tmp/out")


def test_min_free(tmp_build):
    """What min_free_kbytes asks for stays free, whatever is read and written."""
    with machine(tmp_build, 16, 32) as guest:
        write_big(guest, 12)
        guest.ok("echo 3000 > /proc/sys/vm/min_free_kbytes")
        guest.ok(f"cat {BIG} > /dev/null; usertests -n mem; cat {BIG} > /dev/null; sleep 1",
                 timeout=200)
        assert number(guest, "meminfo", "MemFree") >= 2900


def hogs_of_kernel_memory(guest, test):
    """A test fills memory that the kernel keeps; shell and init live, and the memory is back."""
    shell = guest.ok("echo $$")
    guest.ok("sync; echo 3 > /proc/sys/vm/drop_caches")
    before = number(guest, "meminfo", "MemFree")
    guest.ok(f"usertests -n {test}", timeout=200)
    assert guest.ok("echo $$") == shell and guest.ok("cat /proc/1/comm").strip() == "init"
    guest.ok("sync; echo 3 > /proc/sys/vm/drop_caches")
    after = number(guest, "meminfo", "MemFree")
    assert after > before - 600, f"{before} KB were free, now {after} KB are"


@pytest.mark.parametrize("what", ["pipes", "mappings", "tables", "messages", "symlinks",
                                  "segments", "segment_table", "shared_file"])
def test_kernel_memory(what):
    """Those who hold it are killed, or refused; not the shell, which has next to nothing."""
    with without_swap(16) as guest:
        hogs_of_kernel_memory(guest, f"mmregress.fill_{what}")


def test_lowmem_alone_is_short(tmp_build):
    """Page tables fill lowmem; free highmem and free swap are no help, and are left in peace."""
    with machine(tmp_build, 64, 32, append="highmem=48M") as guest:
        hogs_of_kernel_memory(guest, "mmregress.fill_tables")
        assert re.search(r"^HighMem: \d{5} KB of", guest.ok("dmesg"), re.M)
