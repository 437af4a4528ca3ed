"""The second serial line, which nobody but the test uses: bytes arrive whole and in order both
ways, also when the other side pauses; a break is a NUL, a mark, or a signal as the settings say;
it is a console when console= names it.
"""
import contextlib
import hashlib
import random
import socket
import threading

import pytest

from harness import Guest
from machine import MACHINE

LINE = "/dev/" + MACHINE.console[:-1] + "1"
NOISE = random.Random(1).randbytes(24000)


class Wire:
    """The test's end of the line. It reads all the time, for QEMU as a whole stands still while a
    PL011 finds nobody to take a byte."""

    def __init__(self, folder):
        self.path = f"{folder}/wire"
        self.chardev = f"socket,path={self.path},server=on,wait=off"
        self.data = bytearray()
        self.news = threading.Condition()

    def connect(self):
        self.end = socket.socket(socket.AF_UNIX)
        self.end.connect(self.path)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with contextlib.suppress(OSError):
            while piece := self.end.recv(65536):
                with self.news:
                    self.data += piece
                    self.news.notify()

    def wait(self, enough):
        """All that has come from the guest since the last time, once enough(it) is true."""
        with self.news:
            assert self.news.wait_for(lambda: enough(self.data), timeout=60), \
                f"only {len(self.data)} bytes came: {bytes(self.data[-100:])}"
            taken, self.data = bytes(self.data), bytearray()
        return taken

    def receive(self, count):
        """The same: so many bytes at least."""
        return self.wait(lambda data: len(data) >= count)


@pytest.fixture
def line(tmp_build):
    """A guest, and the wire to its second line."""
    wire = Wire(tmp_build)
    with Guest(name="serial", serials=[wire.chardev]) as g:
        g.wait_prompt()
        wire.connect()
        yield g, wire


def test_bytes_from_the_guest(line):
    g, wire = line
    g.put("/tmp/noise", NOISE)
    g.ok(f"stty -F {LINE} raw")
    g.ok(f"(cat /tmp/noise >{LINE} &)")
    assert wire.receive(len(NOISE)) == NOISE


def test_bytes_to_the_guest(line):
    """More than the driver, the line discipline and the chip can hold while nobody reads."""
    g, wire = line
    g.ok(f"exec 5<>{LINE}; stty raw -echo <&5")
    wire.end.sendall(NOISE)
    said = g.ok("dd bs=1 count=10 <&5 2>/dev/null | md5sum; sleep 1;"
                f" head -c {len(NOISE) - 10} <&5 | md5sum")
    assert hashlib.md5(NOISE[:10]).hexdigest() in said
    assert hashlib.md5(NOISE[10:]).hexdigest() in said
    g.ok("exec 5<&-")


def test_break(line):
    g, wire = line

    def after_break(settings):
        g.ok(f"stty {settings} <&5")
        g.qmp.command("chardev-send-break", id="serial1")
        wire.end.sendall(b"x\n")
        return g.ok("head -n1 <&5 | od -An -tx1").split()

    g.ok(f"exec 5<>{LINE}; stty raw -echo <&5")
    assert after_break("-ignbrk -brkint -parmrk") == ["00", "78", "0a"]
    assert after_break("parmrk") == ["ff", "00", "00", "78", "0a"]
    assert after_break("ignbrk") == ["78", "0a"]
    g.ok("exec 5<&-")


def test_speeds(line):
    """Every speed and format can be set and is told back; what is sent then still arrives."""
    g, wire = line
    g.ok(f"exec 5<>{LINE}; stty raw -echo <&5")
    for speed, words in ((50, "cs5 cstopb"), (1200, "cs7 parenb parodd"),
                         (9600, "cs6 parenb -parodd"), (115200, "cs8 -parenb -cstopb")):
        g.ok(f"stty {speed} {words} <&5")
        said = g.ok("stty -a <&5 2>&1").split()
        assert str(speed) in said and all(word in said for word in words.split()), said
        g.ok("echo hello >&5")
        assert wire.receive(6) == b"hello\n"
    g.ok("exec 5<&-")


def test_console_by_name(tmp_build):
    wire = Wire(tmp_build)
    with Guest(name="serial", serials=[wire.chardev],
               append=f"console={LINE[5:]} console={MACHINE.console}") as g:
        g.wait_prompt()
        wire.connect()
        g.ok("echo h >/proc/sysrq-trigger")
        wire.wait(lambda data: b"sysrq h: help" in data)
        g.ok(f"echo to-the-line >{LINE}")
        wire.wait(lambda data: b"to-the-line" in data)


def test_typed_while_it_boots():
    """Who types before there is anybody to listen can go on typing."""
    with Guest(mem=64, name="early") as guest:
        guest.send("\n\n\n\n")
        guest.wait_prompt()
        assert guest.ok("echo still $((40 + 2))").endswith("still 42\n")
