"""Parity: parity.sh prints the same lines on the host and in the guest.

Both sides run it with the same busybox (on a PC the very same binary), as root, in an empty
directory, with no other program in reach. The outputs are compared group by group.
"""
import difflib
import os
import re
import subprocess

import pytest

import harness
from harness import Guest
from machine import MACHINE

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, "parity.sh")
FEWEST_LINES = 700
TIMEOUT = 400

with open(SCRIPT, encoding="utf-8") as _f:
    GROUPS = re.findall(r"^g (.+)$", _f.read(), re.M)


def split(text):
    """{label: lines} of the script's output."""
    groups = {}
    lines = groups.setdefault("", [])
    for line in text.split("\n"):
        if line.startswith("## "):
            lines = groups.setdefault(line[3:], [])
        else:
            lines.append(line)
    return groups


def host_busybox():
    """The busybox that went into the PC's image, as a program of the host; the ARM board's was made
    from the same source with the same options."""
    return os.path.join(harness.TOP, "build", "dl", "i386", "busybox-static", "bin", "busybox")


@pytest.fixture(scope="module")
def on_host():
    """The script's output on the host."""
    busybox = host_busybox()
    folder = harness._fresh_dir("parity")
    applets, scratch = os.path.join(folder, "bin"), os.path.join(folder, "scratch")
    os.mkdir(applets)
    os.mkdir(scratch)
    for name in subprocess.run([busybox, "--list"], check=True, capture_output=True,
                               text=True).stdout.split():
        os.symlink(busybox, os.path.join(applets, name))
    done = subprocess.run([os.path.join(applets, "sh"), SCRIPT], cwd=scratch, text=True,
                          env={"PATH": applets, "HOME": "/"}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TIMEOUT)
    assert done.stdout.count("\n") >= FEWEST_LINES, done.stdout[-1000:]
    return split(done.stdout)


def run_in(guest, where="/var/tmp"):
    """The script's output in a guest, in a directory on its disk or, in /tmp, in memory."""
    with open(SCRIPT, "rb") as f:
        guest.put(f"{where}/parity.sh", f.read())
    guest.ok(f"rm -rf {where}/parity; mkdir {where}/parity; cd {where}/parity")
    guest.run(f"env -i PATH=/bin:/sbin:/usr/bin:/usr/sbin HOME=/ sh {where}/parity.sh "
              f"> {where}/parity.out 2> /dev/null < /dev/null", timeout=TIMEOUT)
    out = guest.get(f"{where}/parity.out", timeout=TIMEOUT)
    guest.ok(f"cd /; rm -rf {where}/parity {where}/parity.out {where}/parity.sh")
    return split(out.decode("utf-8", "replace"))


def assert_same(there, here):
    """All groups of the host's output are in the guest's."""
    different = [group for group in GROUPS if here.get(group) != there[group]]
    diff = [line for group in different for line in difflib.unified_diff(
        there[group], here.get(group, []), f"host: {group}", "guest", "", "", 1, "")]
    assert not different, "\n".join(diff)


@pytest.fixture(scope="module")
def in_guest(shared_guest):
    """The script's output in the shared guest."""
    return run_in(shared_guest.get())


@pytest.mark.only("i386", "the host runs programs of a PC")
def test_same_binary(shared_guest):
    """Otherwise the comparison says nothing about the kernel."""
    host = subprocess.run(["md5sum", host_busybox()], check=True, capture_output=True, text=True)
    guest = shared_guest.get()
    assert guest.ok("md5sum $(readlink -f /bin/sh)").split()[0] == host.stdout.split()[0]


def test_same_version(shared_guest):
    """The same source, at least, and the same list of commands."""
    host = subprocess.run([host_busybox()], check=True, capture_output=True, text=True)
    assert shared_guest.get().ok("busybox") == host.stdout


@pytest.mark.parametrize("group", GROUPS)
def test_parity(group, on_host, in_guest, shared_guest):
    harness.touched.append(shared_guest.guest)
    assert group in on_host, "the host itself did not come this far"
    assert group in in_guest, "the guest did not come this far"
    diff = list(difflib.unified_diff(on_host[group], in_guest[group], "host", "guest",
                                     n=2, lineterm=""))
    assert not diff, f"group '{group}' differs:\n" + "\n".join(diff)


def test_parity_in_memory(on_host, shared_guest):
    """All of it again on tmpfs."""
    guest = shared_guest.get()
    harness.touched.append(guest)
    assert_same(on_host, run_in(guest, "/tmp"))


OTHER_MODE = list(MACHINE.disk_modes)[1]


MACHINES = {
    "8 MB": (8, "", ("", [])),
    "1 GB": (1024, "", ("", [])),
    "mostly highmem": (64, "highmem=48M", ("", [])),
    OTHER_MODE: (24, "", MACHINE.disk_modes[OTHER_MODE][:2]),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_parity_elsewhere(machine, on_host):
    """All of it again on a machine of another size, or which reaches its disk in another way."""
    mem, append, (words, args) = MACHINES[machine]
    with Guest(mem=mem, append=f"{append} {words}", args=args, name="elsewhere") as guest:
        guest.wait_prompt()
        here = run_in(guest)
    assert_same(on_host, here)
