"""user/usertests: the user-level C tests, each a test of its own here.

`usertests NAME` runs one test and looks whether free memory before and after agrees (run again
and again, a leak loses pages every time). Its last line counts; a run that ends without that
line, or in which the search for leaks was off, has not passed.
"""
import glob
import os
import re

import pytest

import harness

SOURCES = os.path.join(harness.TOP, "user", "usertests")
TIMEOUT = 700           # the program itself ends a test after 120 s, and runs it up to four times
NOT_STEADY = "no search for leaks"
TRIES = 3
ABOUT_FILES = ("fs.", "dir.", "mem.file", "exec.", "pipe.fifos")


def names():
    """The tests' names, from the tables in the source; those of the machine stand in a folder."""
    found = []
    for file in sorted(glob.glob(f"{SOURCES}/*.c") + glob.glob(f"{SOURCES}/{harness.ARCH}/*.c")):
        with open(file, encoding="utf-8") as f:
            found += re.findall(r'^\t\{ "(\w+\.[\w.-]+)", \w+, (?!HIDDEN)[\w| ]+\},', f.read(), re.M)
    return found


NAMES = names()


def test_no_test_is_left_out(sh):
    """The list in the program is the list here."""
    assert NAMES, f"no tables of tests in {SOURCES}"
    assert sorted(sh.ok("usertests -l").split()) == sorted(NAMES)


def run_user_test(name, sh, where):
    """One test, in a directory under `where`."""
    for _ in range(TRIES):
        out, status = sh.run(f"TMPDIR={where} usertests {name}", timeout=TIMEOUT)
        if NOT_STEADY not in out:
            break
        sh.run("sync; sleep 2")
    assert NOT_STEADY not in out, "memory is not steady while nothing runs:\n" + sh.ok("cat /proc/meminfo; ps")
    if re.search(rf"^skip {re.escape(name)}: (.*)$", out, re.M):
        pytest.skip(out.strip())
    assert status == 0 and f"ok {name}\n" in out and "1 passed, 0 failed" in out, \
        f"usertests {name} ended with status {status}:\n{out}"


@pytest.mark.parametrize("name", NAMES)
def test_user(name, sh):
    run_user_test(name, sh, "/var/tmp")


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(ABOUT_FILES)])
def test_user_in_memory(name, sh):
    """What has to do with files again on tmpfs."""
    run_user_test(name, sh, "/tmp")


@pytest.mark.parametrize("name", ["wrong_value", "wrong_errno", "crash", "wrong_status", "child_fails", "leak"])
def test_failures_are_seen(name, sh):
    """The hidden tests of self.c, which fail each in its way, are reported as failures."""
    out, status = sh.run(f"usertests self.{name}", timeout=TIMEOUT)
    assert status == 1 and f"FAIL self.{name}: " in out and "0 passed, 1 failed" in out, out
