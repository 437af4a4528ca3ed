"""Bad input: a wrong command line, a damaged image, damaged file systems, greedy users.

A command line that cannot be followed ends in a panic that names what was tried and the word
to change. Damaged boot code says which damage. A damaged MINIX file system gives EIO and a
message. An ordinary user who takes all there is does not take it from root.
"""
import os
import random
import re
import struct

import pytest

import disk
import harness
from harness import DISK, Guest, Panic
from machine import MACHINE

SECTOR = 512
BLOCK = 1024
BOOT_WORD_TIMEOUT = 60


# ---- the command line -------------------------------------------------------------

@pytest.mark.parametrize("words,patterns", [
    ("root=/dev/nosuch", ["root=/dev/nosuch", f"{DISK[5:]}a1"]),
    (f"root={DISK}d7", [f"root={DISK}d7", f"{DISK[5:]}a1"]),
    (f"root={DISK}a2", [f"root={DISK}a2", "rootfstype="]),
    ("rootfstype=vfat32", ["rootfstype=vfat32", "minix"]),
    ("init=/no/such/init", ["init=/no/such/init"]),
    ("init=/etc/passwd", ["init=/etc/passwd"]),
])
def test_bad_command_line(words, patterns):
    """The panic names the word, and shows what there is instead."""
    guest = Guest(mem=32, append=words, name="badline")
    with pytest.raises(Panic):
        guest.wait_prompt()
    for pattern in patterns:
        assert re.search(pattern, guest.text()), f"'{pattern}' is not in:\n{guest.tail()}"


def test_panic_with_no_disk_partition():
    """A disk without a file system anywhere: the panic still says what to change."""
    image = disk.copy_image(harness.IMAGE, os.path.join(harness._fresh_dir("empty"), "hd.img"))
    offset, _ = disk.partition(image, 1)
    disk.patch(image, offset, bytes(64 * 1024))
    guest = Guest(image=image, mem=32, name="nofs")
    with pytest.raises(Panic, match="root"):
        guest.wait_prompt()
    assert "root=" in guest.text()


def test_panic_minus_one_ends_the_machine_at_once():
    guest = Guest(mem=32, append="init=/no/such panic=-1", name="panicexit")
    with pytest.raises(Panic):
        guest.wait_prompt()
    assert guest.exit_status not in (0, None), "QEMU was still running after panic=-1"


def test_quiet_and_unknown_words_do_not_hurt():
    words = "quiet nonsense=1 debug= mem=banana highmem=zzz"
    with Guest(mem=32, append=words, by_init=False, name="words") as guest:
        guest.wait_prompt()


# ---- damaged boot images (PC) --------------------------------------------------------------

PC = pytest.mark.only("i386", "boot sector, setup code, BIOS")


def boot_says(image, word, floppy=False):
    """Boot and wait for a word on the serial line."""
    guest = Guest(image=image, mem=32, name="damaged", floppy=floppy)
    try:
        guest.expect(re.compile(word.encode(), re.I), BOOT_WORD_TIMEOUT)
    finally:
        guest.kill()


def copy_with(change, name="damage"):
    image = disk.copy_image(harness.IMAGE, os.path.join(harness._fresh_dir(name), "hd.img"))
    change(image)
    return image


def payload(image):
    """(offset, length) in bytes of the compressed kernel: from its LZ4 magic to the zeros."""
    head = disk.peek(image, 0, disk.partition(image, 1)[0])
    start = head.index(b"\x04\x22\x4d\x18")
    return start, len(head.rstrip(b"\0")) - start


@PC
@pytest.mark.parametrize("where", [0.02, 0.3, 0.6, 0.97])
def test_flipped_bytes_in_the_kernel(where):
    """The checksum notices: `kernel damaged`."""
    def damage(image):
        start, length = payload(image)
        at = start + int(length * where)
        disk.patch(image, at, bytes(b ^ 0x5A for b in disk.peek(image, at, 4)))
    boot_says(copy_with(damage), "kernel damaged")


@PC
def test_disk_that_ends_in_the_kernel():
    def cut(image):
        start, length = payload(image)
        os.truncate(image, (start + length // 2) // SECTOR * SECTOR)
    boot_says(copy_with(cut), "disk error")


@PC
def test_setup_overwritten():
    """The boot sector knows its second stage by a magic number."""
    def wipe(image):
        disk.patch(image, 2 * SECTOR, bytes(SECTOR))
    boot_says(copy_with(wipe), "bad image")


# Places in the machine code of setup.asm, and what makes of them a BIOS that knows less or a gate
# that never opens.
NO_E820 = (b"\x66\xb8\x20\xe8\x00\x00", b"\x66\xb8\x20\xd8\x00\x00")	# mov eax, 0xe820
NO_E801 = (b"\xb8\x01\xe8\xcd\x15", b"\xb8\x01\xd8\xcd\x15")		# mov ax, 0xe801; int 0x15
NO_88 = (b"\xb4\x88\xcd\x15", b"\xb4\xd8\xcd\x15")			# mov ah, 0x88; int 0x15
A20_STUCK = (b"\x64\x39\x06\x00\x7c\xc3", b"\x85\xe4\x90\x90\x90\xc3")	# cmp, ret: never equal


def with_setup(*changes):
    """A copy of the image with other code in setup.asm."""
    def change(image):
        for old, new in changes:
            at = disk.peek(image, 0, payload(image)[0]).index(old)
            disk.patch(image, at, new)
    return copy_with(change, "setup")


@PC
@pytest.mark.parametrize("changes", [[NO_E820], [NO_E820, NO_E801]], ids=["e801", "88h"])
def test_older_bios_calls_tell_the_memory(changes):
    """Without a map of the memory its size is asked for, in the older ways one after the other."""
    with Guest(mem=32, name="map") as guest:
        whole = int(guest.wait_prompt().ok("free | awk '/Mem/ { print $2 }'"))
    with Guest(image=with_setup(*changes), mem=32, name="size") as guest:
        told = int(guest.wait_prompt().ok("free | awk '/Mem/ { print $2 }'"))
    assert abs(whole - told) < 1024, f"{told} KB instead of {whole} KB"


@PC
def test_no_memory_map():
    boot_says(with_setup(NO_E820, NO_E801, NO_88), "no memory map")


@PC
def test_a20_line_stuck():
    boot_says(with_setup(A20_STUCK), "A20 line stuck")


# ---- damaged MINIX file systems ------------------------------------------------------------
#
# Each image holds /dir/file, /dir/link and /plain, written by the guest itself when the disk
# was sound; then one thing is damaged on the host. Behind the file system lies a border of
# known bytes: the guest must not have written there, nor into the super-block's fixed fields.

KILOBYTES = 512
DAMAGE_SEEDS = int(os.environ.get("ZT_SEEDS", "20"))
BORDER = b"\xb7" * (64 * 1024)


class Minix:
    """Where things are on a v1 file system with 30-character names."""

    def __init__(self, path):
        self.path = path
        words = struct.unpack("<HHHHHHIHH", disk.peek(path, BLOCK, 20))
        self.inodes, _, self.imap_blocks, self.zmap_blocks = words[:4]
        self.inode_table = (2 + self.imap_blocks + self.zmap_blocks) * BLOCK

    def inode(self, number):
        return self.inode_table + 32 * (number - 1)

    def zone(self, number, index):
        return struct.unpack("<H", disk.peek(self.path, self.inode(number) + 14 + 2 * index, 2))[0]

    def entry(self, directory, name):
        """Offset of the directory entry of a name."""
        start = self.zone(directory, 0) * BLOCK
        block = disk.peek(self.path, start, BLOCK)
        for at in range(0, BLOCK, 32):
            if block[at + 2:at + 32].rstrip(b"\0") == name.encode():
                return start + at
        raise KeyError(name)

    def number(self, directory, name):
        return struct.unpack("<H", disk.peek(self.path, self.entry(directory, name), 2))[0]

    def put(self, offset, *values):
        disk.patch(self.path, offset, struct.pack(f"<{len(values)}H", *values))


@pytest.fixture(scope="module")
def sound():
    """A sound file system, filled by the guest."""
    path = os.path.join(harness._fresh_dir("minix"), "sound.img")
    disk.minix(path, KILOBYTES)
    with Guest(mem=32, disks=[path], by_init=False, name="mkminix") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt && mkdir /mnt/dir && seq 1 9000 > /mnt/dir/file"
                 " && ln -s file /mnt/dir/link && echo plain > /mnt/plain && umount /mnt")
    clean, said = disk.fsck(path)
    assert clean, said
    return path


def root_entry(m):
    m.put(m.entry(1, "dir"), 60000)


def far_zone(m):
    m.put(m.inode(m.number(m.number(1, "dir"), "file")) + 14, 60000)


def metadata_zone(m):
    """A file whose first block is the inode table."""
    m.put(m.inode(m.number(m.number(1, "dir"), "file")) + 14, 3)


def far_indirect(m):
    m.put(m.inode(m.number(m.number(1, "dir"), "file")) + 14 + 14, 65535)


def garbage_mode(m):
    m.put(m.inode(m.number(1, "dir")), 0xF1FF)


def huge_size(m):
    disk.patch(m.path, m.inode(m.number(m.number(1, "dir"), "file")) + 4, b"\xff\xff\xff\xff")


def huge_directory(m):
    disk.patch(m.path, m.inode(m.number(1, "dir")) + 4, b"\xf0\xff\xff\x7f")


def slash_in_name(m):
    disk.patch(m.path, m.entry(m.number(1, "dir"), "file") + 2, b"a/b\0")


def directory_is_its_own_child(m):
    m.put(m.entry(m.number(1, "dir"), "link"), m.number(1, "dir"))


def unterminated_link(m):
    disk.patch(m.path, m.inode(m.number(m.number(1, "dir"), "link")) + 4, b"\xff\xff\0\0")


def free_inode_in_use(m):
    disk.patch(m.path, 2 * BLOCK, b"\x03" + bytes(BLOCK - 1))


def free_zones_in_use(m):
    disk.patch(m.path, (2 + m.imap_blocks) * BLOCK, b"\x01" + bytes(BLOCK - 1))


DAMAGE = [root_entry, far_zone, metadata_zone, far_indirect, garbage_mode, huge_size,
          huge_directory, slash_in_name, directory_is_its_own_child, unterminated_link,
          free_inode_in_use, free_zones_in_use]
MUST_FAIL = {root_entry: "ls /mnt/dir", garbage_mode: "ls /mnt/dir/.",
             far_zone: "cat /mnt/dir/file", metadata_zone: "cat /mnt/dir/file",
             far_indirect: "cat /mnt/dir/file"}
USE = """ls -lR /mnt; cat /mnt/dir/file | wc -c; cat /mnt/dir/link | wc -c
echo more >> /mnt/dir/file
echo new > /mnt/new; mkdir /mnt/newdir; mv /mnt/plain /mnt/newdir/p; cp /mnt/newdir/p /mnt/dir/copy
find /mnt -maxdepth 6 | wc -l; rm -f /mnt/dir/file; rm -rf /mnt/dir; df /mnt; sync; umount /mnt"""


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda d: d.__name__)
def test_damaged_minix(damage, sound, tmp_build):
    """Using the damaged part fails with EIO and a message; the machine lives; nothing is
    written outside the file system."""
    path = disk.copy_image(sound, os.path.join(tmp_build, "hdb.img"))
    damage(Minix(path))
    with open(path, "ab") as f:
        f.write(BORDER)
    with Guest(mem=32, disks=[path], by_init=False, name="damaged") as guest:
        guest.wait_prompt()
        guest.ok(f"mount -t minix {DISK}b /mnt")
        if damage in MUST_FAIL:
            out, status = guest.run(f"dmesg -n 1; {MUST_FAIL[damage]} 2>&1 > /dev/null")
            assert status != 0 and re.search("Input/output error|I/O error", out), out
            assert "minix" in guest.ok("dmesg | tail -n 20").lower(), "no message in the log"
        guest.run(USE, timeout=300)
        assert guest.ok("echo alive") == "alive\n"
    assert disk.peek(path, KILOBYTES * BLOCK, len(BORDER)) == BORDER, "written behind the end"


@pytest.mark.parametrize("seed", range(DAMAGE_SEEDS))
def test_randomly_damaged_minix(seed, sound, tmp_build):
    """Whatever is wrong, the machine lives and writes only to its own file system."""
    path = disk.copy_image(sound, os.path.join(tmp_build, "hdb.img"))
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 5, 40))):
        start, length = chance.choice(((BLOCK, 24), (2 * BLOCK, 20 * BLOCK), (2 * BLOCK, 200)))
        disk.patch(path, start + chance.randrange(length), bytes([chance.randrange(256)]))
    with open(path, "ab") as f:
        f.write(BORDER)
    with Guest(mem=32, disks=[path], by_init=False, name="random") as guest:
        guest.wait_prompt()
        guest.run(f"mount -t minix {DISK}b /mnt && {{\n" + USE + "\n}", timeout=300)
        guest.run("umount /mnt")
        assert guest.ok("echo alive") == "alive\n"
    assert disk.peek(path, KILOBYTES * BLOCK, len(BORDER)) == BORDER, "written behind the end"


@pytest.mark.parametrize("offset,value", [
    (BLOCK + 16, b"\0\0"), (BLOCK, b"\0\0"), (BLOCK + 2, b"\0\0"), (BLOCK + 2, b"\xff\xff"),
    (BLOCK + 4, b"\0\0"), (BLOCK + 4, b"\xff\xff"), (BLOCK + 6, b"\0\0"), (BLOCK + 8, b"\xff\xff"),
    (BLOCK + 8, b"\0\0"), (BLOCK + 10, b"\x09\0"), (BLOCK + 12, b"\0\0\0\0"), (0, None),
], ids=["no magic", "no inodes", "no zones", "more zones than the disk", "no inode map",
        "huge inode map", "no zone map", "data behind the end", "data before the maps",
        "odd zone size", "no file fits", "random block"])
def test_bad_super_block(offset, value, sound, tmp_build):
    """mount refuses, or mounts what still makes sense, and says why in the log."""
    path = disk.copy_image(sound, os.path.join(tmp_build, "hdb.img"))
    if value is None:
        disk.patch(path, BLOCK, bytes((i * 73 + 41) & 255 for i in range(BLOCK)))
    else:
        disk.patch(path, offset, value)
    with open(path, "ab") as f:
        f.write(BORDER)
    with Guest(mem=32, disks=[path], by_init=False, name="badsuper") as guest:
        guest.wait_prompt()
        out, status = guest.run(f"mount -t minix {DISK}b /mnt")
        if status == 0:
            guest.run(USE, timeout=300)
        else:
            assert "mount" in out
        assert guest.ok("echo alive") == "alive\n"
    assert disk.peek(path, KILOBYTES * BLOCK, len(BORDER)) == BORDER, "written behind the end"


def test_disk_that_ends_early():
    """The partition table says more than the disk has: EIO, not a hang."""
    image = copy_with(lambda path: None)
    short = os.path.join(os.path.dirname(image), "hdb.img")
    disk.minix(short, KILOBYTES)
    os.truncate(short, 200 * BLOCK)
    with Guest(mem=32, disks=[short], by_init=False, name="short") as guest:
        guest.wait_prompt()
        guest.run(f"mount -t minix {DISK}b /mnt &&"
                  " dd if=/dev/zero of=/mnt/big bs=1k count=400; sync")
        guest.run("umount /mnt")
        assert guest.ok("echo alive") == "alive\n"


# ---- bad programs --------------------------------------------------------------------

START = MACHINE.program_start


def elf_header(**changes):
    """A small valid ELF program header set, with fields replaced."""
    fields = dict(magic=b"\x7fELF", cls=1, data=1, kind=2, machine=MACHINE.elf_machine,
                  entry=START + 0x54, phoff=52, phentsize=32, phnum=1,
                  p_type=1, p_offset=0, p_vaddr=START, p_filesz=0x60, p_memsz=0x60, p_flags=5)
    fields.update(changes)
    f = fields
    head = f["magic"] + bytes([f["cls"], f["data"], 1]) + bytes(9)
    head += struct.pack("<HHIIIIIHHHHHH", f["kind"], f["machine"], 1, f["entry"], f["phoff"], 0,
                        MACHINE.elf_flags, 52, f["phentsize"], f["phnum"], 0, 0, 0)
    program = struct.pack("<8I", f["p_type"], f["p_offset"], f["p_vaddr"], f["p_vaddr"],
                          f["p_filesz"], f["p_memsz"], f["p_flags"], 0x1000)
    code = MACHINE.exit_42
    return head + program + code


PROGRAMS = {
    "machine": dict(machine=40 + 3 - MACHINE.elf_machine), "class": dict(cls=2),
    "relocatable": dict(kind=1),
    "no headers": dict(phnum=0), "too many headers": dict(phnum=65535),
    "header size": dict(phentsize=1), "headers behind the end": dict(phoff=0x7fffffff),
    "kernel address": dict(p_vaddr=MACHINE.user_end),
    "wraps around": dict(p_vaddr=MACHINE.user_end - 0x1000, p_memsz=0x10000000),
    "file size beyond memory size": dict(p_filesz=0x1000, p_memsz=0x10),
    "absurd memory size": dict(p_memsz=0xFFFFF000), "null page": dict(p_vaddr=0, entry=0x54),
    "entry in nowhere": dict(entry=0x1000), "segment behind the end": dict(p_offset=0x10000000),
}


def test_sound_program_of_the_same_make(sh):
    """The control: the generator makes a program that runs."""
    sh.put("/var/tmp/t/p", elf_header(entry=START + 52 + 32))
    assert sh.run("chmod 755 p; ./p")[1] == 42


@pytest.mark.parametrize("name", PROGRAMS)
def test_bad_elf(name, sh):
    """exec fails or the program is killed; the shell that called it lives."""
    changes = {"entry": START + 52 + 32, **PROGRAMS[name]}
    sh.put("/var/tmp/t/p", elf_header(**changes))
    out, status = sh.run("chmod 755 p; ./p; echo status=$?")
    assert status == 0 and "status=42" not in out, out


@pytest.mark.parametrize("length", [0, 1, 3, 4, 16, 40, 52, 60, 83])
def test_truncated_elf(length, sh):
    sh.put("/var/tmp/t/p", elf_header(entry=START + 52 + 32)[:length])
    out, status = sh.run("chmod 755 p; ./p; echo status=$?")
    assert status == 0 and "status=42" not in out, out


def test_bad_scripts(sh):
    """A missing interpreter, a script that is its own interpreter, an endless first line."""
    sh.ok("printf '#!/no/such\\n' > a; printf '#!/var/tmp/t/b\\n' > b; printf '#!%05000d\\n' 0 > c;"
          " printf '#!' > d; printf '#!   \\n' > e; chmod 755 a b c d e")
    for name in "abc":
        assert sh.run(f"./{name} 2> /dev/null")[1] in (126, 127), name
    sh.run("./d; ./e")
    sh.ok("echo '#!/bin/sh' > s1; echo 'echo deep $#' >> s1; for i in 2 3 4; do"
          " echo \"#!/var/tmp/t/s$((i - 1))\" > s$i; done; chmod 755 s1 s2 s3 s4")
    assert sh.ok("./s4").startswith("deep")


# ---- greedy users -----------------------------------------------------------------------

@pytest.fixture
def victim():
    """A guest of its own: what happens here should not trouble other tests."""
    with Guest(mem=64, by_init=False, name="greedy") as guest:
        guest.wait_prompt()
        yield guest


def test_fork_bomb_of_a_user(victim):
    """The bomb hits its limit; root still runs commands, and can end it."""
    victim.put("/tmp/bomb", "#!/bin/sh\nulimit -u 200\nb() { b | b & }\nb\nsleep 5\n")
    victim.ok("chmod 755 /tmp/bomb; su user -c '/tmp/bomb' > /dev/null 2>&1 & sleep 3")
    assert victim.ok("echo root answers", timeout=200) == "root answers\n"
    victim.ok("i=0; while pidof -o $$ bomb > /dev/null && [ $i -lt 50 ];"
              " do killall -9 bomb; i=$((i + 1)); done; true", timeout=200)
    assert victim.ok("ls / | wc -l", timeout=200).strip() != "0"


def test_fork_bomb_without_a_limit(victim):
    """The kernel's own limit for users leaves room for root."""
    victim.put("/tmp/bomb", "#!/bin/sh\nwhile :; do sleep 600 & done\n")
    victim.ok("chmod 755 /tmp/bomb; su user -c '/tmp/bomb' > /dev/null 2>&1 & sleep 20",
              timeout=300)
    assert victim.ok("echo root answers", timeout=300) == "root answers\n"
    victim.ok("killall -9 bomb; killall -9 sleep; sleep 1; true", timeout=300)
    assert int(victim.ok("ls -d /proc/[0-9]* | wc -l", timeout=200)) < 100


def test_memory_hog_of_a_user(victim):
    """The hog fails or is killed; root's shell goes on and the memory comes back."""
    before = int(victim.ok("awk '/MemFree/ { print $2 }' /proc/meminfo"))
    out, status = victim.run("su user -c 'dd if=/dev/zero of=/dev/null bs=200M count=1' 2>&1",
                             timeout=300)
    assert status != 0 or "200.0MB" not in out, "200 MB fitted into 64 MB"
    victim.ok("su user -c 'x=0; a=xxxxxxxxxxxxxxxx; while :; do a=$a$a; done' > /dev/null 2>&1;"
              " true", timeout=300)
    assert victim.ok("echo root answers", timeout=200) == "root answers\n"
    after = int(victim.ok("sync; awk '/MemFree|^Cached|Buffers/ { s += $2 } END { print s }'"
                          " /proc/meminfo"))
    assert after > before * 0.8
