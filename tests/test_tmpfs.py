"""tmpfs from the shell: what people do in /tmp, a full file system, contents larger than memory."""
import hashlib
import re

import pytest

from harness import DISK, Guest


@pytest.fixture
def tmp(shared_guest):
    """The shared guest, its shell in a fresh directory of /tmp."""
    guest = shared_guest.get()
    guest.ok("rm -rf /tmp/t; mkdir /tmp/t; cd /tmp/t")
    yield guest
    if guest.alive():
        guest.ok("cd /; rm -rf /tmp/t")


def number(guest, label):
    """A line of /proc/meminfo, in KB."""
    return int(re.search(rf"^{label}:\s+(\d+)", guest.ok("cat /proc/meminfo"), re.M)[1])


def test_mounted(tmp):
    """/tmp and /dev/shm are in memory, open to everyone, and hold at most half of it."""
    mounts = tmp.ok("cat /proc/mounts")
    for place in "/tmp", "/dev/shm":
        assert re.search(rf"^tmpfs {place} tmpfs rw,size=\d+k,nr_inodes=\d+,mode=1777 0 0$",
                         mounts, re.M)
        assert tmp.ok(f"stat -c '%a %U %F' {place}") == "1777 root directory\n"
        size = int(tmp.ok(f"df -k {place} | tail -1").split()[1])
        assert size == int(tmp.ok("grep MemTotal /proc/meminfo").split()[1]) // 8 * 4
    assert tmp.ok("grep tmpfs /proc/filesystems") == "nodev\ttmpfs\n"


def test_copies(tmp):
    """A tree goes in and out by cp, tar and mv, and stays what it was."""
    tmp.ok("cp -a /etc tree; ln tree/passwd tree/hard; ln -s ../tree tree/soft")
    tmp.ok("mkfifo tree/fifo; mknod tree/null c 1 3")
    tmp.ok("cd tree; mkdir -p deep/er/still; echo text > 'deep/a name with blanks'; cd ..")
    listing = tmp.ok("cd tree; find . | sort; cd ..")
    tmp.ok("tar cf a.tar tree; mkdir out; tar xf a.tar -C out; diff -r tree/deep out/tree/deep")
    assert tmp.ok("cd out/tree; find . | sort; cd ../..") == listing
    assert tmp.ok("stat -c %h out/tree/passwd out/tree/hard") == "2\n2\n"
    assert tmp.ok("readlink out/tree/soft; stat -c '%F %t,%T' out/tree/null") == \
        "../tree\ncharacter special file 1,3\n"
    tmp.ok("mv tree /var/tmp/moved; diff -r out/tree/deep /var/tmp/moved/deep")
    tmp.ok("mv /var/tmp/moved back")
    assert tmp.ok("cd back; find . | sort; cd ..") == listing
    assert tmp.ok("find . -name passwd -type f | sort") == "./back/passwd\n./out/tree/passwd\n"
    assert tmp.ok("find . -empty -type d | sort") == \
        "./back/deep/er/still\n./out/tree/deep/er/still\n"
    tmp.ok("rm -r back out a.tar")
    assert tmp.ok("ls -A") == ""


def test_many_names(tmp):
    """Names by the thousand; removing them leaves nothing out, and memory comes back."""
    before = int(tmp.ok("df -i /tmp | tail -1").split()[2])
    tmp.ok("mkdir many; cd many; seq 1 3000 | xargs touch; cd ..")
    assert tmp.ok("ls many | wc -l; find many | wc -l") == "3000\n3001\n"
    assert int(tmp.ok("df -i /tmp | tail -1").split()[2]) == before + 3001
    tmp.ok("cd many; for i in $(seq 1 2 3000); do mv $i renamed$i; done; cd ..", timeout=300)
    assert tmp.ok("ls many | grep -c renamed; ls many | wc -l") == "1500\n3000\n"
    tmp.ok("rm -r many")
    assert int(tmp.ok("df -i /tmp | tail -1").split()[2]) == before


def test_full(tmp):
    """A full file system says so, and is of use again when something has been removed."""
    tmp.ok("mkdir m; mount -t tmpfs -o size=300k none m")
    out, status = tmp.run("dd if=/dev/zero of=m/zeros bs=1k count=400")
    assert status == 1 and "No space left on device" in out and "300+0 records out" in out
    assert tmp.ok("df -k m | tail -1").split()[1:5] == ["300", "300", "0", "100%"]
    out, status = tmp.run("cp /bin/busybox m/b")
    assert status == 1 and "No space left on device" in out
    tmp.ok("mount -o remount,size=600k m; echo more >> m/zeros; rm m/zeros m/b; echo text > m/c")
    assert tmp.run("mount -o remount,size=1k m")[1] == 0
    assert tmp.run("exec 7< m/c; umount m")[1] != 0
    tmp.ok("exec 7<&-; umount m; rmdir m")


def test_sticky(tmp):
    """In /tmp a name is its owner's to remove."""
    tmp.ok("echo mine > /tmp/mine; chmod 666 /tmp/mine")
    out, _ = tmp.run("su user -c 'echo theirs > /tmp/theirs; rm -f /tmp/mine; mv /tmp/mine /tmp/x;"
                     " cat /tmp/mine'")
    assert out.count("not permitted") == 2 and "mine\n" in out
    tmp.ok("rm /tmp/mine /tmp/theirs")


def pattern(n):
    """What the n-th file of test_larger_than_memory holds: some 4 MB, different at every place."""
    return b"file\n" * n + b"".join(b"%d\n" % i for i in range(1, 60001)) * 12


@pytest.mark.parametrize("append", [None, "highmem=8M"], ids=["lowmem", "highmem"])
def test_larger_than_memory(append):
    """16 MB of files on a machine of 16 MB: in the end everything is there, and every slot free."""
    sums = [hashlib.md5(pattern(n)).hexdigest() for n in range(1, 5)]
    with Guest(mem=16, append=append, name="larger") as g:
        g.wait_prompt()
        g.ok("mount -o remount,size=20m /tmp")
        g.ok("cd /var/tmp; seq 1 60000 > part; for i in $(seq 12); do cat part; done > numbers")
        for n in range(1, 5):
            g.ok(f"yes file | head -n {n} | cat - /var/tmp/numbers > /tmp/f{n}", timeout=200)
        assert number(g, "SwapFree") < number(g, "SwapTotal") - 2000
        for _ in range(2):
            found = g.ok("md5sum /tmp/f1 /tmp/f2 /tmp/f3 /tmp/f4", timeout=200)
            assert re.findall(r"^(\w{32})", found, re.M) == sums
        # There is no room for it in memory: what is in swap stays there.
        out, status = g.run(f"swapoff {DISK}a2", timeout=300)
        assert status != 0 and "Cannot allocate memory" in out
        assert re.findall(r"^(\w{32})", g.ok("md5sum /tmp/f[1-4]", timeout=200), re.M) == sums
        assert "ok shm.in_swap" in g.ok("rm /tmp/f1; usertests -n shm.in_swap", timeout=200)
        g.ok(f"rm /tmp/f2 /tmp/f3; swapoff {DISK}a2", timeout=200)
        assert number(g, "SwapTotal") == 0
        assert g.ok("md5sum < /tmp/f4").split()[0] == sums[3]
        g.ok(f"rm /tmp/f4; swapon {DISK}a2")
        assert number(g, "SwapFree") == number(g, "SwapTotal")
        assert number(g, "Shmem") == 0


def test_segment_larger_than_memory():
    """The same with System V shared memory and two processes."""
    with Guest(mem=16, name="segment") as g:
        g.wait_prompt()
        assert "ok shm.larger" in g.ok("usertests -n shm.larger", timeout=300)
        assert re.search(r"pswpout [1-9]\d\d\d", g.ok("cat /proc/vmstat"))
        assert g.ok("cat /proc/sysvipc/shm").count("\n") == 1
