/*
 * shared12 LIBRARY [PROGRAM [ARGUMENT...]] - takes the library, uses it, and becomes the program.
 * LIBRARY "-": uses the one that it has inherited. "-w" before it: reads a line before it uses the
 * library a second time.
 */
#include "unix.h"
#include "library/library.h"

static int use(const char *when)
{
	char digits[40];
	int before = lib_writes();

	lib_printf(1, "%s: %d letters, %s, 0x%x, write %d\n", when, (long)lib_strlen(when),
		   lib_itoa(-1992, 10, digits), 0x12L, (long)before);
	lib_puts(1, "");
	return lib_writes() != before + 2;
}

int main(int argc, char **argv, char **envp)
{
	int wait = argc > 1 && !strcmp(argv[1], "-w"), failed;
	long err = 0, pid;
	char c;

	argv += wait;
	argc -= wait;
	if (argc < 2)
		return complain("shared12", "[-w] LIBRARY [PROGRAM...]", -EINVAL);
	if (strcmp(argv[1], "-"))
		err = syscall(NR_uselib, argv[1]);
	if (err < 0) {
		complain("shared12", argv[1], err);
		return -err;
	}
	failed = use("first");
	while (wait && read(0, &c, 1) == 1 && c != '\n')
		;
	pid = fork();
	if (!pid)
		exit(use("child"));
	waitpid(pid, &err, 0);
	failed |= err != 0 || use("again");
	if (!failed && argc > 2)
		return complain("shared12", argv[2], execve(argv[2], argv + 2, envp));
	return failed;
}
