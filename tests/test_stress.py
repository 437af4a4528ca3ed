"""Many things at once on a small machine: all results right, nothing lost, the disk clean."""
import re

import pytest

from harness import Guest

ROUNDS = 15
# Each worker repeats its job and compares with what the job gave the first time.
WORKERS = {
    "copy": "rm -rf cp src; cp -r /usr src; seq 1 4000 > src/n; cp -r src cp;"
            " find cp -type f | sort | xargs cat | md5sum",
    "pack": "seq 1 9000 > p; tar cf - p | gzip | gunzip | tar xf - -O | md5sum",
    "sort": "seq 1 15000 | sort -r | sort -n | md5sum",
    "fork": "i=0; while [ $i -lt 60 ]; do sh -c 'exit 3' || i=$((i + 1)); done; echo $i",
    "small files": "mkdir s; for i in $(seq 1 80); do echo $i > s/$i; done; mv s t;"
                   " cat t/* | md5sum; rm -r t",
    "pipes": "seq 1 30000 | cat | cat | tr 0-9 a-j | cat | md5sum",
    "sparse": "rm -f sp; for i in 9 3 7 1;"
              " do echo $i | dd of=sp bs=50k seek=$i conv=notrunc 2>/dev/null; done;"
              " md5sum < sp; truncate -s 99999 sp; md5sum < sp",
}
WORKER = """#!/bin/sh
mkdir -p /var/tmp/w/$1 && cd /var/tmp/w/$1 || exit 1
job() {
%s
}
first=$(job 2>/dev/null)
for round in $(seq 1 %d); do
	again=$(job 2>/dev/null)
	[ "$again" = "$first" ] || { echo "$1: round $round: '$again', not '$first'"; exit 1; }
done
echo "$1: good"
"""


@pytest.mark.parametrize("mem,append", [(12, None), (128, "highmem=100M")],
                         ids=["12 MB", "highmem"])
def test_everything_at_once(mem, append):
    with Guest(mem=mem, append=append, name="stress") as guest:
        guest.wait_prompt()
        guest.ok("mkdir -p /var/tmp/w")
        for n, job in enumerate(WORKERS.values()):
            guest.put(f"/var/tmp/w/job{n}", WORKER % (job, ROUNDS))
        starts = " ".join(f"sh /var/tmp/w/job{n} w{n} > /var/tmp/w/out{n} 2>&1 &"
                          for n in range(len(WORKERS)))
        guest.ok(f"{starts} wait", timeout=500)
        out = guest.ok("cat /var/tmp/w/out*")
        assert len(re.findall(r"^w\d: good$", out, re.M)) == len(WORKERS), out
        guest.ok("rm -rf /var/tmp/w")


def test_killing_at_random():
    """Processes die by SIGKILL in the middle of everything; what they held is given back."""
    with Guest(mem=32, name="killing") as guest:
        guest.wait_prompt()
        guest.ok("mkdir /var/tmp/k; cd /var/tmp/k")
        before = int(guest.ok("df / | tail -n 1 | awk '{ print $3 }'"))
        guest.put("/var/tmp/victim",
                  "#!/bin/sh\nwhile :; do seq 1 3000 | sort -r | gzip > v$1; cp v$1 w$1;"
                  " mv w$1 x$1; sh -c 'cat x* | md5sum' > /dev/null; done\n")
        guest.ok("for round in 1 2 3 4 5 6 7 8; do pids=; for i in 1 2 3 4 5 6;"
                 " do sh /var/tmp/victim $i > /dev/null 2>&1 & pids=\"$pids $!\"; done;"
                 " sleep 1; killall -9 gzip sort seq cp; kill -9 $pids; wait; done 2>/dev/null;"
                 " killall -9 gzip sort seq cp cat 2>/dev/null; true",
                 timeout=300)
        guest.ok("cd /; rm -rf /var/tmp/k /var/tmp/victim; sync; sleep 1")
        after = int(guest.ok("df / | tail -n 1 | awk '{ print $3 }'"))
        assert after <= before, f"{after - before} KB of the disk are lost"
