/*
 * helper.c - what this program does when a test executes it: usertests --helper WORD ARGS...
 *
 * It then shows how it was started: by its exit status, or on its standard output.
 */
#include "usertests.h"
#include <stdarg.h>

extern char **environ;

/* args A B ...: all of them in brackets, and the environment in braces. */
static int show_args(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		dprintf(1, "[%s]", argv[i]);
	for (char **e = environ; *e; e++)
		dprintf(1, "{%s}", *e);
	return 0;
}

/* count N SIZE: are there N arguments behind these two, all of SIZE characters? */
static int check_args(int argc, char **argv)
{
	int n = atoi(argv[0]), size = atoi(argv[1]);

	if (argc != n + 2)
		return 1;
	for (int i = 2; i < argc; i++)
		if ((int)strlen(argv[i]) != size)
			return 2;
	return 0;
}

/* signals: which of two signals are ignored (1, 2), blocked (4, 8), pending (16, 32)? */
static int show_signals(void)
{
	static const int sigs[] = { SIGUSR1, SIGUSR2 };
	sigset_t blocked, pending;
	int result = 0;

	sigprocmask(SIG_BLOCK, NULL, &blocked);
	sigpending(&pending);
	for (int i = 0; i < 2; i++) {
		struct sigaction action;

		sigaction(sigs[i], NULL, &action);
		if (action.sa_handler == SIG_IGN)
			result |= 1 << i;
		else if (action.sa_handler != SIG_DFL)
			return 64;
		result |= sigismember(&blocked, sigs[i]) << (2 + i);
		result |= sigismember(&pending, sigs[i]) << (4 + i);
	}
	return result;
}

/* thread PID PPID [print]: in this process, with that parent? Then: has it children? */
static int check_thread(int argc, char **argv)
{
	int n = 0, status;

	if (getpid() != atoi(argv[0]) || gettid() != getpid() || getppid() != atoi(argv[1]))
		return 90;
	for (;;) {
		pid_t pid = waitpid(-1, &status, WNOHANG);

		if (pid < 0)
			break;
		if (pid == 0) {
			n++;
			break;
		}
	}
	if (argc > 2)
		dprintf(1, "%d", n);
	return n;
}

int helper(int argc, char **argv)
{
	const char *word, *slash;

	if (argc == 0)
		return 97;
	slash = strrchr(argv[0], '/');		/* a script hands over its path */
	word = slash ? slash + 1 : argv[0];
	argc--;
	argv++;
	if (!strcmp(word, "exit"))
		return atoi(argv[0]);
	if (!strcmp(word, "args"))
		return show_args(argc, argv);
	if (!strcmp(word, "count"))
		return check_args(argc, argv);
	if (!strcmp(word, "isopen"))
		return fcntl(atoi(argv[0]), F_GETFD) >= 0;
	if (!strcmp(word, "signals"))
		return show_signals();
	if (!strcmp(word, "thread"))
		return check_thread(argc, argv);
	if (!strcmp(word, "ids"))
		return getuid() == (uid_t)atoi(argv[0]) && geteuid() == (uid_t)atoi(argv[1]) ? 0
											     : 1;
	return 97;
}

void exec_helper(const char *arg, ...)
{
	char *argv[16] = { "usertests", "--helper", (char *)arg };
	va_list args;
	int n = 3;

	va_start(args, arg);
	while (arg && n < 15 && (argv[n] = va_arg(args, char *)))
		n++;
	va_end(args);
	execv(self_path, argv);
	FAIL("expected to execute %s, saw errno %d", self_path, errno);
}
