"""Fixtures that the test files share: scratch folders and one long-lived guest; and the mark by
which a test says that it is for one kind of machine only (machine.py).

Most tests of the shell need no machine of their own. They share one guest, which is booted
by the first of them and again only after a test has killed it; its power-off and fsck.minix
at the end of the run are a test too (an error there makes the run red).
"""
import os
import shutil

import pytest

import harness
from harness import Guest


def pytest_configure(config):
    config.addinivalue_line("markers", "only(arch, why): for this machine only")


def pytest_collection_modifyitems(config, items):
    """Tests for another machine are left out, as if they were not there."""
    kept = [item for item in items
            if all(mark.args[0] == harness.ARCH for mark in item.iter_markers("only"))]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture
def tmp_build():
    """An empty folder under build/, gone when the test passed."""
    path = harness._fresh_dir("tmp")
    yield path
    shutil.rmtree(path, ignore_errors=True)


class SharedGuest:
    """Boots when first asked for, and again when the last one has died."""

    def __init__(self):
        self.guest = None

    def get(self):
        if self.guest is None or not self.guest.alive():
            self.guest = Guest(mem=128, name="shared").wait_prompt()
        return self.guest

    def finish(self):
        if self.guest and self.guest.alive():
            self.guest.poweroff()


@pytest.fixture(scope="session")
def shared_guest():
    shared = SharedGuest()
    yield shared
    shared.finish()


@pytest.fixture
def sh(shared_guest, request):
    """A booted guest whose shell stands in a fresh, empty directory."""
    guest = shared_guest.get()
    harness.touched.append(guest)
    guest.ok("rm -rf /var/tmp/t; mkdir /var/tmp/t; cd /var/tmp/t")
    yield guest
    if getattr(request.node, "has_failed", False):
        guest.kill()                    # nobody knows in which state the test left it
    elif guest.alive():
        guest.ok("cd /")
