"""The kernel's own tests of its allocators, and the mistakes that they have to find.

`selftest` on the command line makes task 1 run mm/selftest before it mounts the root; the output
is KTAP, judged here by `ktap()`. /proc/selftest commits mistakes on purpose: the kernel has to
name the function that made them. Both are also done with the kernel of `make DEBUG_SLAB=1`.
"""
import os
import re
import subprocess

import pytest

import harness
from harness import Guest, Panic
from machine import MACHINE

TESTS = ["buddy", "slab", "kmalloc", "vmalloc", "vmap", "ioremap", "kmap", "kmap_wait",
         "kmap_turns", "kmap_atomic", "fixmap", "dma", "radix_tree", "page_cache"]
NEED_HIGHMEM = {"kmap", "kmap_wait", "kmap_turns", "kmap_atomic"}
DEBUG_BUILD = os.path.join("build", f"{harness.ARCH}-debugslab")
BUILD_TIMEOUT = 900


class BadKtap(Exception):
    """The report is not whole, or contradicts itself."""


def ktap(text):
    """The results of a KTAP report as a dictionary: name -> "ok", "not ok" or "skip"."""
    start = re.search(r"^KTAP version 1$", text, re.M)
    if not start:
        raise BadKtap("no line `KTAP version 1`")
    text = text[start.end():]
    plan = re.search(r"^1\.\.(\d+)$", text, re.M)
    if not plan:
        raise BadKtap("no plan")
    results = {}
    lines = re.findall(r"^(not ok|ok) (\d+) - (\w+)( # SKIP.*)?$", text, re.M)
    for number, (result, given, name, skip) in enumerate(lines, 1):
        if int(given) != number:
            raise BadKtap(f"result {number} has the number {given}")
        results[name] = "skip" if result == "ok" and skip else result
    if len(results) != int(plan.group(1)):
        raise BadKtap(f"{plan.group(1)} results were promised, there are {len(results)}")
    return results


def judge(text, expected, may_skip=()):
    """Every test that is expected has passed, and no other; those in may_skip may say why not."""
    results = ktap(text)
    bad = {name: result for name, result in results.items()
           if result != "ok" and not (result == "skip" and name in may_skip)}
    said = "\n".join(re.findall(r"^# .*$", text, re.M))
    assert not bad, f"expected every self-test to pass, saw {bad}\n{said}"
    assert list(results) == list(expected), f"expected {list(expected)}, saw {list(results)}"


@pytest.fixture(scope="module")
def debug_kernel():
    """The image of the kernel with DEBUG_SLAB."""
    image = os.path.join(DEBUG_BUILD, MACHINE.kernel_image)
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "--no-print-directory", f"ARCH={harness.ARCH}",
                           "DEBUG_SLAB=1", image],
                          cwd=harness.TOP, env=env, stdin=subprocess.DEVNULL, timeout=BUILD_TIMEOUT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    return os.path.join(harness.TOP, image)


def boot(**more):
    """A guest; it has no need of init's pauses at power-off."""
    return Guest(by_init=False, **more)


def log(guest, forget=False):
    """The kernel's log: unlike the console, it loses nothing on a busy host. Each line goes over
    the serial line behind a mark, for an old message is no new alarm."""
    return re.sub("^: ", "", guest.ok(f"dmesg {'-c' * forget} | sed 's/^/: /'"), flags=re.M)


def debug_guest(image, **more):
    """A guest of that kernel; its root is the ordinary one."""
    return boot(kernel=image, name="debugslab", **more)


SIZES = [(mem, highmem) for mem, highmem in (
    (6, ""), (6, "highmem=1G"), (8, "highmem=4M"), (16, "highmem=8M"), (64, "highmem=32M"),
    (128, ""), (128, "highmem=100"), (1024, ""), (3500, "highmem=3400M"))
    if MACHINE.fewest <= mem <= MACHINE.largest]


@pytest.mark.parametrize("mem,highmem", SIZES, ids=[f"{m}M{h and '-'}{h}" for m, h in SIZES])
def test_selftest(mem, highmem):
    """Every allocator passes its tests on machines of every kind."""
    with boot(mem=mem, append=f"selftest {highmem}", name="selftest") as guest:
        guest.wait_prompt()
        has_highmem = mem >= 16 and "M" in highmem or mem >= 1024
        judge(log(guest), TESTS, () if has_highmem else NEED_HIGHMEM)
        assert guest.ok("cat /proc/meminfo")


def test_selftest_of_the_debug_kernel(debug_kernel):
    """No false alarm: not in the tests, nor when programs run afterwards."""
    with debug_guest(debug_kernel, mem=64, append="selftest highmem=32M") as guest:
        guest.wait_prompt()
        judge(log(guest), TESTS)
        guest.ok("seq 1 20000 | sort -r | tail -n 1 | grep -x 1; find / -xdev >/dev/null;"
                 " for i in $(seq 30); do (mkdir /tmp/d$i; echo $i >/tmp/d$i/f; rm -r /tmp/d$i) &"
                 " done; wait")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_selftest_of_a_seed(seed):
    """A run can be repeated: the seed is the one asked for."""
    with boot(mem=32, append=f"selftest highmem=16M seed={seed}", name="selftest") as guest:
        guest.wait_prompt()
        judge(log(guest), TESTS)
        assert f"# seed={seed}\n" in log(guest)


def test_selftest_by_name():
    with boot(mem=32, append="selftest=radix_tree,buddy", name="selftest") as guest:
        guest.wait_prompt()
        judge(log(guest), ["buddy", "radix_tree"])


def test_failing_selftest_is_red():
    """One that fails says where, and the run of the others goes on."""
    with boot(mem=32, append="selftest=buddy,fail,dma", name="selftest") as guest:
        guest.wait_prompt()
        assert ktap(log(guest)) == {"buddy": "ok", "dma": "ok", "fail": "not ok"}
        assert re.search(r"^# mm/selftest/main.c:\d+: expected this test", log(guest), re.M)
        with pytest.raises(AssertionError, match="expected every self-test to pass"):
            judge(log(guest), ["buddy", "dma", "fail"])


GOOD = "KTAP version 1\n# seed=1\n1..2\nok 1 - buddy\nok 2 - kmap # SKIP no highmem\n"


def test_ktap_reader():
    """What is not whole is an error, and what is not expected is a failure."""
    judge(GOOD, ["buddy", "kmap"], {"kmap"})
    with pytest.raises(AssertionError, match="kmap.*skip"):
        judge(GOOD, ["buddy", "kmap"])
    with pytest.raises(AssertionError, match="buddy.*not ok"):
        judge(GOOD.replace("ok 1", "not ok 1"), ["buddy", "kmap"], {"kmap"})
    with pytest.raises(AssertionError):
        judge(GOOD, ["buddy", "kmap", "slab"], {"kmap"})
    for broken in (GOOD[GOOD.index("#"):], GOOD.replace("1..2\n", ""), GOOD[:GOOD.index("ok 2")],
                   GOOD.replace("ok 2", "ok 3"), GOOD.replace("1..2", "1..3"), ""):
        with pytest.raises(BadKtap):
            ktap(broken)


def commit(guest, mistake, answer):
    """Commit a mistake; `answer` and a trace that names the mistake have to be in the log."""
    log(guest, forget=True)
    guest.send(f"sh -c 'echo {mistake} > /proc/selftest'; echo the shell is ali''ve\n")
    guest.console.expect(b"the shell is alive", timeout=60)
    said = log(guest, forget=True)
    assert re.search(answer, said), f"expected {answer!r}, saw:\n{said}"
    assert re.search(rf"Call trace:\n(.*\n)*.*{mistake}\+0x", said), \
        f"no {mistake} in the trace:\n{said}"


def test_guard_page_kills_the_task_and_not_the_machine():
    with boot(mem=32, name="guard") as guest:
        guest.wait_prompt()
        for _ in range(3):
            commit(guest, "guard",
                   r"Unable to handle kernel access at virtual address [c-f][0-9a-f]{4}000 "
                   r"\(write\)")
        guest.ok("ls / | grep -x proc")


def test_sleeping_in_an_interrupt_is_a_bug():
    with pytest.raises(Panic, match="sleeps in an interrupt"):
        with boot(mem=32, append="panic=-1", name="sleep") as guest:
            guest.wait_prompt()
            guest.run("echo sleep_in_interrupt > /proc/selftest")


KMAP = {"kmap_twice": r"kmap_atomic: slot 0 taken twice by kmap_twice; taken last by kmap_twice\n",
        "kmap_order": r"slot 0 given back out of order by kmap_order;",
        "kmap_address": r"slot 0 given back with a wrong address by kmap_address;",
        "kmap_unmapped": r"slot 0 given back out of order by kmap_unmapped;"}


def test_misuse_of_kmap_atomic_is_named():
    """Each kills its task, after which the slots work as before."""
    with boot(mem=32, append="highmem=16M", name="kmap") as guest:
        guest.wait_prompt()
        assert set(KMAP) <= set(guest.ok("cat /proc/selftest").split())
        for mistake, message in KMAP.items():
            commit(guest, mistake, message + r"(.*\n)*?BUG at mm/highmem.c:\d+ in sh")
        guest.ok("seq 1 20000 | sort -r | tail -n 1 | grep -x 1")


SLAB = {"overrun": r"byte 101 is 01 instead of bb\nBUG: kmalloc-128: object 0x[0-9a-f]+ was "
                   r"written to behind its end; found in a call from overrun\n"
                   r"  allocated last by overrun, 101 bytes",
        "use_after_free": r"byte 7 is 01 instead of 6b\nBUG: kmalloc-64: object \w+ was written "
                          r"to after it was freed; found in a call from use_after_free\n"
                          r"  freed last by use_after_free",
        "double_free": r"BUG: kmalloc-512: object \w+ is freed a second time; found in a call from "
                       r"double_free\n  freed last by double_free",
        "wrong_cache": r"belongs to the cache kmalloc-64\nBUG: selftest-wrong: object \w+ is "
                       r"freed to the wrong cache; found in a call from wrong_cache",
        "free_middle": r"BUG: kmalloc-64: object \w+ is not the beginning of an object; found in a "
                       r"call from free_middle",
        "free_twice_large": r"BUG: kfree of \w+, which kmalloc has not given; found in a call from "
                            r"free_twice_large"}


def test_misuse_of_objects_is_named(debug_kernel):
    """The machine goes on after each, with the same memory free."""
    with debug_guest(debug_kernel, mem=32) as guest:
        guest.wait_prompt()
        assert set(SLAB) <= set(guest.ok("cat /proc/selftest").split())
        for mistake, message in SLAB.items():
            commit(guest, mistake, message)
        guest.ok("ls / | grep -x proc")


def test_ordinary_kernel_offers_no_misuse_of_objects(sh):
    assert not set(SLAB) & set(sh.ok("cat /proc/selftest").split())
    for word in ("overrun", "nonsense", "guard2", ""):
        assert sh.run(f"echo '{word}' > /proc/selftest")[1] != 0


def test_panic_in_a_selftest_is_seen():
    """A guest that dies on the way is not taken for one that has passed."""
    with pytest.raises((Panic, BadKtap)):
        with boot(mem=16, append="selftest init=/nothing panic=-1", name="selftest") as guest:
            guest.wait_prompt()
            judge(log(guest), TESTS)
