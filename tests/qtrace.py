"""Which instructions a guest executes: QEMU's trace of translated blocks.

    with Trace(guest) as trace:
        ...                         # let the guest do what is to be looked at
    trace.instructions()            # how many there were
    trace.blocks, trace.steps       # which, and in which order

QEMU translates guest code in blocks, up to the next jump, and with `log exec,nochain,in_asm` says
of each block what is in it and, whenever it is executed, that it is. The words go through a FIFO,
for they are many: 20 MB for a million instructions.
"""
import os
import threading
from collections import Counter

LOG_ITEMS = "exec,nochain,in_asm"


class Trace:
    def __init__(self, guest):
        self.guest = guest
        self.blocks = {}            # block: (address, instructions)
        self.steps = Counter()      # (block, next block): how often

    def __enter__(self):
        self.fifo = os.path.join(self.guest.dir, "trace.fifo")
        os.mkfifo(self.fifo)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.guest.qmp.monitor(f"logfile {self.fifo}")
        self.guest.qmp.monitor(f"log {LOG_ITEMS}")
        return self

    def __exit__(self, *_):
        self.guest.qmp.monitor("log none")
        self.guest.qmp.monitor(f"logfile {self.guest.dir}/reset.log")
        self.reader.join(60)
        os.unlink(self.fifo)

    def _read(self):
        """Two kinds of lines matter. In a description `0xADDRESS:  INSTRUCTION`, and
        `Trace CPU: BLOCK [BASE/ADDRESS/...` for each execution."""
        sizes = {}                  # address: instructions, as described last
        start = before = None
        with open(self.fifo, "rb", buffering=1 << 20) as f:
            for line in f:
                if line.startswith(b"Trace"):
                    block = line[9:line.index(b" ", 9)]
                    if block not in self.blocks:
                        address = int(line.split(b"/", 2)[1], 16)
                        self.blocks[block] = address, sizes.get(address, 0)
                    self.steps[before, block] += 1
                    before = block
                elif line.startswith(b"0x"):
                    if start is None:
                        start = int(line[:line.index(b":")], 16)
                        sizes[start] = 0
                    sizes[start] += 1
                elif line.startswith(b"IN:"):
                    start = None

    def instructions(self):
        return sum(times * self.blocks[block][1] for (_, block), times in self.steps.items())
