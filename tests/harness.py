"""A guest under test: boots an image in QEMU and talks to its shell over the serial line.

    with Guest(mem=64) as g:            # a copy of build/$ARCH/hd.img
        g.wait_prompt()
        out, status = g.run("ls /")     # status is the shell's $?
    # leaving the block powers off, then runs fsck.minix on the root partition

Whatever is wrong with a guest ends in an exception, never in a wait without end and never
in silence: Panic (a panic, oops or BUG was printed, or the kernel ended QEMU with a status), Reset
(triple fault or reboot), Ended (QEMU went away before its time), Hang (a time-out), and
Unclean (fsck.minix found something). Every read from the console looks for the words of a
panic, so one that happens behind a test's back is found too, at the latest at power-off.
"""
import base64
import os
import re
import shlex
import socket
import subprocess
import time

import pexpect

import disk
from line import Line
from machine import MACHINE, TOP, build
from qmp import Qmp, QmpError

ARCH = MACHINE.arch
DISK = MACHINE.disk             # /dev/hd or /dev/vd: f"{DISK}b" is the second disk
BUILD = os.path.join(TOP, build())
IMAGE = os.path.join(BUILD, "hd.img")
WORK = os.path.join(BUILD, "tests")
GDB_PORT = os.environ.get("ZT_GDB")

# Time-outs in seconds. They only have to be shorter than a person's patience: the machines
# that run the tests are shared and may be ten times slower than usual.
SLOWNESS = 1000.0 if GDB_PORT else float(os.environ.get("ZT_SLOWNESS", "1"))
BOOT_TIMEOUT = 120
RUN_TIMEOUT = 90
POWEROFF_TIMEOUT = 60
TRACE_TIME = 2                  # how long a trace may take to print

ALARM = re.compile(rb"(?:^|\n)(?:<\d>|\[[ \d.]+\] ?)?"
                   rb"(?P<alarm>(?:Kernel panic|kernel panic|[Pp]anic:|Oops|BUG|kernel BUG|"
                   rb"Double fault|Call trace:)[^\r\n]*)\r?\n")
PROMPT = re.compile(rb"# (?:\x1b\[6n)?$")
TAIL_LINES = 30
LONG_COMMAND = 600              # characters typed at once; a longer script goes through a file
PIECE = 300                     # bytes of a file sent in one line

# Guests that the current test has touched; the report of a failure shows their consoles.
touched = []


class GuestError(Exception):
    """Something is wrong with the guest as a whole."""


class Panic(GuestError):
    """The kernel printed a panic, an oops or a BUG, or ended QEMU with a status: by isa-debug-exit
    on a PC, by semihosting on the ARM board."""


class Reset(GuestError):
    """The guest reset the machine: a triple fault, or a reboot nobody asked for."""


class Ended(GuestError):
    """QEMU ended although the test was not finished."""


class Hang(GuestError):
    """Nothing that was waited for came in time."""


class Unclean(GuestError):
    """The root file system is not clean after the run."""


def _fresh_dir(name):
    """A new folder for one guest."""
    os.makedirs(WORK, exist_ok=True)
    for n in range(100000):
        path = os.path.join(WORK, f"{name}-{n}")
        try:
            os.mkdir(path)
            return path
        except FileExistsError:
            continue
    raise RuntimeError("no free folder name")


class Guest:
    """One virtual machine, from power-on to power-off."""

    def __init__(self, mem=128, image=None, kernel=None, append=None, disks=(), drives=(), args=(),
                 serials=(), floppy=False, check_root=True, by_init=True,
                 stopped=False, name="guest"):
        """mem: MB. kernel: an image with another kernel than the image's own. append: words
        added to the kernel's command line; later words win. disks: further disks (raw files,
        used in place); drives: the same in QEMU's words, for more than a file. args: more
        words for QEMU. serials: further serial lines, in the words of -chardev
        less the id, serial1 and so on. floppy: the image is a floppy's. check_root: run
        fsck.minix when it is over. by_init: power off through init, which pauses for two
        seconds, rather than at once. stopped: it waits to be let go, through the gdb port that
        is among args."""
        self.dir = _fresh_dir(name)
        self.disk = disk.copy_image(image or IMAGE, os.path.join(self.dir, "hd.img"))
        if kernel:
            kernel = disk.copy_image(kernel, os.path.join(self.dir, "kernel.img"))
        self.serials = list(serials)
        self.check_root = check_root and not floppy
        self.by_init = by_init
        self.log = bytearray()
        self.serial_number = 0
        self.ready = False
        self.exit_status = None
        drives = ["file=hd.img,format=raw,cache=unsafe",
                  *(f"file={os.path.abspath(path)},format=raw,cache=unsafe" for path in disks),
                  *drives]
        self.command_line = [
            *MACHINE.command_line(mem, MACHINE.add_words(kernel or self.disk, append), drives,
                                  kernel, floppy),
            "-display", "none", "-no-reboot", "-nic", "none", "-S",
            *(["-gdb", f"tcp::{GDB_PORT}"] if GDB_PORT else []), *args]
        self._start(stopped or GDB_PORT)
        touched.append(self)

    # ---- starting ------------------------------------------------------------

    def _start(self, stopped):
        """Start QEMU; the serial line and QMP are socket pairs that it inherits. The machine
        itself is started by QMP, for what happens before QMP's first command is not told."""
        serial, serial_qemu = socket.socketpair()
        control, control_qemu = socket.socketpair()
        line = self.command_line + [
            "-chardev", f"socket,id=serial,fd={serial_qemu.fileno()}", "-serial", "chardev:serial",
            *(word for n, chardev in enumerate(self.serials, 1)
              for word in ("-chardev", f"{chardev},id=serial{n}", "-serial", f"chardev:serial{n}")),
            "-chardev", f"socket,id=qmp,fd={control_qemu.fileno()}",
            "-mon", "chardev=qmp,mode=control"]
        with open(os.path.join(self.dir, "qemu.err"), "wb") as err:
            self.process = subprocess.Popen(
                line, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=err, stderr=err,
                pass_fds=(serial_qemu.fileno(), control_qemu.fileno()),
                env={**os.environ, "QEMU_AUDIO_DRV": "none"})
        serial_qemu.close()
        control_qemu.close()
        self.control = control
        self.console = Line(serial, self.log, RUN_TIMEOUT)
        try:
            self.qmp = Qmp(control)
            if not stopped:
                self.qmp.command("cont")
        except (QmpError, OSError, TypeError):
            self.qmp = None

    # ---- the console's log ---------------------------------------------------

    def tail(self, lines=TAIL_LINES):
        """The last lines of the console."""
        text = self.log.decode("utf-8", "replace").replace("\r", "")
        return "\n".join(text.split("\n")[-lines:])

    def text(self):
        """All that the console has shown."""
        return self.log.decode("utf-8", "replace").replace("\r", "")

    # ---- waiting -------------------------------------------------------------

    def expect(self, patterns, timeout=RUN_TIMEOUT, allow_end=False):
        """Wait for one of the patterns (str, bytes or compiled); its number.

        An alarm, the end of QEMU or the time-out raise. With allow_end the end of QEMU is
        an answer too: -1.
        """
        touched.append(self)
        if not isinstance(patterns, (list, tuple)):
            patterns = [patterns]
        known = [re.compile(p.encode() if isinstance(p, str) else p)
                 if isinstance(p, (str, bytes)) else p for p in patterns]
        found = self.console.expect_list(known + [ALARM, pexpect.EOF, pexpect.TIMEOUT],
                                         timeout=timeout * SLOWNESS)
        wanted = " or ".join(repr(k.pattern.decode("utf-8", "replace")) for k in known)
        if found < len(known):
            return found
        if found == len(known):
            self._raise_alarm(self.console.match.group("alarm").decode("utf-8", "replace"))
        if found == len(known) + 1:
            if allow_end:
                return -1
            self._raise_end(wanted)
        raise self._failed(Hang, f"expected {wanted}; nothing of the kind in {timeout} s")

    def _failed(self, kind, message):
        """An exception of this kind; the guest is finished with."""
        self.kill()
        return kind(f"{message}\n(guest in {os.path.relpath(self.dir, TOP)})")

    def _raise_alarm(self, line):
        """Gather the trace that follows the first line, and the status if QEMU ends; then fail."""
        if self.console.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=TRACE_TIME) == 0:
            self.exit_status = self.wait_end()[0]
        raise self._failed(Panic, f"the kernel said: {line}")

    def _raise_end(self, wanted):
        """QEMU is gone: say why."""
        status, reason = self.wait_end()
        if self.triple_fault():
            raise self._failed(Reset, f"triple fault while waiting for {wanted}")
        if status not in (0, None):
            raise self._failed(Panic, f"QEMU ended with status {status} (the kernel's, or its own "
                               f"failure: {self.stderr()!r}) while waiting for {wanted}")
        if reason == "guest-reset":
            raise self._failed(Reset, f"the guest reset the machine while waiting for {wanted}")
        raise self._failed(Ended, f"QEMU ended ({reason}) while waiting for {wanted}")

    def wait_end(self, timeout=POWEROFF_TIMEOUT):
        """Wait for QEMU to end: (exit status, QMP's reason)."""
        try:
            status = self.process.wait(timeout=timeout * SLOWNESS)
        except subprocess.TimeoutExpired:
            raise self._failed(Hang, f"QEMU did not end within {timeout} s") from None
        if self.qmp:
            self.qmp.drain()
        return status, self.qmp.shutdown_reason() if self.qmp else None

    def triple_fault(self):
        """Did QEMU log a triple fault?"""
        path = os.path.join(self.dir, "reset.log")
        if not os.path.exists(path):
            return False
        with open(path, encoding="latin-1") as f:
            return "Triple fault" in f.read()

    def stderr(self):
        with open(os.path.join(self.dir, "qemu.err"), encoding="utf-8", errors="replace") as f:
            return f.read().strip()

    # ---- the shell -----------------------------------------------------------

    def wait_prompt(self, timeout=BOOT_TIMEOUT):
        """Wait for the shell and make it quiet: no echo, no prompt. Returns self."""
        self.expect(PROMPT, timeout)
        self.ready = True
        self.quiet_shell()
        return self

    def quiet_shell(self):
        """Without echo busybox ash reads plain lines, and with an empty prompt all that
        arrives on the line is what the commands print."""
        self.send("stty -echo; PS1= PS2= ; echo sync''ed\n")
        self.expect(rb"sync(?:ed)\r?\n")
        self.run("true")

    def send(self, text):
        """Type on the serial line."""
        self.console.send(text if isinstance(text, bytes) else text.encode())

    def run(self, command, timeout=RUN_TIMEOUT):
        """Run shell text; (what it printed, its status). The text may have many lines.

        It waits for each background job that it ends: without echo busybox reads a command with
        fgets(), and takes the EINTR of a SIGCHLD for the end of its input, on any kernel.
        """
        if len(command) > LONG_COMMAND:
            self.put("/tmp/.command", command)
            command = ". /tmp/.command"
        self.serial_number += 1
        tag = f"{self.serial_number}:{os.getpid()}"
        self.send(f"{command}\necho \"[=\"{tag}:$?:\"=]\"\n")
        self.expect(rf"\[={tag}:(\d+):=\]\r?\n", timeout)
        status = int(self.console.match.group(1))
        output = self.console.before.decode("utf-8", "replace").replace("\r\n", "\n")
        return output, status

    def ok(self, command, timeout=RUN_TIMEOUT):
        """Run shell text that has to succeed; what it printed."""
        output, status = self.run(command, timeout)
        assert status == 0, f"{command!r} ended with status {status} and printed:\n{output}"
        return output

    def put(self, path, data):
        """Write a small file in the guest, a piece at a time: a terminal's buffer is small."""
        data = data if isinstance(data, bytes) else data.encode()
        name = shlex.quote(path)
        self.ok(f": > {name}")
        for at in range(0, len(data), PIECE):
            piece = base64.b64encode(data[at:at + PIECE]).decode()
            self.ok(f"echo {piece} | base64 -d >> {name}")

    def get(self, path, timeout=RUN_TIMEOUT):
        """Read a file of the guest."""
        return base64.b64decode(self.ok(f"base64 {shlex.quote(path)}", timeout))

    # ---- the end -------------------------------------------------------------

    def alive(self):
        return self.process.poll() is None

    def poweroff(self):
        """Power off through init, check how it ended and what it left on the disk."""
        self.poweroff_keeping_the_disk()
        self.remove()

    def poweroff_keeping_the_disk(self):
        """The same, but the disk image stays, for another boot."""
        self.send("poweroff\n" if self.by_init else "umount -a -r 2>/dev/null; poweroff -f\n")
        while self.expect(["\n"], POWEROFF_TIMEOUT, allow_end=True) >= 0:
            pass
        status, reason = self.wait_end()
        self.close()
        if self.triple_fault():
            raise self._failed(Reset, "triple fault on the way to power-off")
        if status != 0 or reason != "guest-shutdown":
            raise self._failed(Ended, "expected a power-off; "
                                      f"QEMU ended with status {status}, {reason}")
        if self.check_root:
            clean, said = disk.fsck_root(self.disk)
            if not clean:
                raise self._failed(Unclean, f"fsck.minix of the root partition:\n{said}")

    def kill(self):
        """End QEMU at once."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()

    def close(self):
        """Keep the console's text beside the image."""
        self.console.close()
        with open(os.path.join(self.dir, "console.log"), "wb") as f:
            f.write(self.log)
        self.control.close()

    def remove(self):
        """After a good run nobody needs the copy of the disk."""
        if os.path.exists(self.disk):
            os.unlink(self.disk)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None and self.alive() and self.ready:
            self.poweroff()
        else:
            self.kill()


def wait_until(condition, timeout=60, pause=0.2):
    """Poll until condition() is true; its value, or the last false one when time is up."""
    end = time.monotonic() + timeout * SLOWNESS
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)
