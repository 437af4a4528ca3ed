"""Commands for gdb that know the kernel's structures: `help zt` lists them.

tools/gdb/debug and `make test-debug` load this file. It reads memory through gdb's symbols only,
so it works on a stopped machine, in a breakpoint as well as in the middle of a system call.
Nothing here changes the machine.

All addresses that are followed belong to the kernel (lowmem), which every page directory maps.
"""
import gdb

PAGE_SHIFT = 12
PAGE_OFFSET = 0xC0000000
THREAD_SIZE = 8192
STATES = {0: "R", 1: "S", 2: "D", 4: "T", 8: "Z", 16: "X", 32: "D"}
VM_FLAGS = ((1, "r"), (2, "w"), (4, "x"))
VM_SHARED, VM_GROWSDOWN = 8, 0x100


# ---- reading ----

def value(expression):
    return gdb.parse_and_eval(expression)


def word(address):
    """The 32-bit word at an address, or None when it cannot be read."""
    try:
        return int(value(f"*(unsigned int *){address:#x}"))
    except gdb.MemoryError:
        return None


def struct_at(name, address):
    return value(f"*(struct {name} *){int(address):#x}")


def entries(head, struct, member):
    """The objects on a list: `head` is the list_head's value, `member` the link in the struct."""
    kind = gdb.lookup_type("struct " + struct)
    offset = next(f.bitpos // 8 for f in kind.fields() if f.name == member)
    first, at = int(head.address), int(head["next"])
    while at != first:
        yield struct_at(struct, at - offset)
        at = int(value(f"((struct list_head *){at:#x})->next"))


def symbol(address):
    """name+offset and file:line of a return address, which belongs to the call before it."""
    call = address - 1
    text = gdb.execute(f"info symbol {call:#x}", to_string=True)
    if text.startswith("No symbol"):
        return f"{address:08x}"
    name, _, offset = text.split(" in section")[0].partition(" + ")
    sal = gdb.find_pc_line(call)
    where = f" {sal.symtab.filename}:{sal.line}" if sal.symtab else ""
    return f"{name}+{int(offset or 0) + 1}{where}"


def comm(task):
    return task["comm"].string("latin-1")


def current():
    return machine().current()


def tasks():
    """All tasks: task 0, then each process with its threads."""
    init = value("*(struct task_struct *)&init_task_union")
    yield init
    for leader in entries(init["tasks"], "task_struct", "tasks"):
        yield leader
        yield from entries(leader["thread_group"], "task_struct", "thread_group")


def find_task(argument):
    if not argument:
        return current()
    pid = int(value(argument))
    for task in tasks():
        if int(task["pid"]) == pid:
            return task
    raise gdb.GdbError(f"no task {pid}")


def stack_frames(task):
    """Return addresses on the kernel stack of a task that is not running."""
    foot = int(task.address)
    frame, address = machine().saved_frame(task)
    while address is not None and address >= PAGE_OFFSET:
        yield address
        if not foot <= frame <= foot + THREAD_SIZE - 8:
            return
        caller, address = machine().next_frame(frame)
        if caller <= frame:
            if address and address >= PAGE_OFFSET:
                yield address
            return
        frame = caller


def wait_channel(task):
    """Where a sleeping task waits: the first function that is not the scheduler's own."""
    own = ("switch_", "context_switch", "schedule", "wait_on", "__down", "__mutex")
    for address in stack_frames(task):
        name = symbol(address).split(" ")[0].split("+")[0]
        if not name.startswith(own) and "sleep_on" not in name:
            return name
    return "-"


# ---- what is the machine's ----

def show_entry(level, index, entry, bits, shift=PAGE_SHIFT):
    """A line about a table entry; bits: (mask, name) of those worth naming."""
    names = " ".join(name for bit, name in bits if entry & bit)
    frame = entry >> shift << shift >> PAGE_SHIFT
    print(f"{level}[{index:4}] {entry:08x}  frame {frame:05x}  {names}")


def show_absent(level, index, entry):
    print(f"{level}[{index:4}] {entry:08x}  {'not present' if entry else 'empty'}")


class Pc:
    """i386: two levels, an entry for 4 MB in the directory."""
    bits = ((0x001, "present"), (0x002, "writable"), (0x004, "user"), (0x008, "write-through"),
            (0x010, "uncached"), (0x020, "accessed"), (0x040, "dirty"), (0x080, "4MB"),
            (0x100, "global"))
    present, large, protnone = 0x001, 0x080, 0x080

    def current(self):
        """The TSS holds the top of the running task's kernel stack."""
        return struct_at("task_struct", int(value("init_tss")["esp0"]) - THREAD_SIZE)

    def saved_frame(self, task):
        saved = int(task["thread"]["esp"])	# edi, esi, ebx, then ebp, then the return address
        return word(saved + 12), word(saved + 16)

    def next_frame(self, frame):
        return word(frame), word(frame + 4)

    def walk(self, pgd, address):
        """Shows the entries; the physical address, or None."""
        entry = word(pgd + (address >> 22) * 4)
        if not entry & self.present:
            show_absent("pgd", address >> 22, entry)
            return None
        show_entry("pgd", address >> 22, entry, self.bits)
        if entry & self.large:
            return (entry & 0xffc00000) + (address & 0x3fffff)
        index = (address >> PAGE_SHIFT) & 1023
        entry = word(PAGE_OFFSET + (entry & 0xfffff000) + index * 4)
        if entry & self.present:
            show_entry("pte", index, entry, self.bits)
        elif entry & self.protnone:
            show_entry("pte", index, entry, ((self.protnone, "PROT_NONE"),))
        else:
            show_absent("pte", index, entry)
            return None
        return (entry & 0xfffff000) + (address & 0xfff)


class Arm:
    """ARM: 1 MB entries in the directory; behind each table of the kernel's that of the CPU."""
    bits = ((0x002, "present"), (0x010, "young"), (0x080, "dirty"), (0x200, "read-only"),
            (0x001, "execute-never"), (0x020, "user"), (0x100, "PROT_NONE"), (0x800, "not-global"))
    section_bits = ((0x002, "section"), (0x8000, "read-only"), (0x010, "execute-never"))
    table_bits = ((0x001, "table"), (0x020, "user"))
    phys_offset = 0x60000000
    present = 0x002

    def current(self):
        """The stack pointer tells, in the kernel. From a program QEMU shows gdb what it sees."""
        if int(value("$cpsr")) & 15 == 0:
            raise gdb.GdbError("the processor is in user mode: stop in the kernel")
        return struct_at("task_struct", int(value("$sp")) & ~(THREAD_SIZE - 1) & 0xffffffff)

    def saved_frame(self, task):
        saved = int(task["thread"]["sp"])	# r4 to r10, then fp, ip, and the return address
        return word(saved + 28), word(saved + 36)

    def next_frame(self, frame):
        return word(frame - 4), word(frame)

    def walk(self, pgd, address):
        """Shows the entries; the physical address, or None."""
        entry = word(pgd + (address >> 20) * 4)
        if not entry & 3:
            show_absent("pgd", address >> 20, entry)
            return None
        if entry & 2:
            show_entry("pgd", address >> 20, entry, self.section_bits, 20)
            return (entry & 0xfff00000) + (address & 0xfffff)
        show_entry("pgd", address >> 20, entry, self.table_bits, 10)
        index = (address >> PAGE_SHIFT) & 511
        table = (entry & 0xfffff000) - self.phys_offset + PAGE_OFFSET
        entry = word(table + index * 4)
        if not entry & self.present:
            show_absent("pte", index, entry)
            return None
        show_entry("pte", index, entry, self.bits)
        cpu = word(table + 2048 + index * 4)
        print(f"  CPU     {cpu:08x}  {'' if cpu else 'nothing: the next access faults'}".rstrip())
        return (entry & 0xfffff000) + (address & 0xfff)


def machine():
    """The one whose kernel gdb has the symbols of: only the PC's has a TSS."""
    return Pc() if gdb.lookup_global_symbol("init_tss") else Arm()


# ---- commands ----

class Zt(gdb.Command):
    """Commands that know the kernel: zt-ps, zt-bt, zt-maps, zt-pagetable, zt-dmesg, zt-zones."""

    def __init__(self):
        super().__init__("zt", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        gdb.execute("help zt")


class Command(gdb.Command):
    """A command whose name is its class' `name` and whose work is run()."""

    def __init__(self):
        super().__init__(self.name, gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        try:
            current()
            self.run(argument.strip())
        except gdb.MemoryError as error:
            raise gdb.GdbError(f"{error} (before start_kernel there is nothing to see)")


class Ps(Command):
    """zt-ps: every task: pid, state, name, and where it waits. `*` marks the running one."""
    name = "zt-ps"

    def run(self, argument):
        running = int(current().address)
        print("    PID  PPID S TASK     COMM             WAITS IN")
        for task in tasks():
            mark = "*" if int(task.address) == running else " "
            state = STATES.get(int(task["state"]), "?")
            waits = "-" if mark == "*" else wait_channel(task)
            print(f"{mark} {int(task['pid']):5} {int(task['real_parent']['pid']):5} {state} "
                  f"{int(task.address):08x} {comm(task):16} {waits}")


class Backtrace(Command):
    """zt-bt PID: the kernel stack of a task that is not running (of the running one, use bt)."""
    name = "zt-bt"

    def run(self, argument):
        task = find_task(argument)
        if int(task.address) == int(current().address):
            gdb.execute("bt")
            return
        print(f"task {int(task['pid'])} ({comm(task)})")
        for number, address in enumerate(stack_frames(task)):
            print(f"#{number:<2} {address:08x} {symbol(address)}")


class Maps(Command):
    """zt-maps [PID]: the VMAs of a process (default: the current one), like /proc/PID/maps."""
    name = "zt-maps"

    def run(self, argument):
        task = find_task(argument)
        mm = task["mm"]
        if not int(mm):
            raise gdb.GdbError(f"task {int(task['pid'])} ({comm(task)}) has no address space")
        print(f"mm {int(mm):08x} pgd {int(mm['pgd']):08x} rss {int(mm['rss'])} pages, "
              f"brk {int(mm['start_brk']):08x}-{int(mm['brk']):08x}")
        at = mm["mmap"]
        while int(at):
            self.show(at.dereference(), mm)
            at = at["vm_next"]

    @staticmethod
    def show(vma, mm):
        flags = int(vma["vm_flags"])
        text = "".join(name if flags & bit else "-" for bit, name in VM_FLAGS)
        text += "s" if flags & VM_SHARED else "p"
        name = "[stack]" if flags & VM_GROWSDOWN else ""
        if int(mm["start_brk"]) < int(vma["vm_end"]) and int(vma["vm_start"]) < int(mm["brk"]):
            name = "[heap]"
        if int(vma["vm_file"]):
            name = vma["vm_file"]["f_dentry"]["d_name"]["name"].string("latin-1")
        print(f"{int(vma['vm_start']):08x}-{int(vma['vm_end']):08x} {text} "
              f"page {int(vma['vm_pgoff']) & 0xfffff:05x} {name}")


class PageTable(Command):
    """zt-pagetable ADDR [PID]: the entries that translate an address, and their bits.

Walks the directory of that process, else the one the CPU has loaded."""
    name = "zt-pagetable"

    def run(self, argument):
        words = gdb.string_to_argv(argument)
        if not words:
            raise gdb.GdbError("zt-pagetable ADDR [PID]")
        address = int(value(words[0])) & 0xffffffff
        task = find_task(words[1] if len(words) > 1 else "")
        mm = task["mm"] if int(task["mm"]) else task["active_mm"]
        pgd = int(mm["pgd"] if int(mm) else value("init_mm")["pgd"])
        print(f"{address:08x} in the directory {pgd:08x} of task {int(task['pid'])} ({comm(task)})")
        physical = machine().walk(pgd, address)
        if physical is not None:
            self.show_page(physical)

    @staticmethod
    def show_page(physical):
        frame = physical >> PAGE_SHIFT
        print(f"physical {physical:08x}")
        if not int(value("min_low_pfn")) <= frame < int(value("max_pfn")):
            print("no struct page: a device")
            return
        page = value(f"mem_map[{frame} - min_low_pfn]")
        names = [f.name[3:] for f in gdb.lookup_type("enum page_flags").fields()
                 if int(page["flags"]) >> f.enumval & 1]
        zone = value(f"zones[{int(page['flags']) >> 30}].name").string()
        print(f"struct page {int(page.address):08x}: count {int(page['count']['counter'])}, "
              f"mapped {int(page['mapcount'])} times, zone {zone}, "
              f"flags {' '.join(names) or '-'}")


class Dmesg(Command):
    """zt-dmesg: the kernel's messages, from the ring of printk()."""
    name = "zt-dmesg"

    def run(self, argument):
        ring = value("log_buf")
        end, size = int(value("log_end")), ring.type.sizeof
        data = bytes(gdb.selected_inferior().read_memory(int(ring.address), size))
        text = data[:end] if end <= size else data[end % size:] + data[:end % size]
        print(text.decode("latin-1"), end="")


class Zones(Command):
    """zt-zones: frames of each zone, its watermarks, and the free blocks of each order."""
    name = "zt-zones"

    def run(self, argument):
        print("zone        first  present     free      min      low     high  hot | "
              "free blocks of 2^0 .. 2^10 pages")
        zones = value("zones")
        for i in range(zones.type.range()[1] + 1):
            zone = zones[i]
            numbers = " ".join(f"{int(zone[field]):8}" for field in
                               ("present_pages", "free_pages", "pages_min", "pages_low",
                                "pages_high"))
            areas = zone["free_area"]
            blocks = " ".join(str(int(areas[order]["nr_free"]))
                              for order in range(areas.type.range()[1] + 1))
            print(f"{zone['name'].string():8} {int(zone['start_pfn']):8x} {numbers} "
                  f"{int(zone['nr_hot']):4} | {blocks}")


Zt()
for kind in (Ps, Backtrace, Maps, PageTable, Dmesg, Zones):
    kind()
