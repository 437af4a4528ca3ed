# Parity: the same commands under the same busybox, on the host and inside the guest, must
# print the same lines. Run as  busybox sh parity.sh  by root in an empty directory.
#
# g LABEL starts a group; test_parity.py compares group by group and names the one that
# differs. Nothing here may print what two right systems can disagree about: times of now,
# inode numbers, sizes and order of directories, process numbers.

g() { cd "$top" || exit 1; echo "## $*"; mkdir "d$n" && cd "d$n"; n=$((n + 1)); }
top=$PWD n=0
umask 022
export LC_ALL=C TZ=UTC0

g echo and printf
echo plain words
echo -n no newline; echo
echo -e 'tab\there\\n'
printf '%s|%5d|%-5d|%05d|%x|%o|%c\n' str 42 42 42 255 8 chars
printf '%s\n' one two three
printf '%b' 'a\nb\n'

g pipes
echo hello | cat
echo one two three | tr ' ' '\n' | sort -r | head -n 2
seq 1 1000 | wc -l
seq 1 20000 | tail -n 1
yes | head -n 3
seq 1 10 | (read a; read b; echo "$a-$b"; cat | wc -l)
false | true; echo $?
true | false; echo $?
cat /dev/null | wc -c
seq 1 5 | while read i; do echo "<$i>"; done

g redirection
echo first > f; cat f
echo second >> f; cat f
echo third > f; cat < f
ls nothing 2> err; echo $?; test -s err && echo has error text
{ echo out; echo err >&2; } > both 2>&1; cat both
exec 3> three; echo to three >&3; exec 3>&-; cat three
exec 4< f; read x <&4; exec 4<&-; echo "$x"
echo swapped 3>&1 1>&2 2>&3 2> swap; cat swap
cat < nothing 2>/dev/null || echo cannot open
set -C; echo x 2>/dev/null > f || echo noclobber; set +C; cat f
: > empty; wc -c < empty
echo a >| f; cat f
echo read-write 1<> rw; cat rw

g globbing
touch a1 a2 b1 .hidden 'with space' '[x]'
echo *; echo a*; echo ?1; echo [ab]1; echo [!a]*; echo .h*; echo z*
echo "a*" 'b*' a\*
for f in *; do echo "($f)"; done
mkdir -p s/t s/u; touch s/t/1 s/u/2; echo s/*/*; echo */
case abc in a*c) echo match;; esac
x='a*'; echo $x; echo "$x"; set -f; echo $x; set +f

g loops and conditions
for i in 1 2 3; do echo $i; done
i=0; while [ $i -lt 3 ]; do i=$((i + 1)); [ $i = 2 ] && continue; echo $i; done
until [ $i -ge 5 ]; do i=$((i + 1)); done; echo $i
for i in a b c; do for j in 1 2 3; do [ $j = 2 ] && continue 2; echo $i$j; done; done
for i in 1 2 3; do [ $i = 2 ] && break; done; echo $i
if false; then echo no; elif true; then echo elif; else echo else; fi
case xyz in a|b) echo ab;; x?z) echo xyz;; *) echo other;; esac
! true; echo $?
true && echo and || echo or
(exit 7); echo $?

g functions and variables
f() { local v=in; echo "$1 $# $v"; return 3; }
v=out; f a b; echo $? $v
echo ${unset-default} ${unset:-d2} ${v:+alt} ${#v}
p=/usr/local/lib.so.1; echo ${p##*/} ${p%/*} ${p%%.*} ${p#*/}
echo ${p/local/remote} ${p:5:5}
unset v; echo "[${v}]"; (: ${v:?message}) 2>/dev/null; echo $?
a=1; (a=2; echo $a); echo $a
set -- x y z; echo $# $2 "$*" "$@"; shift; echo $1
IFS=:; x=a:b:c; set -- $x; echo $2; unset IFS
readonly r=5; (r=6) 2>/dev/null; echo $? $r
export E=env; sh -c 'echo $E'; env -i A=b sh -c 'echo $A$E'
eval 'q=1; echo $q'
echo "$(echo nested "$(echo deep)")" `echo back`
alias ll='echo aliased'; unalias ll
getopts_test() { while getopts ab:c o; do echo "$o=$OPTARG"; done; }; getopts_test -a -b val -c
type cd | head -n 1; command -v echo
trim=$(printf 'x\n\n\n'); echo "[$trim]"

g here-documents
cat << END
one $top_unset two
$((1 + 1))
END
cat << 'END'
$literal `text`
END
cat <<- END
	tabs go
	away
	END
sort << END | head -n 1
b
a
END
while read l; do echo "l=$l"; done << END
first
second
END
cat << A; cat << B
in a
A
in b
B
big=$(seq 1 3000); cat << END | md5sum
$big
END

g arithmetic
echo $((1 + 2 * 3)) $(( (1 + 2) * 3 )) $((7 / 2)) $((7 % 3)) $((-7 / 2)) $((-7 % 3))
echo $((1 << 10)) $((0xff & 0x0f)) $((1 | 6)) $((5 ^ 1)) $((~0)) $((!0))
echo $((3 > 2)) $((3 == 4)) $((1 && 0)) $((1 || 0)) $((1 ? 5 : 6))
i=5; echo $((i++)) $((++i)) $((i += 3)) $i
echo $((2147483647 + 1)) $((9223372036854775807)) $((1 << 40))
echo $((010)) $((0x1F))
expr 1 + 2; expr 7 \* 6; expr 10 / 3; expr 10 % 3; expr 5 \> 3; expr abc : 'a\(.*\)'; expr length hello
expr substr hello 2 3; expr index hello l; expr 1 = 2; echo $?
echo 'scale=3; 10/3' | bc; echo '2^100' | bc; echo '5 3 * p' | dc
factor 5040; seq 2 3 11; seq -w 8 11

g test
touch f; mkdir d; ln -s f l; ln -s gone broken; mkfifo p
for o in -e -f -d -L -p -s -r -x -b -c; do for x in f d l broken p; do test $o $x && echo "$o $x"; done; done
[ a = a ] && [ a != b ] && [ -z '' ] && [ -n x ] && echo strings
[ 1 -eq 1 -a 2 -gt 1 ] && [ 1 -le 1 -o 1 -ne 1 ] && echo numbers
[ ! -e none ] && echo not
[[ abc == a* ]] && echo pattern
[ -t 0 ] < /dev/null || echo no terminal
touch -d '2001-01-01 00:00:00' old; touch -d '2002-01-01 00:00:00' new
[ new -nt old ] && [ old -ot new ] && echo newer
ln f f2; [ f -ef f2 ] && echo same file

g background jobs
sleep 0 & wait $!; echo $?
(exit 5) & wait $!; echo $?
(sleep 0.3; echo late) & echo early; wait
for i in 1 2 3; do (exit $i) & eval p$i=$!; done; wait $p3; echo $?; wait $p1; echo $?; wait $p2; echo $?
sleep 100 & kill $!; wait $! 2>/dev/null; echo $?
sleep 100 & kill -9 $!; wait $! 2>/dev/null; echo $?
{ echo in; echo group; } > out & wait; cat out
wait; echo all $?
x=$(sleep 0.2 & echo substituted); echo $x

g traps and signals
trap 'echo got usr1' USR1; kill -USR1 $$; echo after
trap 'echo bye' EXIT; trap - EXIT
sh -c 'trap "echo exiting" EXIT; echo body'
sh -c 'trap "echo term; exit 9" TERM; kill -TERM $$; sleep 1'; echo $?
sh -c 'trap "" TERM; kill -TERM $$; echo survived'
sh -c 'kill -KILL $$' ; echo $?
sh -c 'kill -SEGV $$' > /dev/null 2>&1; echo $?
(trap 'echo sub' USR2; sh -c 'kill -USR2 $PPID'; :)
trap 'echo int' INT; sh -c "kill -INT $$"; trap - INT
sh -c 'trap "echo child-hup; exit" HUP; sleep 5 & wait' & sleep 0.3; kill -HUP $!; wait $!; echo $?
trap; kill -l 9; kill -l TERM
timeout 1 sleep 10; echo $?
timeout -s KILL 1 sleep 10; echo $?
timeout 5 true; echo $?

g processes
sh -c 'exit 42'; echo $?
sh -c nosuchcommand 2>/dev/null; echo $?
echo '#!/bin/sh
echo script "$@"' > s; chmod 755 s; ./s one two
echo 'echo no interpreter line' > s2; chmod 755 s2; ./s2
echo text > s3; ./s3 2>/dev/null; echo $?
mkdir dd; ./dd 2>/dev/null; echo $?
exec 5>&1; sh -c 'echo inherited >&5'; exec 5>&-
sh -c 'cd /; pwd'; (cd /tmp && pwd)
echo one two three | xargs -n 1 echo arg; seq 1 5 | xargs echo
printf 'a\0b c\0' | xargs -0 -n 1 echo
time -p true 2>&1 | cut -d ' ' -f 1
env | grep -c '^LC_ALL=C$'; id -u; whoami; groups
usleep 1000; echo slept
setsid sh -c 'echo session'; which sh > /dev/null && echo has sh
tty < /dev/null; echo $?
pid=$(sh -c 'echo $$'); [ "$pid" -gt 1 ] && echo pid
(ulimit -n 20; sh -c 'ulimit -n'); (ulimit -c 0; ulimit -c)

g files and directories
mkdir a a/b; mkdir -p a/c/d; rmdir a/b; ls a; rmdir a 2>/dev/null; echo $?
touch a/c/d/f; rm a 2>/dev/null; echo $?; rm -r a; ls
mkdir x; mkdir x 2>/dev/null; echo $?
echo data > f; cp f g; cat g; mv g h; ls; rm f h; ls
echo 1 > one; echo 2 > two; mv one two; cat two
mv two x; ls x; mv x y; ls y; mv y/two .; ls
mkdir p q; touch p/f; mv p q; ls q; ls q/p; mv q/p/f q/f; find q | sort
touch 'odd name' -- -dash; rm 'odd name' ./-dash; ls
cd q; pwd | sed 's,.*/,,'; cd ..; ls -d q
basename /a/b/c.txt .txt; dirname /a/b/c.txt; realpath q/../q/p | sed 's,.*/,,'
echo long > 'a-name-of-thirty-characters-ok'; ls a-*
mktemp -d ./tmp.XXXXXX > /dev/null && ls -d tmp.* | wc -l
truncate -s 100 sized; stat -c '%n %s' sized; : > sized; stat -c %s sized
touch -d '2020-02-03 04:05:06' t; stat -c '%Y %a %F' t; ls -l t | cut -c 1-10; date -r t +%F
mkdir -p i/n; ls i
du -s /dev/null | cut -f 2; unlink t; ls t 2>/dev/null; echo $?

g listings
touch -d '2003-03-03 03:03:03' f g; mkdir d; ln -s f s; mkfifo p; chmod 640 g; chmod 1777 d; chmod 4711 f
ls -1; ls -a; ls -F; ls -p; ls -r; ls -d *
ls -ln f g | awk '{ print $1, $2, $3, $4, $5, $NF }'
ls -ld d | cut -c 1-10; ls -l s | awk '{ print $1, $NF }'; ls -l p | cut -c 1-10
for i in 1 22 333; do seq 1 $i > n$i; done; ls -S n*; ls -X; stat -c '%n %s %a %A %h' f g n1

g permissions
touch f; for m in 0 400 644 755 4755 2711 1777 7777; do chmod $m f; stat -c '%a %A' f; done
chmod 644 f; chmod u+x,g-r,o=w f; stat -c %a f; chmod a=r f; stat -c %a f; chmod +x f; stat -c %a f
mkdir d; chmod 700 d; stat -c %A d; chmod -R 755 d; stat -c %A d
umask; umask 077; touch n; mkdir nd; stat -c '%n %a' n nd; umask 022; umask -S
chown 1:2 f; stat -c '%u %g' f; chgrp 5 f; stat -c %g f; chown 100 f; stat -c %u:%g f
chmod 4755 f; chown 7 f; stat -c %a f
chmod 000 f; cat f && echo root may read
chmod 644 f; ./f 2>/dev/null; echo $?
[ -w f ] && echo w; [ -x f ] || echo not x

g links
echo text > f; ln f h; ln -s f s; ln -s . dot; ln -s nowhere dangling
cat h s; stat -c %h f; readlink s; readlink -f s | sed 's,.*/,,'; cat dot/dot/s
rm f; cat h; cat s 2>/dev/null; echo $?; stat -c %h h
cat dangling 2>/dev/null; echo $?; echo made > dangling; cat nowhere
ln -s loop2 loop1; ln -s loop1 loop2; cat loop1 2>/dev/null; echo $?
ln h h 2>/dev/null; echo $?; ln -sf h s; readlink s; mkdir d; ln -s ../h d/up; cat d/up
ln d dl 2>/dev/null; echo $?; rm s; ls
cp -P d/up copy; readlink copy; cp -L d/up copied; cat copied
ln -s /tmp abs; cd abs && pwd -P; cd "$top"; cd "d$((n - 1))"; rm abs
long=$(printf '%0200d' 0); ln -s $long far; readlink far | wc -c

g FIFOs
mkfifo p; echo through > p & cat p; wait
(for i in 1 2 3; do echo $i; done > p) & while read x; do echo "r$x"; done < p; wait
mkfifo q; (cat p > q) & (seq 1 5000 > p) & md5sum < q; wait
cat p > out & exec 6> p; echo a >&6; echo b >&6; exec 6>&-; wait; cat out
(read l < p; echo "reader: $l") & echo line > p; wait
dd if=/dev/zero bs=1000 count=100 2>/dev/null > p & wc -c < p; wait

g find
mkdir -p a/b/c; touch a/1.txt a/2.c a/b/3.txt a/b/c/4.txt; ln -s 1.txt a/l; echo x > a/b/x
find a | sort; find a -name '*.txt' | sort; find a -type d | sort; find a -type l; find a -type f -name '*.c'
find a -maxdepth 1 | sort; find a -mindepth 3 | sort; find a -empty -type f | sort; find a -size -1c | sort
find a -name '*.txt' -exec echo found {} \; | sort
find a -name '*.txt' -exec echo {} + | tr ' ' '\n' | sort
find a -name '*.txt' -print0 | sort -z | xargs -0 echo
find a \( -name 1.txt -o -name x \) ! -type d | sort; find a -path '*/b/*' | sort; find a -name b -prune -o -type f -print | sort
chmod 600 a/2.c; find a -perm 600; find a -newer nothing 2>/dev/null; echo $?
find a -name '*.txt' -exec rm {} +; find a | sort; find a -depth -type d

g sed
seq 1 10 > n; sed -n 3p n; sed -n '3,5p' n; sed '2,9d' n; sed -n '$p' n; sed -n '/[05]$/p' n; sed 's/1/one/;s/0/zero/' n | tail -n 1
echo hello world | sed 's/o/0/g'; echo hello | sed 's/\(.\)\(.\)/\2\1/'; echo aaa | sed 's/a/b/2'; echo abc | sed -E 's/(a|c)/<\1>/g'
echo path/to | sed 's,/,:,g'; sed -n '/4/,/6/p' n; sed '1!G;h;$!d' n | head -n 3; sed = n | sed 'N;s/\n/ /' | head -n 2
sed '2i\inserted' n | head -n 3; sed '1a\after' n | head -n 2; sed '1c\changed' n | head -n 1; echo abc | sed 'y/abc/xyz/'
cp n m; sed -i 's/^/x/' m; head -n 1 m; sed -i.bak '/x1/d' m; wc -l < m; wc -l < m.bak
printf 'a\nb\n' | sed 'N;P;D'; echo x | sed -e 's/x/y/' -e 's/y/z/'; sed -n '/3/{p;q}' n; echo A | sed 's/a/b/I'; sed -n '2{s/2/w/w out
}' n; cat out

g awk
seq 1 10 > n; awk '{ s += $1 } END { print s, NR }' n; awk 'NR % 3 == 0' n; awk -F: '{ print $2 }' << END
a:b:c
d:e:f
END
echo 'x y z' | awk '{ print $3, $1, NF }'; awk 'BEGIN { printf "%.3f %d %s %x\n", 3.14159, 42, "s", 255 }'
awk 'BEGIN { print 1/3, 7%3, -7%3, 1e6, 1e20, 0.1+0.2 }'; awk 'BEGIN { print int(3.9), 1.5 * 2.5, 10 / 4, 1e300 * 1e10 }'; echo 'scale=10; s(1); l(10); e(1); sqrt(2)' | bc -l
awk 'BEGIN { print length("hello"), substr("hello",2,3), index("hello","l"), toupper("abc"), tolower("ABC") }'
awk 'BEGIN { s = "aXbXc"; n = split(s, a, "X"); print n, a[1], a[3]; gsub(/X/, "-", s); print s; sub(/-/, "+", s); print s }'
awk '{ c[length($1)]++ } END { print c[1], c[2] }' n; awk 'BEGIN { while (i < 3) print i++; do { j++ } while (j < 5); print j; for (k = 0; k < 2; k++) print k }'
awk 'function f(x) { return x < 2 ? 1 : x * f(x - 1) } BEGIN { print f(10), f(20) }'; awk '/3/,/5/' n; awk -v v=7 'BEGIN { print v + 1 }'
awk 'BEGIN { "echo piped" | getline x; print x; print "to sort" | "sort"; close("sort"); print ENVIRON["LC_ALL"] }'
awk 'BEGIN { print match("foobar", /o+/), RSTART, RLENGTH; print ("a" < "b"), (10 < 9), ("10" < "9") }'; awk 'END { print $0 }' n; awk 'BEGIN { exit 3 }'; echo $?
awk 'BEGIN { printf "%5.2f|%-8s|%08.3f|%e|%g\n", 2.5, "left", 3.14159, 12345.678, 0.0001 }'

g sort and friends
printf '10\n9\n2\n33\n1\n' > n; sort n; sort -n n; sort -rn n; printf 'b 2\na 10\nc 1\n' > k; sort k; sort -k 2 k; sort -k 2n k; sort -t ' ' -k 2nr k
printf 'a\nb\na\nc\nb\n' | sort -u; printf 'a\na\nb\n' | uniq -c; printf 'a\na\nb\n' | uniq -d; printf 'a\na\nb\n' | uniq -u; sort -c n 2>/dev/null; echo $?
seq 1 2000 | sort -r | md5sum; seq 1 2000 | sort -n | tail -n 1; sort -o n n; head -n 1 n; printf 'B\na\nC\n' | sort -f
cut -d ' ' -f 2 k; cut -c 1-2 k; echo a:b:c | cut -d : -f 1,3; paste n k; paste -d , n k | head -n 1; tac n; rev k; nl k; seq 1 3 | paste -s
printf '1\n2\n' > x; printf '2\n3\n' > y; diff x y; echo $?; diff -u x y | tail -n 4; cmp x y; cmp x x && echo same; echo aBc | tr a-z A-Z; echo aabbcc | tr -s b; echo abc | tr -d b; echo abc | tr -c 'a\n' .
head -c 3 k; echo; tail -c 4 k; tail -n +2 k; wc k; wc -w k; fold -w 3 k; expand k; echo 'tee' | tee t1 t2; cat t2; seq 1 100 | shuf | sort -n | md5sum
grep 1 n; grep -v 1 n; grep -c 1 n; grep -n 2 n; grep -q 33 n && echo quiet; grep -E '^(1|2)$' n; grep -o '[0-9]' n | wc -l; grep -i A k; grep -l a k n; grep -w 1 n; grep zzz n; echo $?; echo a.c | grep -F a.c; printf 'x\ny\nz\n' | grep -A 1 y; grep -r b . | sort | head -n 2; ls | grep -x k

g tar, gzip and others
mkdir -p src/sub; seq 1 500 > src/n; echo small > src/sub/s; ln -s n src/l; chmod 750 src/sub; ln src/n src/hard; touch -d '2010-10-10 10:10:10' src/n src/sub/s
tar cf a.tar src/n src/sub src/l src/hard; tar tf a.tar; mkdir x; tar xf a.tar -C x; find x | sort; cmp src/n x/src/n && echo equal; readlink x/src/l; stat -c '%a %Y' x/src/sub/s; stat -c %a x/src/sub; stat -c %h x/src/n
tar czf a.tgz src; tar tzf a.tgz | sort; mkdir y; tar xzf a.tgz -C y src/n; ls y/src; tar cf - src/n | tar tvf - | awk '{ print $1, $2, $3, $NF }'
seq 1 3000 > g; md5sum g; gzip g; ls g*; gunzip -c g.gz | md5sum; gzip -d g.gz; ls g; gzip -c g | zcat | wc -l; gzip < g > h.gz; zcat h.gz | cmp - g && echo gzip; echo broken | gunzip 2>/dev/null; echo $?
bzip2 -k g; bunzip2 -c g.bz2 | md5sum; find src -type f | sort | cpio -o -H newc 2>/dev/null > c.cpio; cpio -t < c.cpio 2>/dev/null; xz -dc < /dev/null 2>/dev/null; echo $?; printf 'x\ny\n' | uuencode u | uudecode -o -; echo hello | base64; echo aGVsbG8K | base64 -d; ar r lib.a g 2>/dev/null; unexpand < /dev/null
seq 1 300 > z; for i in 1 2 3 4; do cat z z > zz; mv zz z; done; wc -l < z; gzip -9 -c z | gunzip | md5sum; unzip -h > /dev/null 2>&1; echo unzip $?

g dd
dd if=/dev/zero of=z bs=512 count=10 2>/dev/null; wc -c < z; seq 1 1000 > n; dd if=n of=m bs=7 count=3 2>/dev/null; cat m; echo; dd if=n bs=10 skip=2 count=2 2>/dev/null; echo
cp n k; echo XXXX | dd of=k bs=1 seek=4 count=4 conv=notrunc 2>/dev/null; head -c 12 k; wc -c < k; dd if=n of=big bs=1k seek=100 2>/dev/null; wc -c < big; tail -c 4 big; head -c 100 big | od -An -tx1 | head -n 1
dd if=/dev/zero bs=1k count=64 2>/dev/null | md5sum; dd if=n ibs=3 obs=5 2>/dev/null | md5sum; dd if=n 2>&1 >/dev/null | head -n 2; dd if=n conv=ucase count=1 2>/dev/null | md5sum; dd if=/dev/urandom bs=100 count=1 2>/dev/null | wc -c
truncate -s 1000000 hole; md5sum hole; truncate -s 10 hole; wc -c hole; echo x | dd of=sp bs=1 seek=300000 2>/dev/null; md5sum sp; cp sp sp2; cmp sp sp2 && echo copied

g cp -r
mkdir -p a/b/c; for i in 1 2 3; do seq 1 $((i * 100)) > a/$i; seq 1 $i > a/b/$i; done; ln -s 1 a/l; ln -s b a/lb; chmod 600 a/2; chmod 711 a/b; mkfifo a/p; touch -d '2005-05-05 05:05:05' a/3
cp -r a r; find r | sort; cp -a a p; find p -type l -exec readlink {} \; | sort; stat -c '%n %a' p/2 p/b; stat -c %Y p/3; stat -c '%F' p/p; rm -r a; for f in 1 2 3; do md5sum r/$f; done; diff -r r/b p/b && echo same tree
cp r/1 r/2 r/3 r/b; ls r/b; cp -r r/b r/b/c 2>/dev/null; ls r/b/c; cp nothing x 2>/dev/null; echo $?; cp -r p/b p/b2; find p/b2 | sort; mv p/b2 p/c3; rm -rf p r; ls; for i in 0 1 2 3 4 5 6 7 8 9; do mkdir -p deep/$i; for j in 0 1 2 3 4 5 6 7 8 9; do echo $i$j > deep/$i/f$j; done; done; cp -r deep copy; find copy -type f | wc -l; cat copy/*/* | md5sum; rm -r deep copy; ls | wc -l

g checksums and dumps
seq 1 100 > n; md5sum n; sha1sum n; sha256sum n; sha512sum n; crc32 n; md5sum n > sums; md5sum -c sums; echo changed >> n; md5sum -c sums 2>/dev/null; sha3sum n | cut -c 1-16
echo 'ABC xyz' | od -c; echo 'ABC' | od -An -tx1; echo 'hexdump me' | hexdump -C; echo xx | xxd; printf '\001\377' | od -An -tu1; echo text with words | strings; printf 'a\tb\n' | cat -A; cal 9 1752 > /dev/null; echo $?; echo 4a4b | xxd -r -p; echo

g dates, names and limits
date -u -d @0; date -u -d '2024-02-29 12:00:00' +%s; date -u -d @86400 +%F_%T_%j; date -u -d @1700000000 '+%Y-%m-%d %H:%M:%S %a %b'; uname -s; [ -n "$(uname -r)" ] && echo release
nm=$(printf '%0300d' 0); (echo x > $nm) 2>/dev/null; [ -e "$nm" ]; echo $?; [ "$(printf '%0255d' 0 | wc -c)" = 255 ] && echo 255; arg=$(printf '%0100000d' 0); echo $arg | wc -c; sh -c 'echo ${#1}' - "$arg"; sh -c 'echo $#' - $(seq 1 2000)

g devices and null
echo gone > /dev/null; cat /dev/null; head -c 5 /dev/zero | od -An -tx1; [ -c /dev/null ] && [ -c /dev/zero ] && echo char; echo x > /dev/full 2>/dev/null; echo $?; head -c 16 /dev/urandom | wc -c; mknod nod c 1 3; stat -c '%F %t %T' nod; echo x > nod; cat nod; mknod blk b 3 0; [ -b blk ] && echo block; mknod fif p; [ -p fif ] && echo fifo

g large and many
for i in $(seq 1 200); do echo $i > f$i; done; ls | wc -l; cat f* | sort -n | md5sum; rm f1*; ls | wc -l; rm f*; ls; seq 1 50000 > big; wc big; md5sum big; sort -r big | head -n 2; tail -n 1 big; for i in 0 1 2 3; do dd if=big of=part$i bs=80000 skip=$i count=1 2>/dev/null; done; cat part* | cmp - big && echo joined; ls part* | wc -l; dd if=/dev/zero of=meg bs=1024 count=1500 2>/dev/null; md5sum meg; cat big meg > both; wc -c < both; rm big meg both part*; ls | wc -l; seq 1 100 | while read i; do echo $i; done | md5sum; i=0; while [ $i -lt 50 ]; do sh -c :; i=$((i + 1)); done; echo $i; (((((echo deep)))))

g ed, patch and unlinked files
printf '1\n2\n3\n' > f; printf '2d\nw\nq\n' | ed -s f 2>/dev/null || printf '2d\nw\nq\n' | ed f > /dev/null; cat f; cp f g; echo 4 >> g; diff -u f g > p; patch f < p > /dev/null; cmp f g && echo patched
exec 7> un; echo before >&7; rm un; echo after >&7; ls un 2>/dev/null; exec 7>&-; echo x > r; exec 8< r; rm r; cat <&8; exec 8<&-; cat f > f2; cat f2 f2 > f3; wc -l < f3; (echo a; sleep 0.1; echo b) | while read x; do echo "$x"; done; dos2unix < f | md5sum; printf 'a\r\n' | dos2unix | od -An -c; which -a nothing; echo $?; mkdir -p m/n && rmdir -p m/n; ls m 2>/dev/null; echo $?
