"""Programs of 1992: a.out files, their 64 MB, and the calls of that time.

What such a program sees is checked from the inside by user/v012/tests12.c, on each kind of file
system; here are also the headers that must be refused, and life together with today's programs.
"""
import errno
import os
import random
import re
import struct
import subprocess
import time

import pytest

import disk
import harness
from harness import Guest

pytestmark = pytest.mark.only("i386", "a.out programs are for the PC")

SETTLE = 0.3            # seconds in which the shell starts a program


def check_inside(guest, where):
    said = guest.ok(f"mkdir -p {where}; cd {where}; A=1 /usr/v012/tests12 one two")
    assert "FAIL" not in said, said
    assert len(re.findall(r"^ok \w+$", said, re.M)) >= 65, said
    assert guest.ok("ls -A") == "", "files were left behind"
    guest.ok(f"cd /; rmdir {where}")


@pytest.mark.parametrize("where", ["/tmp/v012", "/var/tmp/v012"])
def test_from_the_inside(sh, where):
    """Every rule, in files of memory and on a disk with long names."""
    check_inside(sh, where)


def test_disk_of_that_time(tmp_build):
    """The same on MINIX v1 with names of 14 characters, whose directories are read as they are."""
    image = disk.minix(f"{tmp_build}/old.img", 2048, version=1, name_length=14)
    with Guest(disks=[image], name="v012disk").wait_prompt() as guest:
        guest.ok("mount -t minix /dev/hdb /mnt")
        check_inside(guest, "/mnt/dir")
        guest.ok("umount /mnt")


def test_its_space_is_64_mb(sh):
    """/proc/PID/maps of the program, beside that of today's."""
    maps = sh.ok("/usr/v012/maps12")
    ends = [int(end, 16) for end in re.findall(r"^[0-9a-f]{8}-([0-9a-f]{8}) rwxp", maps, re.M)]
    assert len(ends) == 3 and ends[-1] == 0x04000000, maps
    assert "/usr/v012/maps12" in maps
    assert "bffff000" in sh.ok("cat /proc/self/maps") or "c0000000" in sh.ok("cat /proc/self/maps")


# ---- headers ----------------------------------------------------------------------

def header(magic=0x10b, text=4096, data=0, bss=0, syms=0, entry=0, trsize=0, drsize=0):
    fields = struct.pack("<8I", magic, text, data, bss, syms, entry, trsize, drsize)
    return fields.ljust(1024, b"\0")


# mov ebx, 7; mov eax, 1; int 0x80
EXIT_7 = b"\xbb\x07\0\0\0\xb8\x01\0\0\0\xcd\x80".ljust(4096, b"\x90")

# movzx ebx, byte [16]; mov al, 7; add ebx, eax; mov al, 1; int 0x80: with eax 0, as at the start
EXIT_BSS = b"\x0f\xb6\x1d\x10\0\0\0\xb0\x07\x01\xc3\xb0\x01\xcd\x80\x90"

REFUSED = {
    "OMAGIC": header(magic=0x107) + EXIT_7,
    "NMAGIC": header(magic=0x108) + EXIT_7,
    "QMAGIC": header(magic=0xcc) + EXIT_7,
    "machine_type": header(magic=0x64010b) + EXIT_7,
    "text_relocations": header(trsize=8) + EXIT_7,
    "data_relocations": header(drsize=8) + EXIT_7,
    "too_large": header(bss=0x3000000) + EXIT_7,
    "wraps_around": header(bss=0xfffff000) + EXIT_7,
    "short_file": header(text=8192) + EXIT_7,
    "symbols_missing": header(syms=4) + EXIT_7,
    "header_alone": header()[:32],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(sh, name):
    """What is not a whole ZMAGIC file is ENOEXEC, for programs of both times."""
    sh.put("/tmp/bad", REFUSED[name])
    said, status = sh.run("chmod 755 /tmp/bad; /usr/v012/exec12 /tmp/bad")
    assert status == errno.ENOEXEC, said


ACCEPTED = {
    "no_multiple_of_a_page": header(text=12) + EXIT_7[:12],
    "all_of_48_mb": header(bss=0x3000000 - 4096) + EXIT_7,
    "symbols_are_there": header(syms=4) + EXIT_7 + b"syms",
    "more_in_the_file": header() + EXIT_7 + b"x" * 5000,
    "entry_in_the_text": header(entry=4096 - 12) + bytes(4096 - 12) + EXIT_7[:12],
    "entry_in_the_data": header(text=4096, data=4096, entry=4096) + bytes(4096) + EXIT_7,
    "text_and_data_share_a_page": header(text=4, data=12, entry=4) + bytes(4) + EXIT_7[:12],
    "data_alone": header(text=0, data=4096) + EXIT_7,
    "bss_where_the_file_has_symbols": header(text=16, bss=4, syms=5000) + EXIT_BSS + b"s" * 5000,
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(sh, name):
    """Whole files, however odd; their first instruction is where the header says."""
    sh.put("/tmp/odd", ACCEPTED[name])
    said, status = sh.run("chmod 755 /tmp/odd; /usr/v012/exec12 /tmp/odd")
    assert status == 7, said


DEADLY = {
    "entry_behind_the_space": header(entry=0x04000000) + EXIT_7,
    "entry_in_the_kernel": header(entry=0xc0100000) + EXIT_7,
    "entry_at_the_top": header(entry=0xffffffff) + EXIT_7,
}


@pytest.mark.parametrize("name", DEADLY)
def test_deadly(sh, name):
    """Nothing is wrong with the header, but with the program: it dies, and nothing else."""
    sh.put("/tmp/odd", DEADLY[name])
    said, status = sh.run("chmod 755 /tmp/odd; /usr/v012/exec12 /tmp/odd")
    assert status == 139, said


FUZZ = """cp /usr/v012/exec12 whole; for change in {changes}; do
cp whole bad; for byte in $(echo $change | tr , ' '); do
printf "\\\\x${{byte#*=}}" | dd of=bad bs=1 seek=${{byte%=*}} conv=notrunc 2> /dev/null; done
(ulimit -t 1; ./bad ./whole) < /dev/null > /dev/null 2>&1; done; rm whole bad"""


@pytest.mark.parametrize("seed", range(3))
def test_random_headers(sh, seed):
    """Damaged headers and text: the program is refused, or runs and dies alone."""
    rng = random.Random(seed)
    size = os.path.getsize(f"{harness.BUILD}/v012/exec12")
    interesting = ["00", "01", "04", "10", "7f", "80", "ff"]

    def change():
        at = rng.randrange(32) if rng.random() < .7 else rng.randrange(1024, size)
        value = rng.choice(interesting) if rng.random() < .5 else f"{rng.randrange(256):02x}"
        return f"{at}={value}"

    changes = " ".join(",".join(change() for _ in range(rng.randrange(1, 5))) for _ in range(60))
    sh.put("fuzz", FUZZ.format(changes=changes))
    sh.ok("chmod 755 .; sh fuzz", timeout=300)
    assert sh.ok("/usr/v012/shared12 /usr/v012/lib12").startswith("first")


# ---- together with today's --------------------------------------------------------------

def test_pipes_between_both(sh):
    assert sh.ok("/usr/v012/maps12 | grep -c rwxp") == "3\n"
    out = sh.ok("for i in 1 2 3; do /usr/v012/maps12; done | sort | uniq -c | grep -c ' 3 '")
    assert out == "4\n"


BIN, LIB = "/usr/v012/bin", "/usr/v012/lib12"


def elf(address, code, interpreter=b""):
    """A program of today: this code at the address; the file that is to be run first."""
    kinds = ((3, interpreter), (1, code)) if interpreter else ((1, code),)
    at = 52 + 32 * len(kinds)
    headers = b""
    for kind, contents in kinds:
        headers += struct.pack("<8I", kind, at, address + at, address + at, len(contents),
                               len(contents), 5, 1)
        at += len(contents)
    ident = b"\x7fELF\1\1\1".ljust(16, b"\0")
    entry = address + at - len(code)
    return (ident + struct.pack("<HHIIIIIHHHHHH", 2, 3, 1, entry, 52, 0, 0, 52, 32, len(kinds),
                                0, 0, 0) + headers + b"".join(c for _, c in kinds))


def test_interpreter_of_todays(sh):
    """A program of 1992 starts one of today's that names another in full: 14 characters are not
    all of that name."""
    sh.put("program", elf(0x08048000, EXIT_7[:1] + b"\x08" + EXIT_7[2:12],
                          b"/tmp/interpreter-of-today\0"))
    sh.put("/tmp/interpreter-of-today", elf(0x10000000, EXIT_7[:12]))
    sh.ok("chmod 755 program /tmp/interpreter-of-today")
    assert sh.run("./program")[1] == 7
    assert sh.run("/usr/v012/exec12 ./program")[1] == 7
    sh.ok("rm /tmp/interpreter-of-today")


def test_tree_of_both(sh):
    """Its shell starts today's, which starts its own again: words, descriptors, statuses."""
    sh.put("deep", f"echo $1 $2\n/bin/sh -c '{BIN}/sh deeper $0 $1' $1 $2\necho $?\n")
    sh.put("deeper", "echo $2 $1 | tr a-z A-Z\nexit 7\n")
    assert sh.ok(f"{BIN}/sh deep one two") == "one two\nTWO ONE\n7\n"
    chain = "/usr/v012/exec12 /bin/sh -c 'exec /usr/v012/exec12 /bin/sh -c \"exit 9\"'"
    assert sh.run(chain)[1] == 9
    assert sh.run(f"{BIN}/sh -c 'sh -c \"kill -11 \\$\\$\"; echo $?'")[0] == "139\n"
    said, status = sh.run(f"{BIN}/sh -c 'kill -9 $$'")
    assert status == 137, said


def test_pipes_carry_much(sh):
    """Full pipes in both directions, and a reader that goes away."""
    sh.ok("seq 1 30000 > much")
    expected = sh.ok("md5sum < much")
    pipeline = f"{BIN}/cat much | cat | {BIN}/cat | {BIN}/sh -c '{BIN}/cat | cat' | md5sum"
    assert sh.ok(pipeline) == expected
    assert sh.ok(f"{BIN}/cat much much much | head -n 1") == "1\n"
    assert sh.ok(f"seq 1 1000000 | {BIN}/sh -c 'sed 1q'") == "1\n"


def test_signals_between_both(sh):
    """Each kills the other, and sees how it died; an orphan is init's."""
    sh.put("killer", f"{BIN}/sleep 100 &\nkill -15 $1\nkill -2 $2\n")
    sh.ok(f"sleep 100 & a=$!; {BIN}/sleep 100 & b=$!; {BIN}/sh killer $a $b;"
          " wait $a; c=$?; wait $b; echo $c $? > status")
    assert sh.ok("cat status") in ("143 130\n", "143 143\n")
    orphan = sh.ok("pidof sleep").split()
    assert len(orphan) == 1
    assert sh.ok(f"awk '/PPid/ {{ print $2 }}' /proc/{orphan[0]}/status") == "1\n"
    sh.ok(f"kill -9 {orphan[0]}; while [ -d /proc/{orphan[0]} ]; do sleep 0.1; done")


def test_job_control(sh):
    """^Z and ^C reach what is in front, whichever kind it is; fg and bg go on with it."""
    sh.send(f"{BIN}/sh -c 'echo sta''rts; {BIN}/sleep 100'; echo status=$?\n")
    sh.expect("starts\r?\n")
    time.sleep(SETTLE)
    sh.send("\x1a")
    sh.expect(r"status=148\r?\n")
    assert "Stopped" in sh.ok("jobs")
    state = "cat /proc/$(pidof sleep)/stat"
    assert sh.ok(state).split()[2] == "T"
    sh.ok("bg")
    assert sh.ok(state).split()[2] in "RS"
    sh.send("fg\n")
    sh.expect("sh -c")
    time.sleep(SETTLE)
    sh.send("\x03")		# the shell forgets the rest of a line then
    assert sh.run("(exit $?)")[1] == 130
    assert sh.run("pidof sleep")[1] == 1


@pytest.mark.parametrize("mem", [8, 16, 64])
def test_storm(mem):
    """127 processes that fork, write everywhere and exec; with little memory they go to swap."""
    with Guest(mem=mem, by_init=False, name="v012storm") as guest:
        guest.wait_prompt()
        guest.ok("cd /tmp; cp /usr/v012/storm12 .")
        for where in ("/usr/v012", "/tmp"):
            guest.ok(f"{where}/storm12 6", timeout=300)
        said = guest.ok(f"for i in $(seq 60); do {BIN}/echo $i | {BIN}/cat; done", timeout=300)
        assert said.split() == [str(i) for i in range(1, 61)], said
        assert int(guest.ok("ls -d /proc/[0-9]* | wc -l")) < 40, "processes are left"


def test_nothing_is_lost(sh):
    """Areas of memory and open files are as many as before."""
    work = f"""/usr/v012/storm12 3; {BIN}/sh -c "{BIN}/ls | {BIN}/cat" > /dev/null
        /usr/v012/shared12 {LIB} /bin/sh -c '/usr/v012/shared12 - /usr/v012/exec12 /tmp' > /dev/null
        /usr/v012/exec12 /etc/passwd; true"""
    count = "awk '/^(vm_area_struct|filp) / { print $1, $2 }' /proc/slabinfo"
    sh.run(work)
    before = sh.ok(count)
    for _ in range(5):
        sh.run(work)
    assert sh.ok(count) == before


def test_text_is_shared_and_dropped():
    """Pages of text go when memory is short and come back when they are touched."""
    with Guest(mem=16, by_init=False, name="v012mem").wait_prompt() as guest:
        for _ in range(3):
            check_inside(guest, "/tmp/v012")
            guest.ok("dd if=/dev/zero of=/var/tmp/big bs=64k count=200; rm /var/tmp/big")
            guest.ok("echo 3 > /proc/sys/vm/drop_caches")


def test_busy_text(sh):
    """Nobody writes to a program that runs, and somebody may when it has ended."""
    sh.ok("cd /tmp; cp /usr/v012/tests12 busy; ./busy one two >/dev/null & sleep 0.2")
    said, status = sh.run("echo > /tmp/busy")
    assert status and "Text file busy" in said, said
    sh.ok("wait; echo > /tmp/busy; rm /tmp/busy")


# ---- elf2aout ---------------------------------------------------------------------------

@pytest.mark.parametrize("contents,said", [
    (b"#!/bin/sh\n", "not a 32-bit little-endian ELF file"),
    (elf(0, b"code")[:60], "not an executable for i386"),
    (elf(0, b"code")[:84], "a segment is not in the file"),
    (elf(0x08048000, b"code"), "08048054 is not between 00000000 and 03000000"),
    (elf(0xfffff000, b"code"), "fffff054 is not between"),
])
def test_elf2aout_refuses(contents, said, tmp_build):
    """What cannot be such a program is named, and nothing is written."""
    source, target = os.path.join(tmp_build, "elf"), os.path.join(tmp_build, "aout")
    with open(source, "wb") as f:
        f.write(contents)
    tool = os.path.join(harness.TOP, "tools", "elf2aout")
    run = subprocess.run([tool, source, target], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and run.stderr.startswith("elf2aout: ") and said in run.stderr
    assert not os.path.exists(target)


# ---- the shared library -------------------------------------------------------------------

def used(first):
    """What shared12 prints: its child goes on counting in a copy of the library's data."""
    counts = (("first", first), ("child", first + 2), ("again", first + 2))
    return "".join(f"{when}: 5 letters, -1992, 0x12, write {writes}\n" for when, writes in counts)


def test_library_is_used(sh):
    """Its functions are called at their addresses; its data is each process' own."""
    assert sh.ok(f"/usr/v012/shared12 {LIB}") == used(0)
    assert sh.ok(f"/usr/v012/shared12 {LIB}") == used(0)


def test_library_where_nothing_may_run(sh):
    sh.ok(f"mkdir noexec; mount -t tmpfs -o noexec none noexec; cp {LIB} noexec/lib")
    said, status = sh.run("/usr/v012/shared12 noexec/lib")
    assert status == 13 and "Permission denied" in said, said
    sh.ok("umount noexec; rmdir noexec")


def test_library_is_inherited(sh):
    """Over exec, with the file's data as it was; also when an ELF program comes between."""
    assert sh.ok(f"/usr/v012/shared12 {LIB} /usr/v012/shared12 -") == used(0) * 2
    assert sh.ok(f"/usr/v012/shared12 {LIB} /bin/sh -c '/usr/v012/shared12 -; true'") == used(0) * 2


def test_library_is_busy(sh):
    """Who has it keeps writers away; so does an ELF program that will hand it on."""
    sh.ok(f"cp {LIB} lib; mkfifo f; /usr/v012/shared12 -w ./lib < f > out & exec 8> f")
    sh.ok("while [ ! -s out ]; do sleep 0.1; done")
    said, status = sh.run("echo > lib")
    assert status and "Text file busy" in said, said
    sh.ok("echo >&8; exec 8>&-; wait")
    assert sh.ok("cat out") == used(0)
    said, status = sh.run("/usr/v012/shared12 ./lib /bin/sh -c 'echo > lib'")
    assert status and "Text file busy" in said, said
    sh.ok("echo > lib")


def test_library_and_text_under_pressure():
    """In 8 MB: pages of a program that sleeps go when others want memory, and come back."""
    with Guest(mem=8, by_init=False, name="v012press") as guest:
        guest.wait_prompt()
        guest.ok(f"cd /tmp; mkfifo f; /usr/v012/shared12 -w {LIB} < f > out & exec 8> f")
        guest.ok("while [ ! -s out ]; do sleep 0.1; done")
        rss = "awk '/lib12|shared12/ { f = 1 } f && /^Rss/ { s += $2; f = 0 } END { print s }' " \
              "/proc/$(pidof shared12)/smaps"
        before = int(guest.ok(rss))
        assert before >= 8, "neither text nor library is in memory"
        guest.ok("dd if=/dev/zero of=/dev/null bs=12M count=3", timeout=300)
        after = int(guest.ok(rss))
        assert after < before, f"{before} KB before, {after} KB after: nothing was dropped"
        guest.ok("echo >&8; exec 8>&-; wait")
        assert guest.ok("cat out") == used(0)
