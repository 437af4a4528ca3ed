"""The demonstrations in user/: what they tell, they check; here on machines of several kinds.

Each ends with "NAME: N facts, all true". The story is part of the test: a demonstration that
says less than it did has lost something.
"""
import re

import pytest

from harness import Guest

# Facts that each tells at least.
DEMOS = {"cow": 10, "zeropage": 10, "demandload": 9, "mapfile": 11, "shm": 10}

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


def test_maps_of_others(sh):
    """An ordinary user sees the memory of his own processes only."""
    assert "ermission denied" in sh.run("su user -c 'maps 1' 2>&1")[0]
    assert "ermission denied" in sh.run("su user -c 'cat /proc/1/pagemap' 2>&1")[0]
    assert "ermission denied" in sh.run("su user -c 'cat /proc/1/smaps' 2>&1")[0]
    assert "[stack]" in sh.ok("su user -c 'maps'")
