"""POSIX threads of glibc and musl: guests/pthreads.c, each check a test with each library.

The checks are judged by running the program with glibc on the host first. In the guest it lies
on a second disk, and the guest has half of its memory in the highmem zone.
"""
import os
import re
import subprocess

import pytest

import harness
from harness import DISK, Guest

GUESTS = os.path.join(harness.TOP, "tests", "guests")
LIBRARIES = ("glibc", "musl")
TIMEOUT = 100           # the program itself ends a check after 60 s


def names():
    """The checks' names, from the tables in the source."""
    found = []
    for file in sorted(os.listdir(GUESTS)):
        if re.fullmatch(r"pthread.*\.c", file):
            with open(os.path.join(GUESTS, file), encoding="utf-8") as f:
                found += re.findall(r'^\t\{ "(\w+)", \w+, 0 \},', f.read(), re.M)
    return found


NAMES = names()


@pytest.fixture(scope="module")
def programs():
    """The folder with the two programs, and an image of it."""
    image = os.path.relpath(os.path.join(harness.BUILD, "guests.img"), harness.TOP)
    subprocess.run(["make", "-s", "-C", harness.TOP, f"ARCH={harness.ARCH}", image], check=True)
    return os.path.join(harness.BUILD, "guests")


class ThreadsGuest:
    """Boots when first asked for, and again when a test has killed it."""

    def __init__(self, image):
        self.image = image
        self.guest = None

    def get(self):
        if self.guest is None or not self.guest.alive():
            self.guest = Guest(mem=96, append="highmem=48M", disks=[self.image],
                               name="threads").wait_prompt()
            self.guest.ok(f"mkdir -p /mnt && mount -t minix -o ro {DISK}b /mnt && cd /tmp")
        return self.guest


@pytest.fixture(scope="module")
def threads_guest(programs):
    holder = ThreadsGuest(programs + ".img")
    yield holder
    if holder.guest and holder.guest.alive():
        holder.guest.ok("cd /; umount /mnt")
        holder.guest.poweroff()


@pytest.fixture
def guest(threads_guest, request):
    guest = threads_guest.get()
    harness.touched.append(guest)
    yield guest
    if getattr(request.node, "has_failed", False):
        guest.kill()


@pytest.mark.only("i386", "the host runs programs of a PC")
def test_checks_hold_on_the_host(programs, tmp_build):
    """What the checks expect is what the library does where it is at home."""
    program = os.path.join(programs, "pthreads-glibc")
    done = subprocess.run([program], cwd=tmp_build, stdout=subprocess.PIPE, text=True, timeout=600,
                          check=False)
    assert done.returncode == 0, done.stdout
    assert sorted(re.findall(r"^ok \d+ - (\w+)$", done.stdout, re.M)) == sorted(NAMES)
    assert f"1..{len(NAMES)}\n" in done.stdout


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_check_is_left_out(guest, library):
    assert NAMES and sorted(guest.ok(f"/mnt/pthreads-{library} -l").split()) == sorted(NAMES)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", NAMES)
def test_threads(guest, name, library):
    out, status = guest.run(f"/mnt/pthreads-{library} {name}", timeout=TIMEOUT)
    assert status == 0 and f"ok 1 - {name}\n1..1\n" in out, out


FREE = r"^(?:MemFree|Buffers|Cached|SReclaimable): +(\d+)"
ROUNDS = 4


def free_memory(guest):
    """Kilobytes that are free or could be."""
    guest.ok("sync; echo 3 > /proc/sys/vm/drop_caches; sleep 1.3")
    return sum(int(n) for n in re.findall(FREE, guest.ok("cat /proc/meminfo"), re.M))


@pytest.mark.parametrize("library", LIBRARIES)
def test_killed_at_random(guest, library):
    """Programs with many threads are killed at any moment: all that they had comes back."""
    program = f"pthreads-{library}"
    storm = (f"for i in 1 2 3 4 5 6 7 8; do /mnt/{program} > /dev/null 2>&1 & p=$!; "
             "usleep $((RANDOM * 40)); kill -9 $p; "
             f"while killall -9 {program} 2> /dev/null; do :; done; wait; done")
    kept = []
    for _ in range(ROUNDS):
        before = free_memory(guest)
        guest.run(storm, timeout=200)
        kept.append(before - free_memory(guest))
        if kept[-1] <= 0:
            return
    pytest.fail(f"each of {ROUNDS} storms kept memory: {kept} KB")
