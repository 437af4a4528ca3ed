"""The machine protocol of QEMU (QMP), as much of it as the tests need.

QEMU holds one end of a socket pair and speaks JSON, a line at a time, over the other.
Commands are answered in order; events arrive in between and are kept, because the last
one, SHUTDOWN, says why the machine ended: the guest switched it off, the guest reset it
(a triple fault does), or the guest panicked.
"""
import json
import os
import struct

COLUMNS, ROWS = 80, 25
VGA_TEXT = 0xB8000
VGA_TEXT_SIZE = 0x8000


class QmpError(Exception):
    """QEMU refused a command, or went away before answering it."""


class Qmp:
    """One conversation with one QEMU. Not shared between threads."""

    def __init__(self, sock, timeout=60):
        sock.settimeout(timeout)
        self.stream = sock.makefile("rw", encoding="utf-8")
        self.events = []
        self.read_message()
        self.command("qmp_capabilities")

    def read_message(self):
        """The next message, or None when QEMU is gone."""
        try:
            line = self.stream.readline()
        except (ConnectionError, OSError, ValueError):
            return None
        return json.loads(line) if line else None

    def command(self, name, **arguments):
        """Run a QMP command and give back its result."""
        try:
            self.stream.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
            self.stream.flush()
        except (ConnectionError, OSError) as err:
            raise QmpError(f"QEMU is gone: {err}") from err
        while True:
            message = self.read_message()
            if message is None:
                raise QmpError(f"QEMU ended before it answered {name}")
            if "event" in message:
                self.events.append(message)
            elif "error" in message:
                raise QmpError(f"{name}: {message['error']['desc']}")
            else:
                return message["return"]

    def monitor(self, line):
        """A line for the human monitor; its printed answer."""
        return self.command("human-monitor-command", **{"command-line": line})

    def drain(self):
        """Collect the events that are left once QEMU has ended."""
        while True:
            message = self.read_message()
            if message is None:
                return
            if "event" in message:
                self.events.append(message)

    def shutdown_reason(self):
        """Why the machine ended: guest-shutdown, guest-reset, ..., or None."""
        reasons = [e["data"].get("reason") for e in self.events if e["event"] == "SHUTDOWN"]
        return reasons[-1] if reasons else None

    # ---- keyboard and screen -------------------------------------------------

    NAMES = {
        " ": "spc", "\n": "ret", "\t": "tab", "\x1b": "esc", "\x7f": "backspace",
        "-": "minus", "=": "equal", "[": "bracket_left", "]": "bracket_right",
        ";": "semicolon", "'": "apostrophe", "`": "grave_accent", "\\": "backslash",
        ",": "comma", ".": "dot", "/": "slash",
    }
    SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))

    def key_of(self, char):
        """The sendkey name of the key, with shift, that makes a character on a US keyboard."""
        if char in self.SHIFTED:
            return "shift-" + self.key_of(self.SHIFTED[char])
        if char.isupper():
            return "shift-" + char.lower()
        return self.NAMES.get(char, char)

    def key(self, name):
        """Press and release a key or a combination such as alt-f2."""
        self.monitor(f"sendkey {name} 20")

    def type(self, text, pause):
        """Type text; `pause` is called between keys, for a keyboard buffer is small."""
        for char in text:
            self.key(self.key_of(char))
            pause()

    def vga_port(self, index):
        self.monitor(f"o/b 0x3d4 {index}")
        return int(self.monitor("i/b 0x3d5").split("=")[-1], 0)

    def screen(self, workdir):
        """The visible VGA text screen: a list of 25 strings, blanks at the end cut off.

        The machine is stopped meanwhile, for the screen may start anywhere in video
        memory and the register that says where is read through the guest's own port.
        """
        path = os.path.join(workdir, "vga.bin")
        self.command("stop")
        try:
            index = int(self.monitor("i/b 0x3d4").split("=")[-1], 0)
            start = (self.vga_port(0x0C) << 8 | self.vga_port(0x0D)) * 2
            self.monitor(f"o/b 0x3d4 {index}")
            self.command("pmemsave", val=VGA_TEXT, size=VGA_TEXT_SIZE, filename=path)
        finally:
            self.command("cont")
        with open(path, "rb") as f:
            memory = f.read()
        memory += memory
        cells = memory[start % VGA_TEXT_SIZE:][:2 * COLUMNS * ROWS]
        chars = bytes(c for c, _ in struct.iter_unpack("BB", cells)).replace(b"\0", b" ")
        text = chars.decode("cp437")
        return [text[r * COLUMNS:(r + 1) * COLUMNS].rstrip() for r in range(ROWS)]
