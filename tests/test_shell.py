"""Sessions at the serial console's shell, as a person has them.

All of them share one guest (conftest.py). Where a test types control characters it gives
busybox back its echo, its line editor and its prompt (`person`), and the fixture of the
shared guest makes the shell quiet again afterwards.
"""
import re
import time

import pytest

from machine import MACHINE

PROMPT = "ready> "
SETTLE = 0.2            # seconds in which the shell leaves its line editor and starts a program


@pytest.fixture
def person(sh, request):
    """The shell as a person sees it: echo, a prompt, job control."""
    sh.send(f"stty sane; stty cols 80 rows 24; export TERM=vt100; PS1='{PROMPT}'\n")
    sh.expect(re.escape(PROMPT))
    yield sh
    if sh.alive() and not getattr(request.node, "has_failed", False):
        sh.quiet_shell()


def type_line(guest, line):
    """Type a line and read its echo, so that what follows is the command's own."""
    guest.send(line + "\r")
    guest.expect(re.escape(line[-20:]) + r"[^\n]*\r?\n")
    time.sleep(SETTLE)


def prompt(guest):
    """What was printed up to the next prompt."""
    guest.expect(re.escape(PROMPT))
    return guest.console.before.decode("utf-8", "replace").replace("\r\n", "\n")


# ---- plain commands ------------------------------------------------------------

def test_uname(sh):
    assert sh.ok("uname -s") == "Linux\n"
    assert re.match(r"\d+\.\d+", sh.ok("uname -r"))
    assert int(sh.ok("uname -r").split(".")[0]) >= 4
    assert sh.ok("uname -m").strip() in MACHINE.uname


def test_exit_status(sh):
    assert sh.run("sh -c 'exit 3'")[1] == 3
    assert sh.run("sh -c 'kill -SEGV $$'")[1] == 128 + 11
    assert sh.run("no-such-command")[1] == 127


def test_pipeline_of_many(sh):
    out = sh.ok("seq 1 5000 | sort -r | grep -v 0 | sed 's/1/one/' | tr a-z A-Z | wc -l")
    assert out == "3735\n"


def test_here_document(sh):
    assert sh.ok("x=5; cat <<END | tr a-z A-Z\nvalue $x\nlast\nEND") == "VALUE 5\nLAST\n"


def test_background_jobs_and_wait(sh):
    sh.ok("for i in 1 2 3 4 5; do (sleep 0.2; echo $i > f$i) & done; wait")
    assert sh.ok("cat f*").split() == list("12345")


def test_standard_devices(sh):
    assert sh.ok("echo x > /dev/null; head -c 3 /dev/zero | od -An -tx1") == " 00 00 00\n"
    assert sh.run("echo x > /dev/full")[1] != 0
    assert sh.ok("test -c /dev/tty && tty").strip().startswith("/dev/")


def test_sleep_takes_its_time(sh):
    start = time.monotonic()
    sh.ok("sleep 2")
    assert time.monotonic() - start > 1.8


def test_date_is_the_host_s(sh):
    assert abs(int(sh.ok("date +%s")) - time.time()) < 30


# ---- the process tools -----------------------------------------------------------

def test_ps(sh):
    out = sh.ok("ps")
    assert re.search(r"^\s*PID\s+USER", out, re.M)
    assert re.search(r"^\s*1 root .*init", out, re.M)
    assert re.search(r" (\{ps\} .*|ps)$", out, re.M)


def test_top_one_iteration(sh):
    out = sh.ok("top -b -n 1 | head -n 20")
    assert re.search(r"Mem: +\d+K used, +\d+K free", out)
    assert re.search(r"CPU: .*idle", out)
    assert "init" in out


def test_free(sh):
    head, row = sh.ok("free | head -n 2").split("\n")[:2]
    values = dict(zip(head.split(), map(int, row.split()[1:])))
    assert 100000 < values["total"] <= 131072
    assert values["free"] < values["total"]


def test_df(sh):
    out = sh.ok("df /")
    row = out.strip().split("\n")[-1].split()
    size, used, left = map(int, row[1:4])
    assert size > 1000 and used > 500 and left > 0 and used + left <= size + 1
    assert row[-1] == "/"


def test_df_sees_a_file_come_and_go(sh):
    def used():
        return int(sh.ok("sync; df / | tail -n 1 | awk '{ print $3 }'"))
    before = used()
    sh.ok("dd if=/dev/zero of=/big bs=1k count=600 2>/dev/null")
    between = used()
    sh.ok("rm /big")
    assert 600 <= between - before <= 610
    assert used() == before


def test_mount_lists_root(sh):
    out = sh.ok("mount")
    assert re.search(r" on / type minix \(rw", out)
    assert re.search(r" on /proc type proc", out)


def test_uptime(sh):
    assert "load average" in sh.ok("uptime")
    first = float(sh.ok("cut -d ' ' -f 1 /proc/uptime"))
    sh.ok("sleep 1")
    assert 0.9 < float(sh.ok("cut -d ' ' -f 1 /proc/uptime")) - first < 30


def test_kill_by_number_and_pidof(sh):
    sh.ok("sleep 500 & echo $! > pid; sleep 0.5")
    assert sh.ok("pidof sleep").split() == sh.ok("cat pid").split()
    sh.ok("kill $(cat pid); wait $(cat pid) 2>/dev/null; true")
    assert sh.run("kill -0 $(cat pid)")[1] != 0


def test_killall(sh):
    sh.ok("sleep 501 & sleep 502 & sleep 0.5")
    sh.ok("killall sleep; sleep 0.3")
    assert sh.run("pidof sleep")[1] != 0


def test_proc_pid(sh):
    assert re.search(r"^Name:\s+\S+", sh.ok("cat /proc/1/status"), re.M)
    assert sh.ok("sh -c 'tr \\\\0 _ < /proc/$$/cmdline; :' name arg").endswith("_name_arg_")
    assert sh.ok("cd /var/tmp; readlink /proc/self/cwd; cd t") == "/var/tmp\n"
    assert "busybox" in sh.ok("readlink /proc/self/exe")
    assert len(sh.ok("cat /proc/1/stat").split()) >= 40


def test_proc_maps(sh):
    out = sh.ok("cat /proc/self/maps")
    rows = [re.match(r"([0-9a-f]{8})-([0-9a-f]{8}) ([r-])([w-])([x-])([ps]) ", row)
            for row in out.strip().split("\n")]
    assert all(rows), out
    ranges = [(int(m.group(1), 16), int(m.group(2), 16)) for m in rows]
    assert all(a < b for a, b in ranges)
    assert all(b <= c for (_, b), (c, _) in zip(ranges, ranges[1:])), "sorted, without overlap"
    assert ranges[-1][1] <= MACHINE.user_end
    assert "[stack]" in out and "busybox" in out


def test_many_processes(sh):
    """1,000 sleeping processes at once on 128 MB, and all memory comes back."""
    sh.ok("i=0; while [ $i -lt 1000 ]; do sleep 1000 & i=$((i + 1)); done", timeout=300)
    assert int(sh.ok("ls -d /proc/[0-9]* | wc -l", timeout=300)) >= 1000
    sh.ok("killall sleep; wait 2>/dev/null; true", timeout=300)
    assert int(sh.ok("ls -d /proc/[0-9]* | wc -l")) < 100


# ---- job control -----------------------------------------------------------------

def test_control_c_ends_the_foreground_job(person):
    type_line(person, "sleep 1000")
    time.sleep(0.5)
    person.send(b"\x03")
    prompt(person)
    type_line(person, "echo status $?")
    assert "status 130" in prompt(person)


def test_control_backslash_quits(person):
    type_line(person, "sleep 1000")
    time.sleep(0.5)
    person.send(b"\x1c")
    prompt(person)
    type_line(person, "echo status $?")
    assert "status 131" in prompt(person)


def test_control_d_ends_the_input(person):
    type_line(person, "cat > typed")
    person.send("from the keyboard\r")
    person.expect("keyboard\r?\n")
    person.send(b"\x04")
    prompt(person)
    type_line(person, "cat typed")
    assert "from the keyboard\n" in prompt(person)


def test_control_z_bg_fg(person):
    """^Z stops, jobs lists, bg continues, fg brings back, ^C ends."""
    type_line(person, "sleep 1000")
    time.sleep(0.5)
    person.send(b"\x1a")
    assert "Stopped" in prompt(person)
    type_line(person, "jobs")
    assert re.search(r"\[1\].*Stopped.*sleep 1000", prompt(person))
    type_line(person, "bg %1")
    prompt(person)
    type_line(person, "jobs")
    assert re.search(r"\[1\].*Running.*sleep 1000", prompt(person))
    type_line(person, "fg %1")
    time.sleep(0.5)
    person.send(b"\x03")
    prompt(person)
    type_line(person, "jobs; echo none")
    assert "sleep" not in prompt(person)


def test_stopped_pipeline_continues(person):
    type_line(person, "(sleep 2; echo done) | cat")
    time.sleep(0.5)
    person.send(b"\x1a")
    prompt(person)
    type_line(person, "fg")
    assert "done" in prompt(person)


def test_background_read_is_stopped(person):
    """A background job that reads the terminal gets SIGTTIN."""
    type_line(person, "cat &")
    prompt(person)
    time.sleep(0.5)
    type_line(person, "jobs")
    assert re.search(r"Stopped.*cat", prompt(person))
    type_line(person, "kill -9 %1; wait; echo")
    prompt(person)


def test_erase_and_kill_characters(person):
    """The line discipline's own editing, with a program that reads cooked lines."""
    type_line(person, "head -n 2 > typed")
    person.send("abx\x7fc\rwrong\x15right\r")
    prompt(person)
    type_line(person, "cat typed")
    assert "abc\nright\n" in prompt(person)


def test_terminal_size(person):
    type_line(person, "stty rows 40 cols 132; stty size; stty rows 24 cols 80")
    assert "40 132" in prompt(person)


def test_tab_completion_and_history(person):
    """busybox's line editor works in raw mode: Tab completes, cursor-up recalls."""
    type_line(person, "touch a-long-name-here")
    prompt(person)
    person.send("echo got a-lo\t")
    person.expect("a-long-name-here")
    person.send("\r")
    person.expect("got a-long-name-here")
    prompt(person)
    person.send("\x1b[A\r")
    person.expect("got a-long-name-here")
    person.expect("got a-long-name-here")
    prompt(person)


def test_vi(person):
    """vi writes a file: insert, open a line, substitute, delete, save."""
    type_line(person, "vi edited")
    person.expect("edited")
    time.sleep(0.5)
    for keys in ("ihello wurld\x1b", ":s/wurld/world/\r", "osecond line\x1b", "yyp",
                 ":2s/second/middle/\r", "Gdd", "Athe end\x1b", ":wq\r"):
        person.send(keys)
        time.sleep(0.4)
    prompt(person)
    type_line(person, "cat edited")
    out = prompt(person)
    assert "hello world\n" in out and "middle line" in out and "the end" in out


def test_less_and_quit(person):
    type_line(person, "seq 1 500 | less")
    person.expect("22")
    person.send("G")
    person.expect("500")
    person.send("q")
    prompt(person)


def test_script_with_su(sh):
    """An ordinary user has an ordinary user's rights."""
    sh.ok("echo secret > s; chmod 600 s; chmod 755 /var/tmp/t")
    out, status = sh.run("su user -c 'id -u; cat /var/tmp/t/s; echo $?;"
                         " touch /var/tmp/t/new; echo $?'")
    assert out.split("\n")[0] not in ("0", "") and "secret" not in out
    assert [line for line in out.split("\n") if line in ("0", "1")] == ["1", "1"], out


def test_set_uid_program(sh):
    """A set-uid copy of busybox runs as its owner (busybox drops to it)."""
    sh.ok("cp /bin/busybox ./id && chown root id && chmod 4755 id && chmod 755 /var/tmp/t")
    out = sh.ok("su user -c '/var/tmp/t/id; grep Uid /proc/self/status'")
    assert "uid=" in out


def test_pseudo_terminal(sh):
    """script-like use of /dev/ptmx by busybox's own telnetd needs a network; the device opens."""
    assert sh.ok("ls -d /dev/ptmx /dev/pts").split() == ["/dev/ptmx", "/dev/pts"]
    sh.ok("exec 5<>/dev/ptmx; ls /dev/pts; exec 5>&-")
