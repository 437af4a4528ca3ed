"""A root file system as of 1992: MINIX v1 with names of 14 characters, all programs a.out, no
/proc, no init. The kernel boots into it, its programs run under today's root, and today's under it.

Where nothing else is said a test types into user/v012/root/sh.
"""
import os
import re
import subprocess
import time

import pytest

import disk
import harness
from harness import Guest

pytestmark = pytest.mark.only("i386", "a.out programs are for the PC")

BLOCK = 1024
SETTLE = 0.3            # seconds in which the shell starts a program
IMAGE = os.path.join(harness.BUILD, "hd012.img")


class OldGuest(Guest):
    """Nobody in 1992 could ask the machine to power off: it is ended behind a sync."""

    def __exit__(self, kind, value, trace):
        if kind is None and self.alive():
            self.ok("sync")
            self.kill()
            clean, said = disk.fsck_root(self.disk)
            assert clean, said
            self.remove()
        else:
            self.kill()


@pytest.fixture(scope="module")
def old():
    with OldGuest(image=IMAGE, mem=16, name="old") as guest:
        guest.wait_prompt()
        yield guest


def test_boots_as_then(old):
    """Init finds no program of its own: /etc/rc is read, then a login shell is there."""
    said = old.text()
    assert "rc: Linux 0.12 i386\nrc: Ok.\n" in said, said
    assert old.ok("set") .startswith("HOME=/usr/root\nTERM=con80x25\n")
    assert old.ok("pwd") == "/usr/root\n"
    assert old.ok("ls -l /etc/mtab").split()[4] == "0", "rc did not make it"


def test_next_shell(old):
    """A shell that ends is followed by another, which a ^C does not end."""
    first = old.ok("echo $$")
    old.send("exit\n")
    old.expect(harness.PROMPT)
    old.quiet_shell()
    assert old.ok("echo $$") != first
    old.send("echo begin''s; sleep 60; echo status=$?\n")
    old.expect("begins\r?\n")
    time.sleep(SETTLE)
    old.send("\x03")
    old.expect(r"status=130\r?\n")


def test_shell(old):
    """Words, quotes, variables, patterns, pipes, redirections, jobs."""
    assert old.ok("A=one; echo $A 'a  $A' \"a  $A\" a\\ \\ b $#") == "one a  $A a  one a  b 0\n"
    assert old.ok("cd /bin; echo c* ?s nothing*; cd") == "cat chmod cp ls nothing*\n"
    assert old.ok("cat /etc/rc | cat | cat > /tmp/x; cat < /tmp/x") == old.ok("cat /etc/rc")
    assert old.ok("echo 1 > /tmp/x; echo 2 >> /tmp/x; nosuch 2>> /tmp/x; cat /tmp/x") == \
        "1\n2\nsh: nosuch: No such file or directory\n"
    assert len(set(old.ok("echo $$; echo $$ | cat").split())) == 1
    assert old.ok("false || echo or && echo and; true && false; echo $?") == "or\nand\n1\n"
    assert old.ok("sh -c 'exit 3'; echo $?; sh -c 'kill -9 $$'; echo $?") == "3\n137\n"
    assert old.ok("sleep 1 & wait; echo 1 | cat").endswith("\n1\n")
    old.ok("echo 'echo script $1 $#' > /tmp/s; echo \"#!/bin/sh\" > /tmp/t; cat /tmp/s >> /tmp/t")
    old.ok("chmod 755 /tmp/t")
    assert old.ok("sh /tmp/s a b; /tmp/t c") == "script a 2\nscript c 1\n"
    old.ok("rm /tmp/x /tmp/s /tmp/t")


def test_tools(old):
    """What a person does with files, by programs that read directories themselves."""
    old.ok("cd /tmp; mkdir d d/e; echo text > d/f; cp d/f d/g; cp d/f d/g d/e; ln d/f d/h")
    old.ok("ln -s f d/s")
    assert old.ok("ls d d/e; cat d/s") == "e\nf\ng\nh\ns\nf\ng\ntext\n"
    assert old.ok("cd d/e; pwd; cd /tmp") == "/tmp/d/e\n"
    assert "lrwxrwxrwx   1    0    0       1 s -> f" in old.ok("ls -l d")
    assert re.fullmatch(r"( *\d+ [.]{1,2}\n){2}( *\d+ [efghs]\n){5}", old.ok("ls -ai d"))
    assert "usage" in old.run("ls -z")[0]
    assert "No such process" in old.run("kill 9999")[0]
    old.ok("mv d/g d/an-name-of-more-than-14-characters")
    assert "an-name-of-mor\n" in old.ok("ls d")
    old.ok("rm d/an-name-of-mor-whatever")
    for command in ("cp d/f d/f", "mv d/f d/f", "mv d/f d/h", "mv d/none d/f", "mv d/e d/f"):
        assert old.run(command)[1] == 1, command
    assert old.ok("cat d/f; mv d/s d/f; cat d/h; mv d/h d/f; ln -s f d/s; ln d/f d/h; sleep 0") == \
        "text\ntext\n"
    assert old.run("rmdir d")[1] == 1
    old.ok("rm d/e/* d/f d/h d/s; rmdir d/e d; cd")
    assert old.ok("ls /tmp") == ""


def test_mv_of_too_many_links(old):
    """A file with as many names as there can be is not moved, and the name's old file stays."""
    old.ok("cd /tmp; mkdir m; cd m; echo many > f; echo other > g")
    for first in range(1, 250, 24):
        old.run("; ".join(f"ln f l{n}" for n in range(first, min(first + 24, 250))))
    said, status = old.run("mv f g")
    assert status and "Too many links" in said, said
    assert old.ok("cat g; ls").startswith("other\nf\ng\nl1\n")
    old.ok("rm l9; mv f g; cat g; cd /tmp; rm m/*; rmdir m; cd", timeout=60)


def test_devices(old):
    """Numbers of then, on nodes of the root; the terminal answers what programs asked."""
    assert "  3,  1 hd1" in old.ok("ls -l /dev")
    assert old.ok("cat /dev/null; mknod /tmp/null c 1 3; echo x > /tmp/null; rm /tmp/null") == ""
    assert old.ok("stty").startswith("-echo icanon")
    assert old.ok("echo to the terminal > /dev/tty") == "to the terminal\n"
    assert "Busy" in old.run("umount /dev/hd1")[0]
    old.ok("echo x > /tmp/still-writable; rm /tmp/still-writable")


def test_shared_library(old):
    """Every program that the shell starts has the library that its parent took."""
    said = old.ok("shared12 /lib/lib12 /bin/sh -c '/usr/bin/shared12 - | cat'")
    assert said.count("first: 5 letters, -1992, 0x12, write 0\n") == 2, said


def test_rules_on_this_root(old):
    """All that programs may rely on, where there is nothing but what 1992 had."""
    said, status = old.run("cd /tmp; A=1 /usr/bin/tests12 one two; cd")
    assert "FAIL" not in said and status == 0, said


def test_beside_todays_root(tmp_build):
    """As the second disk: today's shell runs its programs, its shell today's."""
    second = disk.copy_image(IMAGE, os.path.join(tmp_build, "hdb.img"))
    with Guest(mem=32, disks=[second], by_init=False, name="beside") as guest:
        guest.wait_prompt()
        guest.ok("mount /dev/hdb1 /mnt")
        assert guest.ok("/mnt/bin/ls /mnt/usr | cat") == "bin\nroot\n"
        assert guest.ok("echo 'busybox echo $1 | /mnt/bin/cat; ls / | /bin/grep proc' > /tmp/s;"
                        " /mnt/bin/sh /tmp/s word") == "word\nproc\n"
        said = guest.ok("chroot /mnt /bin/sh -c 'echo *; pwd; ls -l /bin/sh'")
        assert said.startswith("bin dev etc") and "/bin/sh\n" in said, said
        deep = "/mnt/bin/sh -c 'sh -c \"/mnt/bin/sh -c \\\"exit 5\\\"\"; echo $?'"
        assert guest.ok(deep) == "5\n"
        guest.ok("umount /mnt")
    clean, said = disk.fsck_root(second)
    assert clean, said


def test_todays_disk_beside_it(tmp_build):
    """The reverse: its mount() reads today's root, whose busybox runs under its shell."""
    second = disk.copy_image(harness.IMAGE, os.path.join(tmp_build, "hdb.img"))
    with OldGuest(image=IMAGE, mem=32, disks=[second], name="todays") as guest:
        guest.wait_prompt()
        guest.ok("mount /dev/hd6 /mnt")
        assert guest.ok("cat /etc/mtab") == "/dev/hd6 on /mnt\n"
        box = "/mnt/bin/busybox"
        assert guest.ok(f"{box} seq 3 | cat | {box} wc -l") == "3\n"
        assert guest.ok(f"{box} sh -c 'echo $0 $((6 * 7))'") == "sh 42\n"
        assert guest.ok(f"{box} ash -c 'kill -9 $$'; echo $?") == "137\n"
        guest.ok(f"{box} mkdir /tmp/proc; {box} mount -t proc proc /tmp/proc")
        maps = guest.ok(f"cat /tmp/proc/self/maps; {box} cat /tmp/proc/self/maps")
        assert "03c00000-04000000 rwxp" in maps and "[stack]" in maps, maps
        guest.ok(f"{box} umount /tmp/proc; rmdir /tmp/proc")
        assert guest.run("mount /dev/hd6 /usr")[0] == "mount: /dev/hd6: Busy\n"
        assert guest.run("cd /mnt; umount /dev/hd6; cd")[0] == "umount: /dev/hd6: Busy\n"
        guest.ok("umount /dev/hd6")
        assert guest.ok("cat /etc/mtab") == ""
        assert guest.run("umount /dev/hd6")[0] == "umount: /dev/hd6: Invalid argument\n"
        guest.ok("mount /dev/hd6 /mnt ro")
        assert guest.run("mkdir /mnt/x")[0] == "mkdir: /mnt/x: Read-only file system\n"
        guest.ok("umount /dev/hd6")
    clean, said = disk.fsck_root(second)
    assert clean, said


def add(image, lines):
    """Nodes for the root file system of a disk, in the words of tools/mkroot."""
    table = image + ".tbl"
    with open(table, "w", encoding="ascii") as f:
        f.write(lines)
    subprocess.run([os.path.join(harness.BUILD, "tools", "mkroot"),
                    *(["-o", str(disk.partition(image, 1)[0])] if "hda" in image else []),
                    image, "-n", table], check=True, stdout=subprocess.DEVNULL)


SH = f"{harness.BUILD}/v012/root/sh"


@pytest.mark.parametrize("words,name", [("init=/bin/sh", ""), ("", "/etc/init"), ("", "/bin/init")])
def test_first_program(words, name, tmp_build):
    """A program of 1992 is process 1: named on the command line, or where it was looked for."""
    image = disk.copy_image(IMAGE, os.path.join(tmp_build, "hda.img"))
    if name:
        add(image, f"f {name} 755 0 0 {SH}\n")
    with OldGuest(image=image, mem=16, append=words or None, name="first") as guest:
        guest.wait_prompt()
        assert guest.ok("echo $$; cat /etc/passwd") == "1\nroot::0:0::/usr/root:/bin/sh\n"
        assert "rc: Ok." not in guest.text()


def test_nothing_but_a_shell(tmp_build):
    """No /dev, no /etc, no /proc, no second program: the second disk, by its number of then. Its
    super-block ends where those of 1992 did, and says nothing about being clean."""
    bare = disk.minix(os.path.join(tmp_build, "hdb.img"), 400, version=1, name_length=14)
    add(bare, f"d /bin 755 0 0\nf /bin/sh 755 0 0 {SH}\n")
    disk.patch(bare, BLOCK + 18, bytes(BLOCK - 18))
    with Guest(mem=8, disks=[bare], append="root=0305", name="bare") as guest:
        guest.expect(harness.PROMPT)
        assert "Swap: /dev/hda2" in guest.text()
        guest.send("set > /file; cd $HOME\n")
        guest.expect("cd: /usr/root: No such file or directory\r?\n")
        guest.send("sh -c 'exit 6'; cd $?; sh /file; cd /*in\n")
        guest.expect("cd: 6: No such file or directory\r?\n")
        guest.expect(harness.PROMPT)
        guest.send("nosuch\n")
        guest.expect("sh: nosuch: No such file or directory\r?\n")
        guest.kill()


def test_on_the_screen():
    """The console is the PC's screen: keys, the controlling terminal, ^C."""
    guest = Guest(image=IMAGE, mem=16, append="console=tty0", name="screen", check_root=False)

    def sees(pattern):
        def found():
            text = "\n".join(line.rstrip() for line in guest.qmp.screen(guest.dir))
            return re.search(pattern, text)
        assert harness.wait_until(found), f"expected {pattern!r} on the screen"

    def types(text):
        guest.qmp.type(text, lambda: time.sleep(0.05))

    with guest:
        sees(r"rc: Ok\.\n#")
        types("echo typed > /dev/tty; stty\n")
        sees(r"\ntyped\necho icanon erase=127\n#")
        types("sleep 100\n")
        time.sleep(SETTLE)
        guest.qmp.key("ctrl-c")
        types("echo $?\n")
        sees(r"\n130\n#")
        guest.kill()
