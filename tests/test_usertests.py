"""user/usertests: the user-level C tests, each a test of its own.

`usertests NAME` runs one; it prints what failed and exits nonzero. Each is run between two
readings of the free memory in the guest, which have to agree: a kernel that loses a page in
a system call loses it here.
"""
import os
import re

import pytest

import harness

SOURCES = os.path.join(harness.TOP, "user")
TIMEOUT = 240
LEAK_KB = 64            # what the slab and the buffer cache may keep from one test to the next
SETTLE_RUNS = 3


def names():
    """The tests' names, from the tables in the sources: {"subject.name", function, flags}."""
    found = []
    for folder, _, files in sorted(os.walk(SOURCES)):
        for file in sorted(files):
            if "usertests" in folder and file.endswith(".c"):
                with open(os.path.join(folder, file), encoding="utf-8") as f:
                    found += re.findall(r'^\s*\{\s*"(\w+\.[\w-]+)",', f.read(), re.M)
    return list(dict.fromkeys(found))


NAMES = names()


def free_kb(guest):
    """Memory that is free or can be at once: page cache and buffers do not count as lost."""
    info = dict(re.findall(r"^(\w+):\s+(\d+) kB", guest.ok("sync; cat /proc/meminfo"), re.M))
    return sum(int(info.get(key, 0)) for key in ("MemFree", "Buffers", "Cached"))


def test_list_in_the_guest_is_the_list_here(sh):
    """No test of the program is left out."""
    assert NAMES, "no table of tests found in user/usertests/*.c"
    assert sorted(sh.ok("usertests -l").split()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_user(name, sh):
    out, status = sh.run(f"usertests {name}", timeout=TIMEOUT)
    assert status == 0, f"usertests {name} ended with status {status}:\n{out}"
    before = free_kb(sh)
    for _ in range(SETTLE_RUNS):
        sh.ok(f"usertests {name}", timeout=TIMEOUT)
        after = free_kb(sh)
        if after >= before - LEAK_KB:
            return
        before = after
    raise AssertionError(f"every run of {name} loses memory: {before} KB, then {after} KB are free")
