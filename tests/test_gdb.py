"""gdb on the kernel, as `make debug` starts it: it stops at the first instruction and at functions
by name, and the commands of tools/gdb/zt.py read the kernel's own structures.
"""
import os
import re
import subprocess

import disk
from harness import BUILD, IMAGE
from machine import MACHINE, TOP

COMMANDS = """
hbreak start_kernel
continue
hbreak sys_execve if filename
continue
zt-ps
zt-bt
zt-maps
zt-dmesg
zt-zones
"""


def test_commands_of_gdb(tmp_build):
    """At the first execve of all: init's."""
    image = disk.copy_image(IMAGE, os.path.join(tmp_build, "hd.img"))
    os.symlink(os.path.join(BUILD, "vmlinux"), os.path.join(tmp_build, "vmlinux"))
    words = MACHINE.add_words(image, None)
    line = MACHINE.command_line(64, words, [f"file={image},format=raw,cache=unsafe"])
    with open(os.path.join(tmp_build, "commands"), "w", encoding="ascii") as f:
        f.write(COMMANDS)
    env = {**os.environ, "GDB_ARGS": "-batch -x commands", "QEMU_AUDIO_DRV": "none"}
    done = subprocess.run([os.path.join(TOP, "tools", "gdb", "debug"), ".", *line], env=env,
                          cwd=tmp_build, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    for line in (r'Breakpoint 1, (0x\w+ in )?start_kernel \(\)',
                 r'Breakpoint 2, .*sys_execve \(.*"/sbin/init"',
                 r"\* +1 +0 R c\w{7} ", r" +\d+ +0 S c\w{7} kswapd +kswapd", r"#0 .*sys_execve",
                 r"[0-9a-f]{8}-[0-9a-f]{8} rwxp page 0", r"<6>Memory: \d+",
                 r"Normal +\w+ +\d+ +\d+"):
        assert re.search("^" + line, done.stdout, re.M), f"expected {line!r}, saw:\n{done.stdout}"
