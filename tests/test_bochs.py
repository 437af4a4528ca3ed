"""The same image under Bochs, which checks segment limits and has no bus-master DMA to lend, but
the DMA of floppy disks.

Bochs runs in its text display under a pseudo-terminal; its serial port is a second
pseudo-terminal, through which the harness talks to the shell as it does with QEMU.
"""
import os
import pty
import termios
import threading
import tty

import pexpect
import pytest
from pexpect import fdpexpect

import disk
import harness
from harness import ALARM, IMAGE, PROMPT

pytestmark = pytest.mark.only("i386", "Bochs is a PC")

BOOT_TIMEOUT = 400
CONFIG = """\
config_interface: textconfig
display_library: term
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
megs: 32
cpu: ips=50000000
clock: sync=none, time0=utc
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=disk, mode=flat, path={image}
floppya: 1_44={floppy}, status=inserted
boot: disk
com1: enabled=1, mode=term, dev={tty}
sound: waveoutdrv=dummy, waveindrv=dummy, midioutdrv=dummy
speaker: enabled=0
panic: action=fatal
error: action=report
info: action=report
debug: action=ignore
log: {log}
"""


def swallow(process):
    """Read what Bochs draws on its screen, or it would stop when the terminal is full."""
    try:
        process.expect(pexpect.EOF, timeout=None)
    except (OSError, ValueError):
        pass


@pytest.fixture
def bochs(tmp_build):
    """(console, process) of a Bochs with a copy of the image, and a MINIX floppy in its drive."""
    image = disk.copy_image(IMAGE, os.path.join(tmp_build, "hd.img"))
    floppy = disk.minix(os.path.join(tmp_build, "fd.img"), 1440, version=1, name_length=14)
    master, slave = pty.openpty()
    tty.setraw(master, termios.TCSANOW)
    tty.setraw(slave, termios.TCSANOW)
    config, commands = os.path.join(tmp_build, "bochsrc"), os.path.join(tmp_build, "commands")
    with open(config, "w", encoding="ascii") as f:
        f.write(CONFIG.format(image=image, floppy=floppy, tty=os.ttyname(slave),
                              log=os.path.join(tmp_build, "log")))
    with open(commands, "w", encoding="ascii") as f:
        f.write("c\n")
    process = pexpect.spawn("bochs", ["-q", "-f", config, "-rc", commands], cwd=tmp_build,
                            env={**os.environ, "TERM": "vt100"}, dimensions=(30, 100))
    process.image, process.floppy = image, floppy
    threading.Thread(target=swallow, args=(process,), daemon=True).start()
    yield fdpexpect.fdspawn(master, timeout=BOOT_TIMEOUT), process
    process.close(force=True)
    os.close(slave)


def expect(console, pattern):
    """Wait for the pattern; an alarm of the kernel fails at once."""
    found = console.expect([pattern, ALARM, pexpect.TIMEOUT],
                           timeout=BOOT_TIMEOUT * harness.SLOWNESS)
    seen = console.before if isinstance(console.before, bytes) else b""
    assert found == 0, f"expected {pattern!r}; the console ends with:\n" + \
        "\n".join(seen.decode("utf-8", "replace").replace("\r", "").split("\n")[-30:])


def test_bochs_reaches_the_prompt(bochs):
    console, process = bochs
    expect(console, PROMPT)
    console.send("stty -echo; PS1=; echo sync''ed\n")
    expect(console, rb"synced\r?\n")
    console.send("seq 1 1000 | md5sum; echo $((6 * 7))''=\n")
    expect(console, rb"53d025127ae99ab79e8502aae2d9bea6\s+-\r?\n42=\r?\n")
    console.send("mount -t minix /dev/fd0 /mnt && cp /usr/bin/usertests /mnt && umount /mnt &&"
                 " mount /dev/fd0 /mnt && cmp /mnt/usertests /usr/bin/usertests && umount /mnt &&"
                 " echo floppy''=\n")
    expect(console, rb"floppy=\r?\n")
    console.send("mkdir /tmp/v; cd /tmp/v; A=1 /usr/v012/tests12 one two; echo st''atus=$?; cd /\n")
    expect(console, rb"status=\d+\r?\n")
    said = console.before + console.after
    assert said.count(b"\nok ") >= 54 and b"FAIL" not in said and said.strip().endswith(b"=0"), said
    console.send("poweroff\n")
    assert harness.wait_until(lambda: not process.isalive(), BOOT_TIMEOUT), "no power-off"
    clean, said = disk.fsck_root(process.image)
    assert clean, said
    clean, said = disk.fsck(process.floppy)
    assert clean, said
