"""QEMU's gdb port, as much of it as the tests need: registers, breakpoints, stop and go.

    stub = GdbStub(path)        # of a Guest with args=GdbStub.args(path)
"""
import re
import socket

TIMEOUT = 120


class GdbStub:
    """One conversation with one QEMU, whose machine stands still while nothing else is said."""

    @staticmethod
    def args(path):
        """QEMU's words for a gdb port that is a socket with this (short) path."""
        return ["-chardev", f"socket,id=gdb,path={path},server=on,wait=off", "-gdb", "chardev:gdb"]

    def __init__(self, path, running=True):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(TIMEOUT)
        self.sock.connect(path)
        if running:
            self.packet()           # the connection stops the machine, and says so

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

    def run_to(self, address):
        """Goes on to an instruction, in whatever address space."""
        assert self.command(f"Z1,{address:x},4") == "OK"
        self.go()
        self.packet()
        assert self.command(f"z1,{address:x},4") == "OK"

    def go(self):
        self.sock.sendall(b"$c#63")

    def stop(self):
        self.sock.sendall(b"\x03")
        return self.packet()

    def close(self):
        self.sock.close()
