/*
 * exec.c - tests of execve: what is handed over, scripts, and files that are no programs.
 *
 * The program executed is mostly this one, as a helper (helper.c). Damaged programs are made from a
 * copy of it; exec may refuse them or the result may die, but the caller must live.
 */
#include "usertests.h"
#include <sys/resource.h>
#include <uapi/linux/elf.h>

/* Executes argv in a child with its output going into a file; returns the wait status. */
static int run(const char *path, char *const argv[], char *const envp[])
{
	pid_t pid = EXPECT_OK(fork());

	if (pid == 0) {
		int fd = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666);

		dup2(fd, 1);
		execve(path, argv, envp);
		_exit(errno == 0 ? 90 : errno < 90 ? errno : 91);
	}
	return finish(pid);
}

static char *no_env[] = { NULL };

static void arguments(void)
{
	char *argv[] = { "zero", "--helper", "args", "one", "", "two words", NULL };
	char *envp[] = { "A=1", "EMPTY=", NULL };

	EXPECT_EXIT(0, run(self_path, argv, envp));
	expect_file("out", "[one][][two words]{A=1}{EMPTY=}");
}

/* 2,000 arguments and 100 KB of strings in all must go through. */
static void many_arguments(void)
{
	enum { COUNT = 2000, SIZE = 50 };
	static char text[SIZE + 1];
	static char *argv[COUNT + 6] = { "usertests", "--helper", "count", "2000", "50" };

	memset(text, 'a', SIZE);
	for (int i = 0; i < COUNT; i++)
		argv[5 + i] = text;
	EXPECT_EXIT(0, run(self_path, argv, no_env));
}

static void too_many_arguments(void)
{
	enum { COUNT = 64, SIZE = 100000 };
	static char *argv[COUNT + 4] = { "usertests", "--helper", "exit" };
	char *text = malloc(SIZE + 1);

	memset(text, '1', SIZE);
	text[SIZE] = 0;
	for (int i = 0; i < COUNT; i++)
		argv[3 + i] = text;
	EXPECT_EXIT(E2BIG, run(self_path, argv, no_env));
	argv[4] = NULL;
	argv[3] = "33";
	EXPECT_EXIT(33, run(self_path, argv, no_env));
}

static void bad_arguments(void)
{
	char *argv[] = { "usertests", (char *)0xfffff000, NULL };

	EXPECT_ERRNO(EFAULT, execve(self_path, argv, no_env));
	EXPECT_ERRNO(EFAULT, execve(self_path, (char **)0xfffff000, no_env));
	EXPECT_ERRNO(EFAULT, execve(self_path, no_env, (char **)4));
	EXPECT_ERRNO(EFAULT, execve((char *)4, no_env, no_env));
}

static void errors(void)
{
	char *argv[] = { "x", NULL };

	write_file("empty", "");
	write_file("text", "this is not a program\n");
	write_file("plain", "#!/bin/sh\n");
	EXPECT_OK(chmod("empty", 0755));
	EXPECT_OK(chmod("text", 0755));
	EXPECT_OK(mkdir("dir", 0755));
	EXPECT_ERRNO(ENOENT, execve("missing", argv, no_env));
	EXPECT_ERRNO(ENOENT, execve("", argv, no_env));
	EXPECT_ERRNO(ENOTDIR, execve("text/x", argv, no_env));
	EXPECT_ERRNO(EACCES, execve("dir", argv, no_env));
	EXPECT_ERRNO(EACCES, execve("plain", argv, no_env));
	EXPECT_ERRNO(EACCES, execve("/dev/null", argv, no_env));
	EXPECT_ERRNO(ENOEXEC, execve("empty", argv, no_env));
	EXPECT_ERRNO(ENOEXEC, execve("text", argv, no_env));
}

/* A script of one line in the current directory. */
static void make_script(const char *name, const char *interpreter, const char *argument)
{
	char text[400];

	snprintf(text, sizeof(text), "#! %s %s\nnothing\n", interpreter, argument);
	write_file(name, text);
	EXPECT_OK(chmod(name, 0755));
}

static void scripts(void)
{
	char *argv[] = { "argv0", "A", "B C", NULL };

	/* The helper word must come second: let the script's argument be --helper. */
	make_script("args", self_path, "--helper");
	EXPECT_EXIT(0, run("args", argv, no_env));
	expect_file("out", "[A][B C]");
	make_script("nowhere", "/no/such/program", "");
	EXPECT_EXIT(ENOENT, run("nowhere", argv, no_env));
	write_file("bare", "#!\nexit 0\n");
	EXPECT_OK(chmod("bare", 0755));
	EXPECT_EXIT(ENOEXEC, run("bare", argv, no_env));
	write_file("blank", "#!   \t \nexit 0\n");
	EXPECT_OK(chmod("blank", 0755));
	EXPECT_EXIT(ENOEXEC, run("blank", argv, no_env));
	write_file("noline", "#!/bin/nothing-here");
	EXPECT_OK(chmod("noline", 0755));
	EXPECT_EXIT(ENOENT, run("noline", argv, no_env));
}

/* s1 is run by s0, s2 by s1, ...: four levels must work, and an endless chain must end. */
static void nested_scripts(void)
{
	char cwd[200], interpreter[300], name[8];
	char *argv[] = { "x", "42", NULL };

	EXPECT_OK(getcwd(cwd, sizeof(cwd)));
	make_script("args", self_path, "--helper");
	snprintf(interpreter, sizeof(interpreter), "%s/args", cwd);
	for (int i = 1; i < 4; i++) {
		snprintf(name, sizeof(name), "s%d", i);
		make_script(name, interpreter, "");
		snprintf(interpreter, sizeof(interpreter), "%s/s%d", cwd, i);
		EXPECT_EXIT(0, run(name, argv, no_env));
	}
	snprintf(interpreter, sizeof(interpreter), "%s/self", cwd);
	make_script("self", interpreter, "");
	EXPECT_EXIT(ELOOP, run("self", argv, no_env));
}

static void close_on_exec(void)
{
	char number[8];
	int kept = EXPECT_OK(open("/dev/null", O_RDONLY));
	int gone = EXPECT_OK(open("/dev/null", O_RDONLY | O_CLOEXEC));
	char *argv[] = { "usertests", "--helper", "isopen", number, NULL };

	EXPECT_EQ(0, fcntl(kept, F_GETFD));
	EXPECT_EQ(FD_CLOEXEC, fcntl(gone, F_GETFD));
	snprintf(number, sizeof(number), "%d", kept);
	EXPECT_EXIT(1, run(self_path, argv, no_env));
	snprintf(number, sizeof(number), "%d", gone);
	EXPECT_EXIT(0, run(self_path, argv, no_env));
	EXPECT_OK(fcntl(kept, F_SETFD, FD_CLOEXEC));
	snprintf(number, sizeof(number), "%d", kept);
	EXPECT_EXIT(0, run(self_path, argv, no_env));
}

static void handle(int sig)
{
	(void)sig;
}

static void with_signals(void *arg)
{
	sigset_t set;

	(void)arg;
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, handle);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_SETMASK, &set, NULL);
	kill(getpid(), SIGUSR2);
	exec_helper("signals", NULL);
}

/* Ignored stays ignored, caught becomes default, mask and pending signals stay. */
static void signals_over_exec(void)
{
	EXPECT_EXIT(1 | 8 | 32, finish(start(with_signals, NULL)));
}

/* A copy of this program, mode 0755, open for writing. */
static int copy_self(const char *name)
{
	static char buf[8192];
	int from = EXPECT_OK(open(self_path, O_RDONLY));
	int to = EXPECT_OK(open(name, O_RDWR | O_CREAT | O_TRUNC, 0755)), n;

	while ((n = EXPECT_OK(read(from, buf, sizeof(buf)))) > 0)
		EXPECT_EQ(n, write(to, buf, n));
	close(from);
	return to;
}

static void set_user_id(void)
{
	char *same[] = { "x", "--helper", "ids", "0", "0", NULL };
	char *other[] = { "x", "--helper", "ids", "0", "1201", NULL };

	close(copy_self("suid"));
	EXPECT_EXIT(0, run("./suid", same, no_env));
	EXPECT_OK(chown("suid", TEST_UID, TEST_GID));
	EXPECT_OK(chmod("suid", 04755));
	EXPECT_EXIT(0, run("./suid", other, no_env));
}

/* One way to damage the program: a value of 2 or 4 bytes at an offset, or only its length. */
struct damage {
	const char *what;
	long offset;		/* in the file; PH(n, field): in the n-th program header */
	unsigned int value;
	int size;
	int must_refuse;	/* exec itself must fail with this, 0: may also die later */
};

#define EH(field)	offsetof(struct elf32_hdr, field)
#define PH(n, field)	(1000 * (n + 1) + (long)offsetof(struct elf32_phdr, field))

static const struct damage damages[] = {
	{ "magic", 0, 0x7f454c47, 4, ENOEXEC },
	{ "class", EI_CLASS, 0x0102, 2, 0 },
	{ "type", EH(e_type), 1, 2, ENOEXEC },
	{ "machine", EH(e_machine), 0, 2, ENOEXEC },
	{ "phentsize", EH(e_phentsize), 31, 2, ENOEXEC },
	{ "no headers", EH(e_phnum), 0, 2, 0 },
	{ "65535 headers", EH(e_phnum), 65535, 2, 0 },
	{ "headers beyond the end", EH(e_phoff), 0x7fffff00, 4, 0 },
	{ "headers at -1", EH(e_phoff), 0xffffffff, 4, 0 },
	{ "headers at 0", EH(e_phoff), 0, 4, 0 },
	{ "entry 0", EH(e_entry), 0, 4, 0 },
	{ "entry in the kernel", EH(e_entry), USER_END + 0x100000, 4, 0 },
	{ "entry at the top", EH(e_entry), 0xfffffff0, 4, 0 },
	{ "segment at 0", PH(0, p_vaddr), 0, 4, 0 },
	{ "segment in the kernel", PH(0, p_vaddr), USER_END, 4, 0 },
	{ "segment at the top", PH(0, p_vaddr), 0xfffff000, 4, 0 },
	{ "segment below the kernel", PH(1, p_vaddr), USER_END - PAGE, 4, 0 },
	{ "segments overlap", PH(1, p_vaddr), PROGRAM_START, 4, 0 },
	{ "unaligned segment", PH(1, p_vaddr), PROGRAM_START + 0x1123, 4, 0 },
	{ "huge memsz", PH(1, p_memsz), 0x7fffffff, 4, 0 },
	{ "wrapping memsz", PH(1, p_memsz), 0xffffffff, 4, 0 },
	{ "filesz over memsz", PH(1, p_filesz), 0x00ffffff, 4, 0 },
	{ "huge filesz", PH(0, p_filesz), 0xffffffff, 4, 0 },
	{ "offset beyond the end", PH(1, p_offset), 0x01000000, 4, 0 },
	{ "offset at -4096", PH(1, p_offset), 0xfffff000, 4, 0 },
	{ "not loadable", PH(1, p_type), PT_NULL, 4, 0 },
	{ "interpreter of garbage", PH(1, p_type), PT_INTERP, 4, 0 },
	{ "data not there", PH(2, p_offset), 0x00100000, 4, 0 },
	{ "data in the kernel", PH(2, p_vaddr), 0xfffffff0, 4, 0 },
	{ "wrapping bss", PH(2, p_memsz), 0xf7ffffff, 4, 0 },
};

static const int refusals[] = { ENOEXEC, EINVAL, ENOMEM, ENOENT, EIO, EACCES, EFAULT };

/* Is the end of a damaged program one that may be? */
static int is_orderly(int status)
{
	if (WIFSIGNALED(status)) {
		int sig = WTERMSIG(status);

		return sig == SIGSEGV || sig == SIGKILL || sig == SIGBUS || sig == SIGILL;
	}
	if (WEXITSTATUS(status) == 42)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
		if (WEXITSTATUS(status) == refusals[i])
			return 1;
	return 0;
}

static void damaged_headers(void)
{
	char *argv[] = { "x", "--helper", "exit", "42", NULL };
	struct elf32_hdr h;

	close(copy_self("prog"));
	EXPECT_EXIT(42, run("./prog", argv, no_env));
	for (size_t i = 0; i < ARRAY_SIZE(damages); i++) {
		const struct damage *d = &damages[i];
		int fd = EXPECT_OK(open("prog", O_RDWR)), status;
		long offset = d->offset;
		unsigned int good;

		EXPECT_EQ(sizeof(h), pread(fd, &h, sizeof(h), 0));
		if (offset >= 1000)
			offset = h.e_phoff + (offset / 1000 - 1) * sizeof(struct elf32_phdr) +
				 offset % 1000;
		EXPECT_EQ(d->size, pread(fd, &good, d->size, offset));
		EXPECT_EQ(d->size, pwrite(fd, &d->value, d->size, offset));
		close(fd);
		status = run("./prog", argv, no_env);
		if (d->must_refuse ? status != d->must_refuse << 8 : !is_orderly(status))
			FAIL("expected \"%s\" to be refused, saw wait status %#x", d->what, status);
		fd = EXPECT_OK(open("prog", O_RDWR));
		EXPECT_EQ(d->size, pwrite(fd, &good, d->size, offset));
		close(fd);
	}
	EXPECT_EXIT(42, run("./prog", argv, no_env));
}

static void truncated_program(void)
{
	static const int sizes[] = { 1,	  4,   51,   52,   60,	 84,   116,
				     150, 500, 4095, 4096, 4097, 9000, 20000 };
	char *argv[] = { "x", "--helper", "exit", "42", NULL };
	int fd = copy_self("prog");

	close(fd);
	for (int i = ARRAY_SIZE(sizes) - 1; i >= 0; i--) {
		int status;

		EXPECT_OK(truncate("prog", sizes[i]));
		status = run("./prog", argv, no_env);
		if (sizes[i] <= 84 ? status != ENOEXEC << 8 && status != EIO << 8
				   : !is_orderly(status))
			FAIL("expected %d bytes of a program to be refused, saw wait status %#x",
			     sizes[i], status);
	}
}

/* A running program cannot be written to, and one open for writing cannot be run. */
static void text_busy(void)
{
	char *argv[] = { "x", NULL };
	int fd = copy_self("prog");

	EXPECT_EXIT(ETXTBSY, run("./prog", argv, no_env));
	close(fd);
	EXPECT_ERRNO(ETXTBSY, open(self_path, O_RDWR));
}

static void touch_and_exec(void *arg)
{
	(void)arg;
	memset(map_pages(1024), 't', 1024 * PAGE);
	exec_helper("exit", "0", NULL);
}

/* The most memory a process has ever had is told to its parent, though another program had it. */
static void maxrss(void)
{
	struct rusage usage;

	in_child(touch_and_exec, NULL);
	EXPECT_OK(getrusage(RUSAGE_CHILDREN, &usage));
	EXPECT(usage.ru_maxrss >= 1024 * PAGE / 1024);
}

const struct test exec_tests[] = {
	{ "exec.arguments", arguments, 0 },
	{ "exec.many_arguments", many_arguments, 0 },
	{ "exec.too_many_arguments", too_many_arguments, 0 },
	{ "exec.bad_arguments", bad_arguments, 0 },
	{ "exec.errors", errors, 0 },
	{ "exec.scripts", scripts, 0 },
	{ "exec.nested_scripts", nested_scripts, 0 },
	{ "exec.close_on_exec", close_on_exec, 0 },
	{ "exec.signals", signals_over_exec, 0 },
	{ "exec.set_user_id", set_user_id, NEEDS_ROOT },
	{ "exec.damaged_headers", damaged_headers, 0 },
	{ "exec.truncated_program", truncated_program, 0 },
	{ "exec.text_busy", text_busy, 0 },
	{ "exec.maxrss", maxrss, 0 },
	{ NULL, NULL, 0 },
};
