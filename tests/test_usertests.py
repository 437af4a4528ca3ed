"""user/usertests: the user-level C tests, each a test of its own here.

The program looks whether what the machine holds before and after a test agrees (run again and
again, a leak loses something every time). The tests of one subject, as far as they were selected,
are one run of it, whose lines are handed out to the tests here. The run's last line counts: one
that ends without it, or in which the search for leaks was off, has passed nothing.
"""
import glob
import os
import re

import pytest

import harness

SOURCES = os.path.join(harness.TOP, "user", "usertests")
TIMEOUT = 700           # the program itself ends a test after 120 s, and runs it up to four times
MORE = 20               # for each further one of a run
NOT_STEADY = "no search for leaks"
TRIES = 3
ABOUT_FILES = ("fs.", "dir.", "mem.file", "exec.", "pipe.fifos")


def names():
    """The tests' names, from the tables in the source; those of the machine stand in a folder."""
    found = []
    for file in sorted(glob.glob(f"{SOURCES}/*.c") + glob.glob(f"{SOURCES}/{harness.ARCH}/*.c")):
        with open(file, encoding="utf-8") as f:
            found += re.findall(r'^\t\{ "(\w+\.[\w.-]+)", \w+, (?!HIDDEN)[\w| ]+\},', f.read(),
                                re.M)
    return found


NAMES = names()


def test_no_test_is_left_out(sh):
    """The list in the program is the list here."""
    assert NAMES, f"no tables of tests in {SOURCES}"
    assert sorted(sh.ok("usertests -l").split()) == sorted(NAMES)


def run_subject(names, guest, where):
    """Runs these tests in a directory under `where`; {name: what was printed of it}."""
    for _ in range(TRIES):
        out, _ = guest.run(f"TMPDIR={where} usertests {' '.join(names)}",
                           timeout=TIMEOUT + MORE * len(names))
        if NOT_STEADY not in out:
            break
        guest.run("sync; sleep 2")
    assert NOT_STEADY not in out, ("memory is not steady while nothing runs:\n" +
                                   guest.ok("cat /proc/meminfo; ps"))
    end = re.search(r"^usertests: (\d+) passed, (\d+) failed$", out, re.M)
    assert end, f"usertests {' '.join(names)} ended before its end:\n{out}"
    said = {}
    for line in out[:end.start()].splitlines(keepends=True):
        m = re.match(r"(?:ok|skip|FAIL) ([\w.-]+)", line)
        if m:
            said.setdefault(m[1], "")
            said[m[1]] += line
    return said


class Results:
    """What each test printed, by function and subject; a run that broke off is an exception."""

    def __init__(self):
        self.runs = {}

    def of(self, request, name, guest, where):
        function, subject = request.function.__name__, name.split(".")[0]
        if (function, subject) not in self.runs:
            selected = [item.callspec.params["name"] for item in request.session.items
                        if getattr(item, "function", None) is request.function]
            self.runs[function, subject] = {}
            self.runs[function, subject] = run_subject(
                [n for n in selected if n.split(".")[0] == subject], guest, where)
        return self.runs[function, subject].get(name, "")


@pytest.fixture(scope="module")
def results():
    return Results()


def judge(said, name):
    """Passed, skipped or failed, by what the program printed of the test."""
    if said.startswith("skip "):
        pytest.skip(said.strip())
    assert said == f"ok {name}\n", said or f"usertests did not get as far as {name}"


@pytest.mark.parametrize("name", NAMES)
def test_user(name, sh, results, request):
    judge(results.of(request, name, sh, "/var/tmp"), name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(ABOUT_FILES)])
def test_user_in_memory(name, sh, results, request):
    """What has to do with files again on tmpfs."""
    judge(results.of(request, name, sh, "/tmp"), name)


@pytest.mark.parametrize("name", ["wrong_value", "wrong_errno", "crash", "wrong_status",
                                  "child_fails", "leak", "leak_in_tmpfs"])
def test_failures_are_seen(name, sh):
    """The hidden tests of self.c, which fail each in its way, are reported as failures."""
    out, status = sh.run(f"usertests self.{name}", timeout=TIMEOUT)
    sh.ok("rm -f /dev/shm/self-leak-*")
    assert status == 1 and f"FAIL self.{name}: " in out and "0 passed, 1 failed" in out, out
