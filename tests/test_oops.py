"""What the kernel says when it is broken: on the serial line, on the screen, and how it goes on."""
import os
import re

import pytest

from gdbstub import GdbStub
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


def test_double_fault_has_a_stack_of_its_own():
    """The kernel stack points nowhere: on another one, registers and a trace are still printed."""
    mode, user, stack, frame = MACHINE.gdb_registers
    sock = f"/tmp/zt-gdb-{os.getpid()}"
    with Guest(mem=64, append="panic=-1", args=GdbStub.args(sock), name="dfault") as guest:
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
            stub.close()
        assert "Kernel panic: double fault" in guest.text()
        assert "SP: f0000010" in guest.text(), "expected the registers of the moment"
