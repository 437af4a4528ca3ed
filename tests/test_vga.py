"""The VGA console: what is typed on the PC's keyboard appears on its screen.

QEMU's monitor presses the keys (sendkey) and the text is read out of video memory.
"""
import re
import time

import pytest

from harness import Guest, wait_until

pytestmark = pytest.mark.only("i386", "the PC's screen and keyboard")

KEY_PAUSE = 0.05
# busybox asks the terminal for the cursor's place. When the answer is ESC [ 1 ; 5 R, which begins
# like a cursor key, it takes what is typed right behind it for a part of the sequence.
ANSWER_PAUSE = 0.5


@pytest.fixture(scope="module")
def machine():
    with Guest(mem=64, name="vga") as guest:
        guest.wait_prompt()
        yield guest


class Screen:
    """A person at the screen of the machine."""

    def __init__(self, guest):
        self.guest = guest

    def text(self):
        return "\n".join(self.guest.qmp.screen(self.guest.dir))

    def wait(self, pattern, timeout=60):
        """Wait until the screen shows the pattern."""
        seen = [""]

        def shows():
            self.guest.run("true")
            seen[0] = self.text()
            return re.search(pattern, seen[0], re.M)
        assert wait_until(shows, timeout), f"expected {pattern!r} on the screen, saw:\n{seen[0]}"
        return seen[0]

    def type(self, text):
        self.guest.qmp.type(text, lambda: time.sleep(KEY_PAUSE))

    def key(self, name):
        self.guest.qmp.key(name)


@pytest.fixture
def screen(machine):
    """The first console, with a shell that stands at an empty screen."""
    screen = Screen(machine)
    screen.key("alt-f1")
    screen.key("ctrl-c")
    screen.type("clear\n")
    screen.wait(r"\A\S* ?# ?\s*\Z")
    time.sleep(ANSWER_PAUSE)
    yield screen
    screen.key("alt-f1")
    screen.key("ctrl-c")


def test_prompt_on_the_screen(screen):
    assert re.search(r"# ?$", screen.text(), re.M)


def test_typing_all_kinds_of_keys(screen):
    text = "aZ09 ~!@#$%^&*()_+{}|:<>? -=[];,./"
    screen.type(f"echo '{text}'\n")
    screen.wait("^" + re.escape(text) + "$")


def test_control_keys(screen):
    screen.type("cat\n")
    screen.type("line\n")
    screen.key("ctrl-d")
    screen.type("echo back\n")
    screen.wait("^back$")
    screen.type("sleep 1000\n")
    screen.key("ctrl-c")
    screen.type("echo status $?\n")
    screen.wait("^status 130$")


def test_scrolling(screen):
    screen.type("seq 1 200\n")
    text = screen.wait("^200$")
    lines = [line for line in text.split("\n") if line.isdigit()]
    assert lines[-20:] == [str(n) for n in range(181, 201)]


def test_long_line_wraps(screen):
    screen.type("seq 1 60 | tr -d '\\n'; echo\n")
    whole = "".join(str(n) for n in range(1, 61))
    screen.wait("^" + whole[:80] + "\n" + whole[80:] + "$")


def test_escape_sequences(screen):
    """Cursor addressing, clearing, and the cursor's place afterwards."""
    screen.type(r"clear; printf '\033[5;10HHERE\033[6;1Hxxxx\033[2D\033[K\033[8;1Hend\n'" + "\n")
    text = screen.wait("^end$").split("\n")
    assert text[4] == " " * 9 + "HERE" and text[5] == "xx"


def test_four_consoles(screen):
    """Alt-F2 shows another screen; what is on the first is kept."""
    screen.type("echo on''-one\n")
    screen.wait("^on-one$")
    for key in ("alt-f2", "alt-f3", "alt-f4"):
        screen.key(key)
        assert wait_until(lambda: "on-one" not in screen.text(), 20), \
            f"{key} shows the first console"
    screen.key("alt-f2")
    screen.type("\n")
    screen.wait("# ?$")
    screen.type("tty\n")
    screen.wait("^/dev/tty2$")
    screen.key("alt-f1")
    screen.wait("^on-one$")


def test_vi_on_the_screen(screen):
    screen.type("vi /tmp/vga.txt\n")
    screen.wait("^~$")
    screen.type("ihello from vi\x1b")
    screen.wait("^hello from vi$")
    screen.type(":wq\n")
    screen.wait("# ?$")
    assert screen.guest.ok("cat /tmp/vga.txt; rm /tmp/vga.txt") == "hello from vi\n"


def test_top_on_the_screen(screen):
    screen.type("top\n")
    screen.wait(r"^Mem: +\d+K used")
    screen.wait(r"PID +PPID +USER")
    screen.type("q")
    screen.wait("# ?$")
