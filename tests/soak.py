"""The soak, `make soak`: what the tests do once, again and again, with other random numbers.

Each test here goes on for its share of SOAK_MINUTES. SOAK_SEED (else the time) decides all
that is random; it stands in the output, and every round prints the numbers that repeat it alone.
"""
import os
import random
import re
import time

import pytest

from harness import DISK, Guest
from test_selftest import TESTS, boot, judge, log
from test_stress import WORKER, WORKERS
from test_swap import check_slots, machine, number, pressure
from test_usertests import NOT_STEADY

MINUTES = float(os.environ.get("SOAK_MINUTES") or 30)
SEED = int(os.environ.get("SOAK_SEED") or time.time())
MACHINES = {
    "8 MB and swap": dict(mem=8, mb=64),
    "16 MB": dict(mem=16, mb=64),
    "half of it highmem": dict(mem=64, mb=64, append=f"root={DISK}a1 highmem=32M"),
    "128 MB": dict(mem=128, mb=64),
}
NR_TESTS = 2 * len(MACHINES) + 4
ON_MACHINES = pytest.mark.parametrize("what", MACHINES)


def rounds(name):
    """(number, a generator of random numbers) until this test's share of the time is over."""
    end = time.time() + MINUTES * 60 / NR_TESTS
    n = 0
    while n == 0 or time.time() < end:
        n += 1
        print(f"{name}: round {n} of SOAK_SEED={SEED}", flush=True)
        yield n, random.Random(f"{SEED} {name} {n}")


@ON_MACHINES
def test_user_level_tests(what, tmp_build):
    """All of them, slow ones too, in one long run after the other: nothing is lost by and by."""
    with machine(tmp_build, **MACHINES[what]) as guest:
        for _ in rounds(what):
            out, status = guest.run("usertests 2>&1", timeout=3600)
            assert status == 0 and " 0 failed" in out and NOT_STEADY not in out, out
        check_slots(guest)


@ON_MACHINES
def test_model(what, tmp_build):
    """The address space against its model, ten thousand steps a round, while pages come and go."""
    with machine(tmp_build, **MACHINES[what]) as guest:
        for _, rand in rounds(f"model on {what}"):
            seed = rand.randrange(1 << 31)
            storm = "swapstorm > /tmp/storm & " if rand.randrange(2) else ""
            out = guest.ok(f"{storm}MODEL_SEED={seed} usertests -n model.ten_thousand; wait",
                           timeout=600)
            assert "1 passed, 0 failed" in out, f"MODEL_SEED={seed}: {out}"


def test_selftests():
    """The allocators, on machines of any size, each time with a seed of its own."""
    for _, rand in rounds("selftest"):
        mem = rand.choice([8, 16, 32, 64, 128, 512, 1024, 3500])
        words = f"selftest highmem={mem // 2}M seed={rand.randrange(1 << 31)}"
        print(f"mem={mem} {words}", flush=True)
        with boot(mem=mem, append=words, name="soak") as guest:
            guest.wait_prompt()
            judge(log(guest), TESTS, {"kmap", "kmap_wait", "kmap_atomic"} if mem < 16 else ())


def test_pressure(tmp_build):
    """Programs that have more than memory between them, while swap comes and goes."""
    with machine(tmp_build, 32, 300) as guest:
        for _, rand in rounds("pressure"):
            sizes = [rand.randrange(2, 60) for _ in range(rand.randrange(2, 8))]
            turns = (f"for i in 1 2 3 4; do swapoff {DISK}b; sleep 1; swapon {DISK}b; sleep 2; done"
                     " 2>/dev/null;")
            print(f"SWAP_MB={sizes}", flush=True)
            pressure(guest, *sizes, after=turns if rand.randrange(2) else "", timeout=1800)
            guest.run(f"swapon {DISK}b")
            check_slots(guest)


def test_everything_at_once(tmp_build):
    """The shell's jobs of test_stress.py, a machine for each round."""
    for _, rand in rounds("stress"):
        mem = rand.choice([12, 16, 32, 64])
        highmem = rand.randrange(mem - 8)
        print(f"mem={mem} highmem={highmem}M", flush=True)
        with machine(tmp_build, mem, 64, append=f"root={DISK}a1 highmem={highmem}M") as guest:
            guest.ok("mkdir -p /var/tmp/w")
            for n, job in enumerate(WORKERS.values()):
                guest.put(f"/var/tmp/w/job{n}", WORKER % (job, 40))
            starts = " ".join(f"sh /var/tmp/w/job{n} w{n} > /var/tmp/w/out{n} 2>&1 &"
                              for n in range(len(WORKERS)))
            guest.ok(f"{starts} wait", timeout=3600)
            out = guest.ok("cat /var/tmp/w/out*")
            assert len(re.findall(r"^w\d: good$", out, re.M)) == len(WORKERS), out
            guest.ok("rm -rf /var/tmp/w")


def test_out_of_memory():
    """Memory runs out again and again, and comes back; the shell and init are never killed."""
    with Guest(mem=24, append=f"root={DISK}a1 highmem=8M", name="soak") as guest:
        guest.wait_prompt()
        guest.ok("swapoff -a")
        for _ in rounds("out of memory"):
            guest.ok("usertests -n reclaim.memory_is_back reclaim.protected reclaim.preferred"
                     " reclaim.locked reclaim.populated reclaim.sharers limits.memory_hog"
                     " limits.fork_bomb", timeout=900)
        assert number(guest, "vmstat", "oom_kill") >= 6
        assert guest.ok("cat /proc/1/comm").strip() == "init"
