"""The pytest plugin behind `make test`: the last line, and what a failure shows.

The last line of a run is `N passed, N failed`, where an error counts as a failure.
A failed test shows the last lines of the consoles of the guests it used, and the commands
that run this one test again, alone or under gdb.
"""
import os
import re

import pytest

try:
    import harness
except ImportError:             # inside test_harness.py's runs a guest is not needed
    harness = None

RED = 1


class Count:
    """Which tests passed and which failed in any of their phases."""

    def __init__(self):
        self.passed, self.failed = set(), set()

    def add(self, report):
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.passed and getattr(report, "when", "call") == "call":
            self.passed.add(report.nodeid)

    def numbers(self):
        return len(self.passed - self.failed), len(self.failed)


count = Count()


def pytest_runtest_logreport(report):
    count.add(report)


def pytest_collectreport(report):
    if report.failed:
        count.failed.add(report.nodeid)


def pytest_runtest_setup(item):
    if harness:
        harness.touched.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if not report.failed:
        return
    item.has_failed = True
    for guest in dict.fromkeys(harness.touched if harness else []):
        report.sections.append((f"last lines of the console ({guest.dir})", guest.tail()))
    name = re.sub(r"[^\w]+", " ", item.name.split("[")[0]).strip()
    inside = re.search(r"\[(.*)\]$", item.name)
    words = [name] + (re.findall(r"\w+", inside.group(1)) if inside else [])
    select = " and ".join(dict.fromkeys(words))
    arch = f"ARCH={harness.ARCH} " if harness else ""
    report.sections.append(("to run this test again", f"make test {arch}K='{select}'\n"
                            f"make test-debug {arch}K='{select}'       (the same under gdb)"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if count.failed and session.exitstatus == 0:
        session.exitstatus = RED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    passed, failed = count.numbers()
    print(f"{passed} passed, {failed} failed", flush=True)
