"""The harness tells good guests from bad ones: each way to fail has a fake guest that does it.

The second half runs pytest inside pytest: an error, a failure, a run that stops early and a
run below the floor each have to end in a nonzero status and a last line that says so.
"""
import os
import subprocess
import time

import pytest

import harness
import machine
from harness import Ended, Guest, Hang, Panic, Reset

HERE = os.path.dirname(os.path.abspath(__file__))
GOOD, PANIC, OOPS, BUG, SPIN, TRIPLE_FAULT, EARLY_OFF, DEBUG_EXIT, KEYBOARD_RESET = range(9)
SHORT = 4
PC = pytest.mark.only("i386", "the ARM board has no such thing")


@pytest.fixture
def fake(tmp_build):
    """Make a guest from guests/fake.asm, or fake_arm.S."""
    guests = []

    def make(way):
        image = os.path.join(tmp_build, "fake.img")
        if harness.ARCH == "i386":
            subprocess.run(["nasm", "-f", "bin", f"-DWAY={way}", "-o", image,
                            os.path.join(HERE, "guests", "fake.asm")], check=True)
            guest = Guest(image=image, mem=8, floppy=True, name="fake")
        else:
            subprocess.run(["arm-none-eabi-gcc", "-march=armv7-a", f"-DWAY={way}", "-c",
                            "-o", image + ".o", os.path.join(HERE, "guests", "fake_arm.S")],
                           check=True)
            subprocess.run(["arm-none-eabi-objcopy", "-O", "binary", image + ".o", image],
                           check=True)
            guest = Guest(kernel=image, mem=32, name="fake")
        guests.append(guest)
        return guest
    yield make
    for guest in guests:
        guest.kill()


def test_good_guest_passes(fake):
    guest = fake(GOOD).wait_prompt()
    assert guest.run("true") == ("", 0)
    guest.poweroff()


def test_panic_is_red(fake):
    guest = fake(PANIC)
    with pytest.raises(Panic, match="no working init"):
        guest.wait_prompt()
    assert "Call trace:" in guest.tail()


def test_oops_is_red(fake):
    with pytest.raises(Panic, match="Oops: page fault"):
        fake(OOPS).wait_prompt()


def test_bug_before_the_prompt_is_red(fake):
    with pytest.raises(Panic, match="BUG: sleeping"):
        fake(BUG).wait_prompt()


def test_hang_is_red(fake):
    with pytest.raises(Hang):
        fake(SPIN).wait_prompt(timeout=SHORT)


def test_hang_after_the_prompt_is_red(fake):
    guest = fake(GOOD).wait_prompt()
    with pytest.raises(Hang):
        guest.expect("never printed", timeout=SHORT)


@PC
def test_triple_fault_is_red(fake):
    with pytest.raises(Reset, match="triple fault"):
        fake(TRIPLE_FAULT).wait_prompt()


def test_reset_is_red(fake):
    with pytest.raises(Reset, match="reset the machine"):
        fake(KEYBOARD_RESET).wait_prompt()


def test_power_off_before_the_prompt_is_red(fake):
    with pytest.raises(Ended):
        fake(EARLY_OFF).wait_prompt()


def test_power_off_in_the_middle_of_a_test_is_red(fake):
    guest = fake(GOOD).wait_prompt()
    with pytest.raises(Ended):
        guest.run("power off behind the test's back")


def test_debug_exit_is_red(fake):
    with pytest.raises(Panic, match="status 35"):
        fake(DEBUG_EXIT).wait_prompt()


@PC
def test_qemu_that_cannot_start_is_red(fake, monkeypatch):
    monkeypatch.setattr(machine, "EXIT_DEVICE_PORT", "nonsense")
    with pytest.raises(Panic, match="nonsense"):
        fake(GOOD).wait_prompt()


def test_guest_goes_on_while_nobody_waits(sh):
    """What is printed meanwhile stops neither the machine nor QEMU's control channel."""
    sh.send("seq 1 3000; cut -d' ' -f1 /proc/uptime > when\n")
    time.sleep(4)
    sh.qmp.command("query-status")
    now = float(sh.ok("cut -d' ' -f1 /proc/uptime").split()[-1])
    assert now - float(sh.ok("cat when")) > 1, "it stood still until its output was read"


# ---- the run as a whole ------------------------------------------------------

ONCE = pytest.mark.only("i386", "on the host, once")


def run_tests(folder, text, *args, floor=0):
    """Run a test file as `make test` does: (status, last line, all output)."""
    with open(os.path.join(folder, "test_inner.py"), "w", encoding="ascii") as f:
        f.write(text)
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    env.update(ZT_FLOOR=str(floor))
    done = subprocess.run([os.path.join(HERE, "run"), *args, folder], env=env, text=True,
                          timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    lines = done.stdout.rstrip("\n").split("\n")
    return done.returncode, lines[-1], done.stdout


@ONCE
def test_last_line_of_a_good_run(tmp_build):
    status, last, _ = run_tests(tmp_build, "def test_a(): pass\ndef test_b(): pass\n", floor=2)
    assert (status, last) == (0, "2 passed, 0 failed")


@ONCE
def test_failure_is_red(tmp_build):
    status, last, _ = run_tests(tmp_build, "def test_a(): assert 0\ndef test_b(): pass\n")
    assert status != 0 and last == "1 passed, 1 failed"


@ONCE
def test_error_in_a_fixture_is_red(tmp_build):
    text = ("import pytest\n@pytest.fixture\ndef f(): raise OSError\n"
            "def test_a(f): pass\ndef test_b(): pass\n")
    status, last, _ = run_tests(tmp_build, text)
    assert status != 0 and last == "1 passed, 1 failed"


@ONCE
def test_error_at_teardown_is_red(tmp_build):
    text = ("import pytest\n@pytest.fixture\ndef f():\n    yield\n    raise OSError\n"
            "def test_a(f): pass\n")
    status, last, _ = run_tests(tmp_build, text)
    assert status != 0 and last == "0 passed, 1 failed"


@ONCE
def test_test_file_that_cannot_be_read_is_red(tmp_build):
    status, last, _ = run_tests(tmp_build, "import no_such_module\ndef test_a(): pass\n")
    assert status != 0 and last == "0 passed, 1 failed"


@ONCE
def test_fewer_tests_than_the_floor_is_red(tmp_build):
    status, last, output = run_tests(tmp_build, "def test_a(): pass\n", floor=2)
    assert status != 0 and last == "1 passed, 1 failed"
    assert "at least 2" in output


@ONCE
def test_skipped_tests_do_not_count_for_the_floor(tmp_build):
    text = "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('x')\n"
    status, last, _ = run_tests(tmp_build, text, floor=2)
    assert status != 0 and last == "1 passed, 1 failed"


@ONCE
def test_run_that_selects_nothing_is_red(tmp_build):
    status, last, _ = run_tests(tmp_build, "def test_a(): pass\n", "-k", "nothing")
    assert status != 0 and last == "0 passed, 0 failed"


@ONCE
def test_run_that_stops_early_is_red(tmp_build):
    """Even if the runner's exit status is 0."""
    text = "import os\ndef test_a(): pass\ndef test_b(): os._exit(0)\ndef test_c(): pass\n"
    status, last, output = run_tests(tmp_build, text)
    assert status != 0 and last == "0 passed, 1 failed" and "stopped half-way" in output


@ONCE
def test_selection_by_name(tmp_build):
    status, last, _ = run_tests(tmp_build, "def test_a(): pass\ndef test_b(): assert 0\n",
                                "-k", "test_a")
    assert (status, last) == (0, "1 passed, 0 failed")


@ONCE
def test_sum_of_two_machines(tmp_build, monkeypatch):
    """A line for each machine, and the sum last."""
    monkeypatch.setenv("ARCH", "i386 arm")
    text = "import os\ndef test_a(): pass\ndef test_b(): assert os.environ['ARCH'] == 'i386'\n"
    status, last, output = run_tests(tmp_build, text, floor=2)
    assert status != 0 and last == "3 passed, 1 failed"
    assert "\ni386: 2 passed, 0 failed\narm: 1 passed, 1 failed\n" in output
