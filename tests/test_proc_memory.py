"""What /proc tells about memory adds up: memmap, iomem, meminfo, smaps, pagemap agree."""
import re

import pytest

from harness import Guest
from machine import MACHINE

MACHINES = {
    "8 MB": dict(mem=8),
    "64 MB, half of it highmem": dict(mem=64, append="highmem=32M"),
    "100 MB by mem=": dict(mem=128, append="mem=100M"),
    "as much as it can have": dict(mem=MACHINE.largest),
}
SLACK_PAGES = 128       # what may come and go between two looks


@pytest.fixture(scope="module", params=MACHINES)
def guest(request):
    with Guest(**MACHINES[request.param]) as machine:
        machine.wait_prompt()
        yield machine


def meminfo(guest):
    lines = re.findall(r"^(\w+):\s+(\d+) kB$", guest.ok("cat /proc/meminfo"), re.M)
    return {k: int(v) for k, v in lines}


def iomem(guest):
    """(depth, start, end, name) of each line."""
    return [(len(m[1]) // 2, int(m[2], 16), int(m[3], 16), m[4]) for m in
            re.finditer(r"^( *)(\w+)-(\w+) : (.*)$", guest.ok("cat /proc/iomem"), re.M)]


def memmap(guest):
    """The picture's letters, and the table as {name: (dma, normal, highmem, pages, kb)}."""
    text = guest.ok("cat /proc/memmap")
    rows = re.findall(r"^[0-9a-f]{8} (\S{1,64})$", text, re.M)
    table = {m[1].strip(): tuple(map(int, m[2].split()))
             for m in re.finditer(r"^ .{3}([^\d\n]+?)((?: +\d+){5})$", text, re.M)}
    return rows, table


def test_memmap_adds_up_to_ram(guest):
    rows, table = memmap(guest)
    uses = [row for name, row in table.items() if name not in ("RAM", "no RAM")]
    assert len(uses) == 13, table
    assert tuple(map(sum, zip(*uses))) == table["RAM"], table
    for row in table.values():
        assert sum(row[:3]) == row[3] and row[3] * 4 == row[4], table
    ram = sum(end // 4096 - start // 4096 + 1 for _, start, end, name in iomem(guest)
              if name == "System RAM")
    assert ram == table["RAM"][3], table
    assert len(rows) <= 40 and set("".join(rows)) <= set(".Kkstxvbfmwap#"), rows


def test_memmap_agrees_with_meminfo(guest):
    info = meminfo(guest)
    table = memmap(guest)[1]

    def near(kb, name, slack=SLACK_PAGES):
        assert abs(kb - table[name][4]) <= slack * 4, f"{name}: {kb} KB in meminfo, {table[name]}"

    near(info["MemFree"], "free", 512)
    assert info["MemTotal"] + 4 * table["kernel image, mem_map"][3] - table["RAM"][4] in (0, 4)
    near(info["Buffers"], "buffer cache")
    near(info["Slab"], "slab")
    near(info["PageTables"], "page tables")
    near(info["KernelStack"], "tasks, kernel stacks")
    near(info["AnonPages"], "anonymous")
    near(info["VmallocUsed"] // 2, "vmalloc")
    near(info["Shmem"], "tmpfs, shared memory")
    near(info["SwapCached"], "swap cache")
    near(info["Cached"] - info["Shmem"], "page cache of files")


def test_users_come_to_highmem_first(guest):
    """Pages of processes, of files and of pipes are where the kernel itself cannot use them."""
    guest.ok("cat /bin/busybox > /dev/null; mkfifo /tmp/full;"
             " (sleep 100 < /tmp/full & echo $! > /tmp/full.pid;"
             " dd if=/dev/zero of=/tmp/full bs=64k count=1 2> /dev/null)")
    table = memmap(guest)[1]
    guest.ok("kill $(cat /tmp/full.pid); wait; rm /tmp/full*")
    assert table["pipes"][3] >= 16, table
    for name in ("pipes", "anonymous", "page cache of files"):
        dma, normal, highmem, pages, _ = table[name]
        if table["RAM"][2]:
            assert highmem >= 0.9 * pages, f"{name}: {table[name]}"
        else:
            assert dma + normal == pages, f"{name}: {table[name]}"


def check_free(guest):
    """The lines of free, which are of one moment, add up; its `used` in KB."""
    out = guest.ok("free")
    numbers = re.search(r"^Mem:" + r" +(\d+)" * 6, out, re.M).groups()
    total, used, free, shared, cached, available = map(int, numbers)
    assert total == used + free + cached and shared <= cached and available <= total, out
    assert total == meminfo(guest)["MemTotal"], out
    swap = list(map(int, re.search(r"^Swap:" + r" +(\d+)" * 3, out, re.M).groups()))
    assert swap[0] == swap[1] + swap[2], out
    return used + swap[1]


def test_most_of_ram(guest):
    """A process touches 2.5 GB of 3,500 MB: every page is right, and free adds up."""
    before = check_free(guest)
    guest.ok("usertests -n reclaim.most_of_ram > /tmp/most.out 2>&1 &")
    guest.ok("while [ ! -s /tmp/most.pid ]; do usleep 50000; done", timeout=300)
    touched = meminfo(guest)["MemTotal"] * 3 // 4
    taken = check_free(guest) - before
    # Page tables come on top; what the kernel had cached may have gone for it.
    assert touched - 300 <= taken <= touched * 1.02 + 2000, f"{touched} KB touched, {taken} taken"
    status = guest.ok("cat /proc/$(cat /tmp/most.pid)/status")
    mine = sum(map(int, re.findall(r"^Vm(?:RSS|Swap):\s+(\d+)", status, re.M)))
    assert mine >= touched, status
    guest.ok("kill -USR1 $(cat /tmp/most.pid); wait", timeout=300)
    out = guest.ok("cat /tmp/most.out; rm /tmp/most.*")
    assert "ok reclaim.most_of_ram" in out, out
    assert check_free(guest) <= before + 1000


def test_meminfo_is_consistent(guest):
    info = meminfo(guest)
    assert info["LowTotal"] + info["HighTotal"] == info["MemTotal"], info
    assert info["LowFree"] + info["HighFree"] == info["MemFree"], info
    assert 0 <= info["Active"] - info["AnonPages"] <= info["Cached"] + 400, info
    cached = info["Cached"] + info["SwapCached"]
    uncounted = info["Active"] + info["Inactive"] - info["AnonPages"] - cached
    assert abs(uncounted) <= info["SwapCached"] + 64, info
    assert info["SReclaimable"] + info["SUnreclaim"] == info["Slab"], info
    assert info["VmallocUsed"] + info["VmallocChunk"] <= info["VmallocTotal"], info
    zones = guest.ok("cat /proc/zoneinfo")
    kept = 4 * sum(map(int, re.findall(r"^\s+(?:high|reserve)\s+(\d+)", zones, re.M)))
    assert info["MemFree"] - kept <= info["MemAvailable"] <= info["MemTotal"] - kept, info


def test_iomem_is_a_tree(guest):
    lines = iomem(guest)
    names = [name for _, _, _, name in lines]
    for wanted in MACHINE.iomem:
        assert wanted in names, names
    last = {0: -1}
    open_ranges = []
    for depth, start, end, _ in lines:
        assert start <= end and start > last.get(depth, -1), lines
        open_ranges = open_ranges[:depth]
        assert all(a <= start and end <= b for a, b in open_ranges), lines
        open_ranges.append((start, end))
        last = {d: e for d, e in last.items() if d <= depth} | {depth: end}
    ports = guest.ok("cat /proc/ioports")
    for wanted in MACHINE.ioports:
        assert re.search(rf": {wanted}$", ports, re.M), ports


def test_smaps_adds_up(guest):
    """The VMAs' sums are what status says; each VMA's parts are its Rss."""
    out = guest.ok("sleep 100 & sleep 1; cat /proc/$!/smaps; echo =; cat /proc/$!/status;"
                   " kill $!; wait $! 2>/dev/null; true")
    smaps, status = out.split("=\n")[0], out.split("=\n")[1]
    vmas = [dict((k, int(v)) for k, v in re.findall(r"^(\w+):\s+(\d+) kB$", block, re.M))
            for block in re.split(r"^[0-9a-f]+-[0-9a-f]+ .*$", smaps, flags=re.M)[1:]]
    assert len(vmas) >= 5, smaps
    for v in vmas:
        parts = ("Shared_Clean", "Shared_Dirty", "Private_Clean", "Private_Dirty")
        assert v["Rss"] == sum(v[p] for p in parts) <= v["Size"], v
        assert max(v["Pss"], v["Anonymous"], v["Referenced"]) <= v["Rss"], v
    lines = dict((k, int(v)) for k, v in re.findall(r"^(\w+):\s+(\d+) kB$", status, re.M))
    assert sum(v["Size"] for v in vmas) == lines["VmSize"], (vmas, status)
    parts = lines["RssAnon"] + lines["RssFile"] + lines["RssShmem"]
    assert sum(v["Rss"] for v in vmas) == lines["VmRSS"] == parts, (vmas, status)
    assert lines["VmHWM"] >= lines["VmRSS"], status


def test_sums_of_all_processes(guest):
    """Page tables' words add up: the Pss of all processes is what they have in memory."""
    pss = sum(map(int, re.findall(r"^Pss: +(\d+) kB",
                                  guest.run("cat /proc/[0-9]*/smaps 2>/dev/null")[0], re.M)))
    info = meminfo(guest)
    used = info["AnonPages"] + info["Mapped"]
    assert abs(pss - used) <= 600, f"{pss} KB of Pss, {used} KB of mapped memory"


def test_zones_agree(guest):
    """buddyinfo, zoneinfo and meminfo count the same free pages."""
    zones = re.findall(r"^Node 0, zone +(\w+)\n  pages free +(\d+)",
                       guest.ok("cat /proc/zoneinfo"), re.M)
    free = {name: int(pages) for name, pages in zones}
    buddy = {}
    for name, counts in re.findall(r"^Node 0, zone +(\w+)((?: +\d+)+)$",
                                   guest.ok("cat /proc/buddyinfo"), re.M):
        numbers = [int(n) for n in counts.split()]
        assert len(numbers) == 11, "expected orders 0 to 10"
        buddy[name] = sum(n << order for order, n in enumerate(numbers))
    assert set(buddy) == {name for name in free if free[name]} or set(buddy) <= set(free)
    for name, pages in buddy.items():
        assert abs(pages - free[name]) <= SLACK_PAGES, \
            f"{name}: {pages} in buddyinfo, {free[name]} in zoneinfo"
    assert abs(sum(buddy.values()) * 4 - meminfo(guest)["MemFree"]) <= SLACK_PAGES * 4


def test_slabinfo(guest):
    """The format of other systems' tools; the numbers of a line agree with each other."""
    lines = guest.ok("cat /proc/slabinfo").rstrip("\n").split("\n")
    assert lines[0] == "slabinfo - version: 2.1"
    assert lines[1].startswith("# name            <active_objs>")
    pages = 0
    for line in lines[2:]:
        name, numbers = line.split(maxsplit=1)
        objects, tunables, data = (part.split() for part in numbers.split(" : "))
        active, total, size, per_slab, slab_pages = map(int, objects)
        active_slabs, slabs = int(data[1]), int(data[2])
        assert tunables[0] == "tunables" and data[0] == "slabdata", line
        assert active <= total == slabs * per_slab and active_slabs <= slabs, line
        assert size * per_slab <= slab_pages * 4096, line
        pages += slabs * slab_pages
        assert name not in ("kmalloc-32", "vm_area_struct") or active > 0, line
    assert abs(pages * 4 - meminfo(guest)["Slab"]) <= SLACK_PAGES * 4


def test_vmallocinfo(guest):
    """By address, disjoint, in the vmalloc range; the table of swap's slots is in it."""
    areas = re.findall(r"^0x(\w+)-0x(\w+) +(\d+) (\w+)\+0x\w+ (?:pages=(\d+)|phys=0x\w+) (\w+)$",
                       guest.ok("cat /proc/vmallocinfo"), re.M)
    last, top = MACHINE.vmalloc
    for start, end, size, _, pages, kind in areas:
        assert last <= int(start, 16) and int(end, 16) - int(start, 16) == int(size), areas
        assert kind in ("vmalloc", "vmap", "ioremap")
        assert not pages or (int(pages) + 1) * 4096 == int(size), "expected one guard page"
        last = int(end, 16)
    assert last < top
    assert any(caller == "swap_alloc_slots" and kind == "vmalloc"
               for _, _, _, caller, _, kind in areas), areas


def test_dev_mem_shows_all_frames(guest):
    """A page of a process is in /dev/mem where pagemap says, in highmem too."""
    out = guest.ok("usertests pagemap.physical")
    assert "ok pagemap.physical\n" in out, out
