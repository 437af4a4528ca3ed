"""What the kernel says when it is broken: on the serial line, on the screen, and how it goes on."""
import os
import re
import socket

import pytest

from harness import Guest, Panic, wait_until
from machine import MACHINE

TRACE = r"Call trace:\n(  \[<[0-9a-f]{8}>\] \w.*\n)+"


def test_oops_kills_the_task_and_not_the_machine():
    """A null pointer in the kernel: registers, trace with names, on all consoles; then a shell."""
    with Guest(mem=64, name="oops") as guest:
        guest.wait_prompt()
        if MACHINE.has_screen:
            guest.run("clear > /dev/tty1")
        guest.send("sh -c 'echo c > /proc/sysrq-trigger'; echo the shell is ali''ve\n")
        guest.console.expect(b"the shell is alive", timeout=60)
        said = guest.text()
        assert "Unable to handle kernel null pointer at virtual address 00000000 (write)" in said
        assert re.search(r"Process sh \(pid \d+\)", said), "expected the task's name and number"
        assert re.search(TRACE, said), f"expected a call trace, saw:\n{guest.tail()}"
        assert "crash+0x" in said and "sys_write+0x" in said, "expected function names in the trace"
        if MACHINE.has_screen:
            screen = "\n".join(guest.qmp.screen(guest.dir))
            assert "crash+0x" in screen, f"expected the same on the screen, saw:\n{screen}"
        guest.ok("ls / | grep -x proc")


def test_stack_that_is_nearly_used_up():
    """An interrupt that finds too little of the kernel stack stops the machine, with a reason."""
    with Guest(mem=64, append="panic=-1", name="stack") as guest:
        guest.wait_prompt()
        with pytest.raises(Panic, match="kernel stack of sh"):
            guest.run("sh -c 'echo v > /proc/sysrq-trigger'")
        assert "exhaust_stack+0x" in guest.text()


class GdbStub:
    """QEMU's gdb port, as far as setting a register needs it."""

    def __init__(self, path):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(path)
        self.packet()			# a connection stops the machine, and says so

    def packet(self):
        """The next packet from QEMU, without its frame."""
        seen = b""
        while not re.search(rb"\$[^#]*#..", seen):
            seen += self.sock.recv(1)
        self.sock.sendall(b"+")
        return re.search(rb"\$([^#]*)#", seen).group(1).decode()

    def command(self, text):
        self.sock.sendall(f"${text}#{sum(text.encode()) & 0xff:02x}".encode())
        return self.packet()

    def registers(self):
        """All, in the order of gdb: MACHINE.gdb_registers says where the interesting ones are."""
        return bytearray.fromhex(self.command("g"))

    def set_registers(self, values):
        assert self.command("G" + values.hex()) == "OK"

    def go(self):
        self.sock.sendall(b"$c#63")

    def stop(self):
        self.sock.sendall(b"\x03")
        return self.packet()


def test_double_fault_has_a_stack_of_its_own():
    """The kernel stack points nowhere: on another one, registers and a trace are still printed."""
    mode, user, stack, frame = MACHINE.gdb_registers
    sock = f"/tmp/zt-gdb-{os.getpid()}"
    args = ["-chardev", f"socket,id=gdb,path={sock},server=on,wait=off", "-gdb", "chardev:gdb"]
    with Guest(mem=64, append="panic=-1", args=args, name="dfault") as guest:
        guest.wait_prompt()
        stub = GdbStub(sock)
        os.unlink(sock)
        try:
            def in_kernel():
                if stub.registers()[mode] & 3 != user:
                    return True
                stub.go()
                stub.stop()
                return False
            assert wait_until(in_kernel, 60), "expected the idle machine to be in the kernel"
            regs = stub.registers()
            # Neither is mapped.
            regs[stack:stack + 4] = (0xf0000010).to_bytes(4, "little")
            regs[frame:frame + 4] = (0xf0000020).to_bytes(4, "little")
            stub.set_registers(regs)
            stub.go()
            with pytest.raises(Panic):
                guest.expect("never printed", timeout=60)
        finally:
            stub.sock.close()
        assert "Kernel panic: double fault" in guest.text()
        assert "SP: f0000010" in guest.text(), "expected the registers of the moment"
