"""What the kernel costs in instructions: runs user/bench on a machine that counts them.

    tests/bench.py [--record] [ROW...]      prints a table; `make bench` calls it

`-icount shift=0` makes QEMU's clock go by one nanosecond with each instruction of the guest; so the
times that bench reads are numbers of instructions, which repeat from run to run. bench.i386 and
bench.arm say what they are compared with: Linux 6.1, the target, and the number recorded when a row
last changed on purpose, to which test_bench.py holds the kernel. docs/speed.md explains the rows.
"""
import os
import re
import struct
import sys
import threading

import disk
from gdbstub import GdbStub
from harness import DISK, PROMPT, Guest, _fresh_dir
from machine import MACHINE, TOP
from qtrace import Trace

TABLE = os.path.join(TOP, "tests", f"bench.{MACHINE.arch}")
# Not sleep=off: with it time flies while the machine waits, and a disk that is a little late on the
# host has not answered for 30 seconds of the guest.
COUNTING = ["-icount", "shift=0", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1"]
MEMORY_MB = {"i386": 128, "arm": 1024}[MACHINE.arch]
SMALL_MB = 32               # for reclaim, which has to fill it
RAMDISK_KB = 24576
INODES = 8000
DISK_KB = 40960
NEAR = 1.10                 # a row with "=OTHER" as its target may be so much more than the other
BOOT, RECLAIM = "boot", "reclaim_page"


class Row:
    """A line of the table: numbers of instructions, None for those that are not known."""

    def __init__(self, line):
        self.name, linux, target, recorded = line.split()
        self.linux = None if linux == "-" else int(linux)
        self.recorded = None if recorded == "-" else int(recorded)
        self.target = target

    def target_of(self, counts):
        """The target as a number; it may be another row of the same run."""
        if self.target.startswith("="):
            other = counts.get(self.target[1:])
            return other and int(other * NEAR)
        return None if self.target == "-" else int(self.target)


def read_table():
    with open(TABLE, encoding="ascii") as f:
        return [Row(line) for line in f if line.strip() and not line.startswith("#")]


def record(counts):
    """Write what was measured into the table's last column."""
    with open(TABLE, encoding="ascii") as f:
        lines = f.readlines()
    with open(TABLE, "w", encoding="ascii") as f:
        for line in lines:
            count = counts.get(line.split(" ", 1)[0])
            f.write(re.sub(r" +\S+$", f"{count:12}", line) if count is not None else line)


# ---- the machine ----

def counting_guest(mem, args=(), stopped=False):
    """A machine that counts; its second disk is what the RAM disk is to be."""
    folder = _fresh_dir("bench-disks")
    disks = [disk.minix(os.path.join(folder, "ram.img"), RAMDISK_KB, 1, 14, INODES),
             disk.minix(os.path.join(folder, "disk.img"), DISK_KB)]
    return Guest(mem=mem, append=f"ramdisk={RAMDISK_KB}", disks=disks,
                 args=[*COUNTING, *args], check_root=False, by_init=False,
                 stopped=stopped, name="bench")


def prepare(guest):
    """The files of the file rows stand in a RAM disk; the third disk is one to read. Nothing is
    swapped, so that nothing waits for a disk."""
    guest.ok("swapoff -a; mkdir -p /mnt /disk")
    guest.ok(f"dd if={DISK}b of=/dev/ram0 bs=64k 2>/dev/null && mount -t minix /dev/ram0 /mnt && "
             f"mount -t minix {DISK}c /disk")


def prepare_small(guest):
    """There is no room for a RAM disk; the only file has no blocks."""
    guest.ok(f"swapoff -a; mkdir -p /mnt && mount -t minix {DISK}c /mnt")


def surroundings(row):
    """The size of the machine that a row wants, and how to prepare it."""
    return (SMALL_MB, prepare_small) if row == RECLAIM else (MEMORY_MB, prepare)


def bench_command(words=""):
    return f"/usr/bin/bench -d /mnt -D /disk {words}"


# ---- rows ----

def rows_of(output):
    """What bench printed."""
    counts = {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+)$", output, re.M)}
    rest = re.sub(r"^\w+ +\d+\n", "", output, flags=re.M)
    assert not rest.strip(), f"bench said:\n{rest}"
    return counts


def entry_of(path):
    """The address of a program's first instruction."""
    with open(path, "rb") as f:
        return struct.unpack_from("<I", f.read(28), 24)[0] & ~1         # bit 0 says Thumb


def boot_row(guest, stub):
    """Instructions from the kernel's first to the first of /sbin/init."""
    init = os.path.join(TOP, "build", "dl", MACHINE.arch, "busybox-static", "bin", "busybox")
    reader = threading.Thread(target=guest.expect, args=(PROMPT,))      # or the console fills up
    reader.start()
    stub.run_to(MACHINE.kernel_start)
    with Trace(guest) as trace:
        stub.run_to(entry_of(init))
    stub.command("D")
    stub.close()
    reader.join()
    return trace.instructions()


def run_rows(names):
    """Those that bench measures, on the machine that they want."""
    mem, prepare_it = surroundings(names[0])
    with counting_guest(mem) as guest:
        guest.wait_prompt()
        prepare_it(guest)
        return rows_of(guest.ok(bench_command(" ".join(names)), timeout=300))


def measure(names=()):
    """{row: count}, of those named or of all."""
    counts = {}
    port = f"/tmp/zt-bench-{os.getpid()}"
    inside = [name for name in names if name not in (BOOT, RECLAIM)]
    if not names or BOOT in names:
        with counting_guest(MEMORY_MB, GdbStub.args(port), stopped=True) as guest:
            stub = GdbStub(port, running=False)
            os.unlink(port)
            counts[BOOT] = boot_row(guest, stub)
            guest.kill()
    if not names or inside:
        every = [row.name for row in read_table() if row.name not in (BOOT, RECLAIM)]
        counts |= run_rows(inside or every)
    if not names or RECLAIM in names:
        counts |= run_rows([RECLAIM])
    return counts


# ---- the table ----

def show(counts):
    behind, missed = [], []
    print(f"{MACHINE.arch:18} {'count':>10} {'Linux':>10} {'target':>10}  Linux/count")
    for row in read_table():
        if row.name not in counts:
            continue
        count, target = counts[row.name], row.target_of(counts)
        ratio = f"{row.linux / count:10.2f}" if row.linux else f"{'-':>10}"
        note = ""
        if row.linux and count > row.linux:
            behind.append(row.name)
            note = "  behind"
        elif target and count > target:
            missed.append(row.name)
            note = f"  +{100 * (count - target) / target:.0f} %"
        print(f"{row.name:18} {count:10} {row.linux or '-':>10} {target or '-':>10} {ratio}{note}")
    if RECLAIM in counts:
        print(f"pages reclaimed per million instructions: {1000000 // counts[RECLAIM]}")
    print(f"{len(behind)} rows behind Linux, {len(missed)} rows miss their target"
          + (f": {' '.join(behind + missed)}" if behind or missed else ""))


def main():
    words = sys.argv[1:]
    counts = measure([word for word in words if not word.startswith("-")])
    show(counts)
    if "--record" in words:
        record(counts)


if __name__ == "__main__":
    main()
