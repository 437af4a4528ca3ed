"""The demonstrations in user/: what they tell, they check; here on machines of several kinds.

Each ends with "NAME: N facts, all true". The story is part of the test: a demonstration that
says less than it did has lost something.
"""
import re

import pytest

from harness import DISK, Guest

# Facts that each tells at least.
DEMOS = {"cow": 10, "zeropage": 10, "demandload": 9, "mapfile": 11, "shm": 13}

MACHINES = {
    "8 MB": dict(mem=8),
    "64 MB, half of it highmem": dict(mem=64, append="highmem=32M"),
    "1 GB": dict(mem=1024),
}


def check(name, out, status):
    told = re.search(rf"^{name}: (\d+) facts, all true$", out, re.M)
    assert status == 0 and told and "    NO  " not in out, f"{name} ended with {status}:\n{out}"
    assert int(told.group(1)) >= DEMOS[name], out


@pytest.mark.parametrize("name", DEMOS)
def test_demo(name, sh):
    check(name, *sh.run(name))


@pytest.mark.parametrize("machine", MACHINES)
def test_demos_everywhere(machine):
    with Guest(**MACHINES[machine]) as guest:
        guest.wait_prompt()
        for name in DEMOS:
            check(name, *guest.run(name))
            check(name, *guest.run(f"su user -c 'cd /tmp; {name}'"))
        out = guest.ok("maps; maps 1")
        assert out.count("[stack]") == 2 and "[heap]" in out, out
        assert re.search(r"pages: \[mzzmzzmzz\.{7}\]", out), out


def test_storm_in_a_large_machine():
    """Half of the swap is room enough for what the kernel itself takes for so much memory."""
    with Guest(mem=1024) as guest:
        guest.wait_prompt()
        assert "swapstorm: 4 facts, all true" in guest.ok("swapstorm", timeout=600)


def test_maps_of_others(sh):
    """An ordinary user sees the memory of his own processes only."""
    assert "ermission denied" in sh.run("su user -c 'maps 1' 2>&1")[0]
    assert "ermission denied" in sh.run("su user -c 'cat /proc/1/pagemap' 2>&1")[0]
    assert "ermission denied" in sh.run("su user -c 'cat /proc/1/smaps' 2>&1")[0]
    assert "[stack]" in sh.ok("su user -c 'maps'")


@pytest.fixture(scope="module")
def small():
    """16 MB of memory and the image's 16 MB of swap."""
    with Guest(mem=16) as guest:
        guest.wait_prompt()
        assert f"{DISK}a2" in guest.ok("cat /proc/swaps")
        yield guest


def test_swapstorm(small):
    for _ in range(3):
        out, status = small.run("swapstorm", timeout=300)
        assert status == 0 and "swapstorm: 4 facts, all true" in out, out


def test_swapped_pages_as_arguments(small):
    out = small.ok("usertests -n uaccess.swapped", timeout=300)
    assert "1 passed, 0 failed" in out and "skip" not in out, out


def test_model_under_a_storm(small):
    """The address space still is what the model says while its pages come and go."""
    out = small.ok("swapstorm >/tmp/storm & usertests -n model.ten_thousand; wait; cat /tmp/storm",
                   timeout=600)
    assert "1 passed, 0 failed" in out and "swapstorm: 4 facts, all true" in out, out


def test_memmap_of_a_swapping_machine(small):
    """Right after a storm the picture adds up, and the swap cache is in it."""
    out = small.ok("swapstorm >/dev/null; cat /proc/memmap")
    rows = [list(map(int, m.split()))
            for m in re.findall(r"^ .{3}[^\d\n]+?((?: +\d+){5})$", out, re.M)]
    assert len(rows) == 15 and [sum(c) for c in zip(*rows[:13])] == rows[13], out


def test_no_swap_is_said():
    with Guest(mem=16) as guest:
        guest.wait_prompt()
        guest.ok(f"swapoff {DISK}a2")
        assert "no swap" in guest.ok("swapstorm")
