/*
 * Runs the tests, and what they have in common. Some execute this program again, so argv[0] has to
 * be its path.
 */
#include "tests12.h"

int start_argc;
char **start_argv, **start_envp;
static const char *test_name;
static int failed, failures;

void expect(long wanted, long seen, const char *what)
{
	if (wanted == seen)
		return;
	if (!failed++)
		failures++;
	say("FAIL %s: %s: expected %ld, saw %ld\n", test_name, what, wanted, seen);
}

int any_failed(void)
{
	return failed != 0;
}

long wait_for(long pid)
{
	long status = -1;

	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	return status;
}

long run(const char *path, char **argv)
{
	long pid = fork();

	if (!pid)
		exit(-execve(path, argv, environ));
	return wait_for(pid);
}

void make_file(const char *name, const char *text, int mode)
{
	long fd = syscall(NR_creat, name, 0600);

	EXPECT(fd >= 0);
	EXPECT_EQ(strlen(text), write(fd, text, strlen(text)));
	EXPECT_EQ(0, chmod(name, mode));
	EXPECT_EQ(0, close(fd));
}

int exists(const char *name)
{
	struct stat12 st;

	return stat(name, &st) == 0;
}

static void run_tests(const struct test *t)
{
	for (; t->name; t++) {
		test_name = t->name;
		failed = 0;
		t->run();
		if (!failed)
			say("ok %s\n", test_name);
	}
}

/* What the tests run this program again for: a word says what is to be seen. */
static int second_life(int argc, char **argv)
{
	struct sigaction12 act = { SIG_DFL, 0, 0, 0 }, old;
	long pending = -1;

	if (!strcmp(argv[1], "-open"))
		return -close(number(argv[2], 10));
	if (!strcmp(argv[1], "-count"))
		return argc;
	if (!strcmp(argv[1], "-ids"))
		return syscall(NR_geteuid) != 0 || syscall(NR_getuid) != 100 ||
		       syscall(NR_getegid) != 0 || syscall(NR_getgid) != 100;
	if (!strcmp(argv[1], "-library"))
		return *(char *)LIBRARY;
	if (!memcmp(argv[1], "-long", 5))
		return strlen(argv[1]);
	if (!strcmp(argv[1], "-script  a b"))	/* all that stands behind the interpreter */
		return strcmp(argv[2], "script") || strcmp(argv[3], "two") || argc != 4 ||
		       strchr(argv[0], '/') != 0;
	if (strcmp(argv[1], "-signals"))
		return 99;
	syscall(NR_sigpending, &pending);
	if (syscall(NR_sgetmask) != 1 << (SIGALRM - 1) || pending)
		return 1;
	syscall(NR_sigaction, SIGUSR1, &act, &old);
	if (old.handler != SIG_DFL || old.flags)
		return 2;
	syscall(NR_sigaction, SIGUSR2, &act, &old);
	return old.handler == SIG_IGN ? 0 : 3;
}

int main(int argc, char **argv, char **envp)
{
	start_argc = argc;
	start_argv = argv;
	start_envp = envp;
	if (argc > 1 && argv[1][0] == '-')
		return second_life(argc, argv);
	if (syscall(NR_access, argv[0], 1)) {
		say("tests12 starts itself anew: call it by its path, like /usr/bin/tests12\n");
		return 1;
	}
	run_tests(memory_tests);
	run_tests(file_tests);
	run_tests(dir_tests);
	run_tests(tty_tests);
	run_tests(signal_tests);
	run_tests(process_tests);
	run_tests(system_tests);
	return failures != 0;
}
