"""From power-on to the prompt: sizes of memory, media, and many boots in a row."""
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import harness
from harness import BUILD, Guest
from machine import MACHINE

SIZES = [size for size in (6, 8, 16, 32, 64, 128, 1024, 3500) 
         if MACHINE.fewest <= size <= MACHINE.largest]
BOOTS = 50
AT_ONCE = 4             # half of the time of each goes into init's pauses at power-off
FASTEST_BOOT = 3        # seconds to the prompt; generous, for the machine may be busy
LOWMEM_KB = MACHINE.lowmem_mb * 1024


def meminfo(guest):
    """/proc/meminfo as a dictionary in KB."""
    return {key: int(value) for key, value in
            re.findall(r"^(\w+):\s+(\d+) kB", guest.ok("cat /proc/meminfo"), re.M)}


@pytest.mark.parametrize("size", SIZES)
def test_memory_size(size):
    """The prompt comes, and what `free` counts is the memory that the machine has."""
    with Guest(mem=size, name=f"mem{size}") as guest:
        guest.wait_prompt()
        head, row = guest.ok("free -k | head -n 2").split("\n")[:2]
        names, numbers = head.split(), [int(n) for n in row.split()[1:]]
        free = dict(zip(names, numbers))
        total = free["total"]
        assert total <= size * 1024, "more memory than the machine has"
        assert total >= size * 1024 * 0.95 - 2048, "memory is missing"
        assert free["used"] + free["free"] + free.get("buff/cache", 0) == total
        info = meminfo(guest)
        assert info["MemTotal"] == total
        assert info["MemFree"] < total
        if "HighTotal" in info:
            assert info["HighTotal"] + info["LowTotal"] == total
            assert (info["HighTotal"] > 0) == (size * 1024 > LOWMEM_KB)
            assert info["HighFree"] + info["LowFree"] == info["MemFree"]
        assert guest.ok("ls / | wc -l").strip() != "0"


def test_memory_above_lowmem_is_usable():
    """A program fills more than the lowmem of a large machine: much of that is highmem."""
    mem = min(1500, MACHINE.largest)
    with Guest(mem=mem, name="highmem") as guest:
        guest.wait_prompt()
        out = guest.ok(f"dd if=/dev/zero of=/dev/null bs={mem * 4 // 5}M count=1 2>&1", timeout=300)
        assert "1+0 records out" in out, "not the whole block was in memory"


def test_highmem_argument():
    """highmem= moves the top of a small machine into HIGHMEM and everything still runs."""
    with Guest(mem=64, append="highmem=16M", name="highmem16") as guest:
        guest.wait_prompt()
        info = meminfo(guest)
        assert abs(info.get("HighTotal", 0) - 16384) <= 1024
        guest.ok("seq 1 20000 | sort -r | tail -n 1 | grep -x 1")


def boot_once(_):
    started = time.monotonic()
    with Guest(mem=32, name="boot") as guest:
        guest.wait_prompt()
        seconds = time.monotonic() - started
        guest.ok("echo $((6 * 7)) | grep -x 42")
    return seconds


def test_fifty_boots_in_a_row():
    """Each one reaches the prompt, powers off and leaves a clean root."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        times = list(pool.map(boot_once, range(BOOTS)))
    print(f"{BOOTS} boots, prompt after {min(times):.2f} to {max(times):.2f} s")
    assert len(times) == BOOTS
    assert min(times) < FASTEST_BOOT * harness.SLOWNESS, "on an idle machine it is 0.3 s"


@pytest.mark.only("i386", "the ARM board has no floppy")
def test_floppy_boots_the_same_kernel():
    """The floppy carries the kernel alone; its root is the hard disk."""
    with Guest(kernel=os.path.join(BUILD, "floppy.img"), mem=32, name="floppy") as guest:
        guest.wait_prompt()
        guest.ok("mount | grep ' / '")


def test_reboot_resets_the_machine():
    guest = Guest(mem=32, name="reboot")
    guest.wait_prompt()
    guest.send("reboot\n")
    while guest.expect("\n", harness.POWEROFF_TIMEOUT, allow_end=True) >= 0:
        pass
    assert guest.wait_end() == (0, "guest-reset")
    assert not guest.triple_fault(), "it reset by a triple fault"
    guest.kill()
    clean, said = harness.disk.fsck_root(guest.disk)
    assert clean, said


def test_fsck_after_writes():
    """A run that writes, renames and deletes leaves a root that the host finds clean."""
    with Guest(mem=32, name="writes") as guest:
        guest.wait_prompt()
        guest.ok("mkdir /w && cd /w && for i in $(seq 1 60); do echo $i > f$i; done; mkdir d;"
                 " mv f1 d; ln d/f1 f1; ln -s f2 s; rm f3; mkfifo p; truncate -s 300000 hole;"
                 " dd if=/dev/zero of=big bs=1k count=900 2>/dev/null; rm f4; truncate -s 10 big;"
                 " cd /")


def test_files_survive_a_power_off():
    guest = Guest(mem=32, name="survive")
    guest.wait_prompt()
    guest.ok("seq 1 30000 > /kept; mkdir /dir; mv /kept /dir/kept")
    expected = guest.ok("md5sum < /dir/kept")
    guest.poweroff_keeping_the_disk()
    again = Guest(image=guest.disk, mem=32, name="survive")
    with again:
        again.wait_prompt()
        assert again.ok("md5sum < /dir/kept") == expected
    guest.remove()
